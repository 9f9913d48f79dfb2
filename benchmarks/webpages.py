"""CPU time of cleaning web pages, set against trafilatura alone on the same pages in the same run.

    python benchmarks/speed.py --html PAGES.jsonl.gz     # JSON Lines with a field `html`, gzipped or not

Without a file the pages are made: the samples' pages, with texts of the corpus in their articles and as much frame
around them as real pages have. Both take turns, a batch of pages at a time, so that a busy machine slows both alike, in
a process that looks for garbage as seldom as a worker does.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path

from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.engines.local import settle
from cleaner.errors import InputError
from cleaner.readers import READERS
from cleaner.readers.base import Fields, Unit
from cleaner.run import grouped, work_of

SAMPLES = Path(__file__).parent.parent / "samples"
#: What the most frequent pages of the web have around their text: links in menus, teasers, characters of scripts.
MENU, TEASERS, SCRIPT = 120, 40, 30_000
MENU_ITEM = '<li class="menu-item"><a href="/{n}">{title}</a></li>'
TEASER = (
    '<div class="card"><a href="/{n}"><img src="/{n}.jpg" alt=""><h3>{title}</h3></a>'
    '<div class="meta"><span class="date">{n} May</span></div></div>'
)
#: The rows, and what they are set in relation to.
ALONE, FAST, READ, WHOLE = "trafilatura.extract", "the same, fast=True", "reading", "whole: reading and cleaning"


def made(texts: Sequence[str], seed: int) -> Iterator[str]:
    """A page a text."""
    chance = random.Random(seed)
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.rglob("*.html"))]
    titles = [line for text in texts for line in text.split("\n") if 3 <= line.count(" ") <= 9]
    for text in texts:
        head, _, rest = chance.choice(samples).partition("<body")
        start, _, end = rest.partition("</article>")
        menu = "".join(MENU_ITEM.format(n=n, title=escape(title)) for n, title in _some(titles, MENU, chance))
        teasers = "".join(TEASER.format(n=n, title=escape(title)) for n, title in _some(titles, TEASERS, chance))
        prose = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n") if line.strip())
        script = "<script>" + "window.q=window.q||[];" * (SCRIPT // 22) + "</script>"
        yield (
            f'{head}<body{start}{prose}</article>\n<ul class="mega">{menu}</ul>\n'
            f'<section class="related">{teasers}</section>{script}{end}'
        )


def _some(titles: Sequence[str], count: int, chance: random.Random) -> list[tuple[int, str]]:
    return list(enumerate(chance.choices(titles, k=count)))


def read(path: Path) -> list[str]:
    """The pages of a file."""
    return [row["html"] for _, row in rows_of(path)]


def measure(pages: Sequence[str]) -> None:
    """Prints a row each: seconds over all pages, and their ratio to trafilatura's, of the sums and the median batch."""
    from trafilatura import extract

    units = [Unit("html", f"{number}.html", page.encode("utf-8", "replace")) for number, page in enumerate(pages)]
    work = work_of(Config(), sum(len(unit.raw) for unit in units))
    tasks: dict[str, Callable[[list[Unit]], object]] = {
        ALONE: lambda own: [extract(unit.raw.decode()) for unit in own],
        FAST: lambda own: [extract(unit.raw.decode(), fast=True) for unit in own],
        READ: lambda own: [_load(unit) for unit in own],
        WHOLE: work,
    }
    seconds: Counter[str] = Counter()
    ratios: dict[str, list[float]] = defaultdict(list)
    for task in tasks.values():
        task(units[:1])  # what is loaded and compiled once is not counted
    settle()
    for items in grouped((0, unit) for unit in units):
        batch = [unit for _, unit in items if isinstance(unit, Unit)]
        took = {}
        for name, task in tasks.items():
            started = time.process_time()
            task(batch)
            took[name] = time.process_time() - started
        for name, own in took.items():
            seconds[name] += own
            ratios[name].append(own / max(took[ALONE], 1e-9))
    print(f"\n{f'seconds for {len(pages)} web pages':46} {'sum':>9} {'of sums':>9} {'of batches':>12}")
    for name in tasks:
        ratio = seconds[name] / seconds[ALONE]
        print(f"{name:46} {seconds[name]:9.2f} {ratio:9.2f} {statistics.median(ratios[name]):12.2f}", flush=True)


def _load(unit: Unit) -> None:
    with suppress(InputError):  # a page without text
        READERS["html"].load(unit, Fields())
