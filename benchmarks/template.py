"""How well the template of one site is found, beside simpler ways.

    python benchmarks/template.py GOLD.jsonl[.gz]

GOLD holds pages of one site as JSON Lines: ``id``, ``page_text`` (every visible line) and ``main_content``. Words are
compared as multisets, F1, precision and recall are means over pages. The figures of docs/template.md are from here.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cleaner.batch import Page
from cleaner.cli.labelled import rows_of
from cleaner.model import Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import keyed_lines, survey

_WORD = re.compile(r"\w+")
#: Pages in which a line is seen to be dropped by the simplest way.
_SEEN = 10


def _scores(text: str, gold: str) -> tuple[float, float, float]:
    own, other = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(gold.lower()))
    both = sum((own & other).values())
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / own.total(), both / other.total()
    return 2 * precision * recall / (precision + recall), precision, recall


def _all(texts: list[str]) -> Iterator[str]:
    yield from texts


def _seen_often(texts: list[str]) -> Iterator[str]:
    counts = Counter(line for text in texts for line in set(text.split("\n")))
    for text in texts:
        yield "\n".join(line for line in text.split("\n") if counts[line] < _SEEN)


def _first(texts: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for text in texts:
        yield "\n".join(line for line in text.split("\n") if line not in seen)
        seen.update(text.split("\n"))


def _template(texts: list[str]) -> Iterator[str]:
    pages = [Page(Document(f"{number:06}", text)) for number, text in enumerate(texts)]
    template = learn("the site", map(survey, pages))
    for page in pages:
        keyed = keyed_lines(page)
        text, at, kept = page.document.text, 0, []
        for taken, _ in template.strip([key for key, _ in keyed]):
            line = keyed[taken.place][1]
            kept.append(text[at : line.start])
            at = line.stop
        yield "".join([*kept, text[at:]])


WAYS = {"keep all": _all, f"drop lines seen in {_SEEN} pages": _seen_often, "keep first": _first, "template": _template}


def main() -> None:
    """Prints a row a way."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print(f"SKIPPED: no file {sys.argv[1] if len(sys.argv) > 1 else 'named'}; see the top of this program")
        return
    path = Path(sys.argv[1])
    rows = [row for _, row in rows_of(path)]
    texts = [row["page_text"] for row in rows]
    print(f"{len(rows)} pages, {sum(map(len, texts)) / 1e6:.1f} M characters")
    print(f"{'':28} {'F1':>7} {'P':>7} {'R':>7} {'CPU s':>7}")
    for name, way in WAYS.items():
        started = time.process_time()
        left = list(way(texts))
        seconds = time.process_time() - started
        scores = [_scores(text, row["main_content"]) for text, row in zip(left, rows, strict=True)]
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        print(f"{name:28} {means[0]:7.4f} {means[1]:7.4f} {means[2]:7.4f} {seconds:7.1f}")


if __name__ == "__main__":
    main()
