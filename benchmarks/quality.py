"""How good the cleaned text is, beside what others make of the same pages; or whether it is as good as it was.

    python benchmarks/quality.py [GOLD.jsonl.gz] [--html HTML.jsonl.gz] [--limit N] [--jobs N]
    python benchmarks/quality.py --floors [--data FOLDER]

GOLD and HTML are labelled pages (benchmarks/README.md says what fields they have); figures are word precision, recall
and F1, means over pages, as ``cleaner evaluate`` counts them. The first table is about all pages of GOLD, the second
about those whose source HTML holds. Systems that are not installed (the extra ``peers``) are named and left out.

``--floors`` cleans the pages that floors.toml names, which takes a minute, and fails if a figure is under its floor.
Where the data is absent, or is not the data that was measured, it says so and passes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.evaluation import ALL, Evaluation, Gold
from cleaner.readers.base import Unit
from cleaner.run import outcomes_of

DATA = Path(__file__).parent.parent.parent / "shared" / "quality"
FLOORS = Path(__file__).parent / "floors.toml"

System = Callable[[str], str]

_ENDS = (".", "!", "?", '"', "\u201d", "\u2019", "'")
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_WORD = re.compile(r"\w+")
_CLEANER = (sys.executable, "-c", "from cleaner.cli import program; program()")


def everything(text: str) -> str:
    """The text as it is."""
    return text


def c4_lines(text: str) -> str:
    """C4's rules for lines (Raffel et al. 2020): five words, an end mark, no JavaScript notice, no policy line."""
    return "\n".join(line for line in text.split("\n") if _c4_keeps(line.strip()))


def _c4_keeps(line: str) -> bool:
    lowered = line.lower()
    return (
        line.endswith(_ENDS)
        and not line.endswith("...")
        and len(line.split()) >= 5
        and "javascript" not in lowered
        and not any(notice in lowered for notice in _POLICY)
    )


def gopher_lines(text: str) -> str:
    """Gopher's repetition rules (Rae et al. 2021) read a line at a time.

    Gopher drops documents in which too many lines, or too many of the characters, are copies; here it is the copies
    that go. Its rules on n-grams have no reading for single lines.
    """
    seen: set[str] = set()
    kept = []
    for line in text.split("\n"):
        key = " ".join(_WORD.findall(line.lower()))
        if key and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return "\n".join(kept)


def html_systems() -> Iterator[tuple[str, System]]:
    """What makes text of a page's source, as far as it is installed."""
    from trafilatura import extract

    yield "trafilatura", lambda page: extract(page) or ""
    yield "trafilatura, comments off", lambda page: extract(page, include_comments=False) or ""
    yield "trafilatura, precision", lambda page: extract(page, favor_precision=True) or ""
    yield "trafilatura, recall", lambda page: extract(page, favor_recall=True) or ""
    for name, module, system in (
        ("resiliparse", "resiliparse", _resiliparse),
        ("jusText", "justext", _justext),
        ("readability-lxml", "readability", _readability),
    ):
        if importlib.util.find_spec(module):
            yield name, system
        else:
            print(f"NOT MEASURED: {name} is not installed; pip install '.[peers]'")


def _resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True))


