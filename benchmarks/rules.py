"""Rules alone on labelled pages: how much of what they remove is right, and what it does to recall.

    python benchmarks/rules.py [GOLD.jsonl.gz] [--field extracted|page_text] [--limit N] [--worst N]

GOLD holds a page a line with ``id``, ``url``, ``main_content`` (what belongs to the article) and the field to clean
(benchmarks/README.md). Tokens are words in lower case, compared as bags:

* a removed token is *wrong* if the article then has fewer of it than the gold asks for, else *right*;
* precision of removal is the right share of removed tokens, over all pages;
* recall is the mean over pages of the gold's tokens that the text holds; before: with everything kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from cleaner.cleaning import clean
from cleaner.cli.labelled import rows_of
from cleaner.config import Config
from cleaner.evaluation import bag, overlap
from cleaner.model import Cleaned, Document
from cleaner.run import work_of

GOLD = Path(__file__).parent.parent.parent / "shared" / "quality" / "wcxb-dev.jsonl.gz"
#: Pages cleaned together.
BATCH = 64


@dataclass(slots=True)
class Count:
    """Tokens removed, how many of them wrongly, and the worst removals."""

    removed: int = 0
    wrong: int = 0
    worst: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return 1 - self.wrong / max(1, self.removed)


@dataclass(slots=True)
class Sums:
    """What is added up over pages."""

    pages: int = 0
    changed: int = 0
    held: int = 0
    before: list[float] = field(default_factory=lambda: [0.0, 0.0])  # recall, F1
    after: list[float] = field(default_factory=lambda: [0.0, 0.0])
    all: Count = field(default_factory=Count)
    rules: dict[str, Count] = field(default_factory=dict)
    categories: dict[str, Count] = field(default_factory=dict)

    def add(self, page: Mapping[str, Any], cleaned: Cleaned) -> None:
        """Counts a page."""
        gold, text, left = (bag(own) for own in (page["main_content"], cleaned.document.text, cleaned.text))
        self.pages += 1
        self.changed += cleaned.changed
        self.held += bool(cleaned.held)
        for sums, own in ((self.before, text), (self.after, left)):
            figures = overlap(own, gold)
            sums[0] += figures.recall
            sums[1] += figures.f1
        if not cleaned.changed:
            return
        self.all.removed += (text - left).total()
        self.all.wrong += (text & gold).total() - (left & gold).total()
        missing = gold - left
        for removal in cleaned.removals:
            gone = cleaned.document.text[removal.start : removal.end]
            own = bag(gone)
            wrong = (own & missing).total()
            for table, key in ((self.rules, removal.rule), (self.categories, removal.category)):
                count = table.setdefault(key, Count())
                count.removed += own.total()
                count.wrong += wrong
                count.worst.append((wrong, str(page["id"]), " ".join(gone.split())[:100]))


def evaluate(rows: Sequence[Mapping[str, Any]], name: str) -> Sums:
    """Cleans the field of all pages with the rules of the default configuration, and counts."""
    config = replace(Config(), weights="none")
    detectors = work_of(config, sum(len(row[name]) for row in rows)).detectors
    sums = Sums()
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        documents = [Document(str(row["id"]), row[name], url=row.get("url")) for row in some]
        for row, cleaned in zip(some, clean(documents, detectors, config.policy), strict=True):
            sums.add(row, cleaned)
    return sums


def show(sums: Sums, worst: int) -> None:
    """Prints the sums; under each rule its ``worst`` removals."""
    count = max(1, sums.pages)
    print(f"{sums.pages} pages, {sums.changed} changed, {sums.held} left whole by a limit")
    print(f"removed {sums.all.removed} tokens, {sums.all.wrong} wrongly: precision {sums.all.precision:.4f}")
    for number, name in enumerate(("recall", "F1")):
        before, after = sums.before[number] / count, sums.after[number] / count
        print(f"{name:7} {before:.4f} with everything kept, {after:.4f} cleaned ({after - before:+.4f})")
    for title, table in (("category", sums.categories), ("rule", sums.rules)):
        print(f"\n{title:44} {'tokens':>8} {'wrong':>7} {'precision':>10}")
        for key, own in sorted(table.items(), key=lambda item: (-item[1].wrong, item[0])):
            print(f"{key:44} {own.removed:8} {own.wrong:7} {own.precision:10.3f}")
            if title == "rule":
                for wrong, page, text in sorted(own.worst, reverse=True)[:worst]:
                    if wrong:
                        print(f"    {wrong:4} {page}: {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    parser.add_argument("--field", choices=["extracted", "page_text"], default="extracted")
    parser.add_argument("--limit", type=int, default=0, help="only the first pages")
    parser.add_argument("--worst", type=int, default=0, help="removals to show for each rule")
    given = parser.parse_args()
    if not given.gold.is_file():
        print(f"NOT MEASURED: there are no labelled pages at {given.gold}; benchmarks/README.md says what is needed")
        return
    print(f"{given.gold.name}, field {given.field}")
    rows = [row for _, row in islice(rows_of(given.gold), given.limit or None)]
    show(evaluate(rows, given.field), given.worst)


if __name__ == "__main__":
    main()
