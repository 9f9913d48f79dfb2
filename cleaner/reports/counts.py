"""How much goes, by category and by rule: the table under ``cleaner diff --stat``, and the figures of other reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cleaner.model import Cleaned
from cleaner.reports.columns import columns, filled
from cleaner.reports.safe import one_line


@dataclass(slots=True)
class Count:
    """Removals, the documents they are in, and their characters."""

    removals: int = 0
    documents: int = 0
    characters: int = 0


@dataclass(slots=True)
class Counts:
    """What goes from the documents that were added."""

    documents: int = 0
    characters: int = 0
    categories: dict[str, Count] = field(default_factory=dict)
    rules: dict[str, Count] = field(default_factory=dict)

    def add(self, cleaned: Cleaned) -> None:
        """Counts a document with its removals."""
        self.documents += 1
        self.characters += len(cleaned.document.text)
        seen: set[str] = set()
        for removal in cleaned.removals:
            for table, name in ((self.categories, removal.category), (self.rules, removal.rule)):
                count = table.setdefault(name, Count())
                count.removals += 1
                count.documents += name not in seen  # no rule is named like a category: rules have a slash
                count.characters += removal.end - removal.start
                seen.add(name)

    @property
    def removals(self) -> int:
        return sum(count.removals for count in self.categories.values())

    @property
    def removed(self) -> int:
        """Characters that go."""
        return sum(count.characters for count in self.categories.values())

    def share(self, count: Count) -> float:
        """The share of all characters that these removals take."""
        return count.characters / max(1, self.characters)


def ranked(table: Mapping[str, Count]) -> list[tuple[str, Count]]:
    """The largest first, by characters."""
    return sorted(table.items(), key=lambda item: (-item[1].characters, item[0]))


def table(counts: Counts) -> str:
    """A table for people: a line a category, then a line a rule. Empty if nothing goes."""
    if not counts.removals:
        return ""
    rows = [("category", "removals", "documents", "characters", "share"), *_rows(counts, counts.categories)]
    total = Count(counts.removals, counts.documents, counts.removed)
    rows += [*_rows(counts, {"all": total}), ("", "", "", "", "")]
    rows += [("rule", "removals", "documents", "characters", "share"), *_rows(counts, counts.rules)]
    return _aligned(rows)


def _rows(counts: Counts, table: Mapping[str, Count]) -> Iterator[tuple[str, ...]]:
    for name, count in ranked(table):
        figures = (count.removals, count.documents, count.characters)
        yield (one_line(name, 60), *map(str, figures), f"{counts.share(count):.1%}")


def _aligned(rows: Iterable[tuple[str, ...]]) -> str:
    """The rows with their first cell to the left and figures to the right."""
    rows = list(rows)
    first, *widths = (max(columns(row[at]) for row in rows) for at in range(len(rows[0])))
    lines = []
    for name, *figures in rows:
        cells = [f"{figure:>{width + 2}}" for figure, width in zip(figures, widths, strict=True)]
        lines.append((filled(name, first) + "".join(cells)).rstrip())
    return "\n".join(lines)