def _justext(page: str) -> str:
    import justext

    paragraphs = justext.justext(page.encode(), justext.get_stoplist("English"), encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def _readability(page: str) -> str:
    from lxml.html import fromstring
    from readability import Document

    return str(fromstring(Document(page).summary()).text_content())


def measure(name: str, rows: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> None:
    """Prints a system's figures over all pages and over articles, or over snippets."""
    evaluation = Evaluation()
    for row, text in zip(rows, texts, strict=True):
        evaluation.add(Gold.of(row), text)
    shown = []
    for kind in (ALL, "article"):
        own = evaluation.types.get(kind)
        shown += ["-"] * 3 if own is None else [f"{own.mean(figure):.4f}" for figure in ("f1", "precision", "recall")]
    if (figures := evaluation.by_snippets()) is not None:
        shown[:3] = [f"{value:.4f}" for value in (figures.f1, figures.precision, figures.recall)]
    print(f"{name:38}" + "".join(f"{value:>9}" for value in shown), flush=True)


def attempt(system: System, page: str) -> str:
    """What the system makes of a page; nothing if it breaks on it, as in a run over many."""
    try:
        return system(page)
    except Exception:
        return ""


def ours(rows: Sequence[Mapping[str, Any]], field: str, jobs: int) -> list[str]:
    """What ``cleaner`` makes of a field of the pages; nothing of those it cannot read."""
    raws = [(row[field] or "").encode("utf-8", "surrogatepass") for row in rows]
    reader = "html" if field == "html" else "text"
    units = [Unit(reader, str(row["id"]), raw) for row, raw in zip(rows, raws, strict=True)]
    made = []
    for unit, outcome in outcomes_of(units, Config(), jobs, sum(map(len, raws))):
        output = unit.raw if outcome.output is None and outcome.status != "failed" else outcome.output or b""
        made.append(output.decode("utf-8", "replace"))
    return made


def compare(rows: Sequence[Mapping[str, Any]], title: str, jobs: int) -> None:
    """A table of all systems for which the pages hold what they read."""
    print(f"\n{title + f': {len(rows)} pages':38}{'F1':>9}{'P':>9}{'R':>9}{'articles':>9}{'P':>9}{'R':>9}")
    systems = (("everything", everything), ("C4 line rules", c4_lines), ("Gopher repetition", gopher_lines))
    for name, system in systems:
        measure(f"page text: {name}", rows, [system(row["page_text"] or "") for row in rows])
    measure("page text: cleaner", rows, ours(rows, "page_text", jobs))
    measure("extracted: everything", rows, [row["extracted"] or "" for row in rows])
    measure("extracted: cleaner", rows, ours(rows, "extracted", jobs))
    if not all("html" in row for row in rows):
        return
    for name, system in html_systems():
        measure(f"HTML: {name}", rows, [attempt(system, row["html"]) for row in rows])
    measure("HTML: cleaner", rows, ours(rows, "html", jobs))


def hold(data: Path) -> int:
    """Cleans what floors.toml names; the number of figures that are under their floors."""
    floors = tomllib.loads(FLOORS.read_text("utf-8"))["floor"]
    low = 0
    for floor in floors:
        files = {name: data / name for name in (floor["gold"], *filter(None, [floor.get("html")]))}
        if lacking := [name for name, path in files.items() if _digest(path) != floor["sha256"][name]]:
            print(
                f"NOT MEASURED: {floor['gold']}, {floor['field']}: {', '.join(lacking)} is not there, or is other data"
            )
            continue
        command = [
            *_CLEANER,
            "evaluate",
            str(files[floor["gold"]]),
            "--field",
            floor["field"],
        ]
        command += ["--html", str(files[floor["html"]])] if "html" in floor else []
        done = subprocess.run([*command, "--format", "json"], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 2):  # 2: pages that cannot be read count as empty ones
            raise RuntimeError(done.stderr)
        shown = json.loads(done.stdout)
        figures = {f"{row['type']}.{name}": row[name] for row in shown["types"] for name in ("f1", "recall")}
        if shown["snippets"]:
            figures |= {f"snippets.{name}": shown["snippets"][name] for name in ("f1", "recall")}
        for name, least in floor["least"].items():
            kind, figure = name.rsplit("-", 1)
            value = figures[f"{kind}.{figure}"]
            low += value < least
            verdict = "UNDER ITS FLOOR" if value < least else "holds"
            print(
                f"{floor['gold']:26} {floor['field']:10} {name:16} {value:.4f}, floor {least:.4f}: {verdict}",
                flush=True,
            )
    return low


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=DATA / "wcxb-dev.jsonl.gz")
    parser.add_argument("--html", type=Path, help="the pages' source, by id (default: GOLD's own field, or beside it)")
    parser.add_argument("--limit", type=int, default=0, help="only the first pages")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--floors", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the data that floors.toml names")
    given = parser.parse_args()
    if given.floors:
        return int(hold(given.data) > 0)
    if not given.gold.is_file():
        print(f"NOT MEASURED: there are no labelled pages at {given.gold}; benchmarks/README.md says what is needed")
        return 0
    rows = [row for _, row in islice(rows_of(given.gold), given.limit or None)]
    compare(rows, given.gold.name, given.jobs)
    source = given.html or given.gold.with_name(given.gold.name.replace(".jsonl", "-html.jsonl"))
    if not all("html" in row for row in rows) and source.is_file():
        pages = {row["id"]: row["html"] for _, row in rows_of(source)}
        compare([{**row, "html": pages[row["id"]]} for row in rows if row["id"] in pages], source.name, given.jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
