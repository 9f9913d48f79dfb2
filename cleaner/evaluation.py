"""How close cleaned pages come to labelled ones: word F1, snippets, and what each category of removal cost.

The measure is that of the Web Content eXtraction Benchmark: precision and recall over the multisets of lower-cased
words, averaged over pages. Labels that are snippets only are counted as trafilatura's evaluation does: a wanted snippet
that is there is a true positive, an unwanted one that is there a false one, summed over all pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.model import Cleaned

Bag = Counter[str]

#: What stands for all pages in tables by page type.
ALL = "all"
#: Removals and pages that are kept as the worst.
_WORST = 100

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled page: the text that belongs to it, or only snippets that must and must not be in it.

    ``content`` is None where nobody labelled all of the page.
    """

    id: str
    page_type: str = "page"
    content: str | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Gold:
        """From a record with ``id``, ``page_type``, ``main_content``, ``with`` and ``without``.

        Raises ``ValueError`` that names the field if one is missing or of the wrong kind.
        """
        if not isinstance(row.get("id"), str | int):
            raise ValueError(f"field 'id': found {row.get('id')!r}, allowed is a string or a number")
        content = row.get("main_content")
        if content is not None and not isinstance(content, str):
            raise ValueError(f"field 'main_content': found {type(content).__name__}, allowed is a string")
        wanted, unwanted = (_snippets(row, name) for name in ("with", "without"))
        if content is None and not wanted and not unwanted:
            raise ValueError("no labels: neither 'main_content' nor 'with' or 'without'")
        return cls(str(row["id"]), str(row.get("page_type") or "page"), content, wanted, unwanted)


def _snippets(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"field {name!r}: found {value!r}, allowed is a list of strings")
    return tuple(value)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bag(text: str) -> Bag:
    """The words of a text with their counts."""
    return Counter(_WORD.findall(text.lower()))


def overlap(found: Bag, wanted: Bag) -> Figures:
    """Precision and recall of a bag of words: 1 where both are empty, 0 where one is."""
    if not wanted or not found:
        return Figures(*[float(not wanted and not found)] * 2)
    both = (found & wanted).total()
    return Figures(both / found.total(), both / wanted.total())


def share(text: str, snippets: Sequence[str]) -> float | None:
    """The share of snippets that the text holds, in upper or lower case; None without any."""
    lowered = text.lower()
    return sum(own.lower() in lowered for own in snippets) / len(snippets) if snippets else None


@dataclass(slots=True)
class Row:
    """Pages of one type: ``f1``, ``precision``, ``recall``, ``wanted`` and ``unwanted`` as sums with their counts."""

    pages: int = 0
    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, values: Mapping[str, float | None]) -> None:
        """Counts a page; what is None there is not averaged."""
        self.pages += 1
        for name, value in values.items():
            if value is not None:
                self.sums[name] += value
                self.counts[name] += 1

    def mean(self, name: str) -> float | None:
        """The mean over the pages that have it; None if none has."""
        return self.sums[name] / self.counts[name] if self.counts[name] else None


@dataclass(slots=True)
class Cost:
    """Words that a category removed, and how many of them the page then lacks."""

    removals: int = 0
    words: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """A removal that took ``wrong`` words which the page's label asks for."""

    wrong: int
    page: str
    rule: str
    text: str


@dataclass(slots=True)
class Evaluation:
    """What is added up over pages. ``snippets`` counts hits, misses and slips of the pages without full labels."""

    types: dict[str, Row] = field(default_factory=dict)
    snippets: Counter[str] = field(default_factory=Counter)
    categories: dict[str, Cost] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def add(self, gold: Gold, text: str, cleaned: Cleaned | None = None) -> None:
        """Counts a page with the text that was made of it; ``cleaned`` says what was removed on the way."""
        if gold.content is None:
            hits = sum(own in text for own in gold.wanted)
            self.snippets["pages"] += 1
            self.snippets["hits"] += hits
            self.snippets["misses"] += len(gold.wanted) - hits
            self.snippets["slips"] += sum(own in text for own in gold.unwanted)
            return
        found, wanted = bag(text), bag(gold.content)
        figures = overlap(found, wanted)
        values = {
            "f1": figures.f1,
            "precision": figures.precision,
            "recall": figures.recall,
            "wanted": share(text, gold.wanted),
            "unwanted": share(text, gold.unwanted),
        }
        for kind in (ALL, gold.page_type):
            self.types.setdefault(kind, Row()).add(values)
        if cleaned is not None and cleaned.changed:
            self._charge(gold, cleaned, wanted - found)

    def _charge(self, gold: Gold, cleaned: Cleaned, missing: Bag) -> None:
        """Sets down what each removal cost: those of its words that the page now lacks."""
        for removal in cleaned.removals:
            gone = cleaned.document.text[removal.start : removal.end]
            own = bag(gone)
            wrong = (own & missing).total()
            cost = self.categories.setdefault(removal.category, Cost())
            cost.removals += 1
            cost.words += own.total()
            cost.wrong += wrong
            if wrong:
                self.losses.append(Loss(wrong, gold.id, removal.rule, " ".join(gone.split())))
        if len(self.losses) > 2 * _WORST:
            self.losses = self.worst(_WORST)

    def worst(self, count: int) -> list[Loss]:
        """The removals that cost most, ties by page, rule and text."""
        return sorted(self.losses, key=lambda loss: (-loss.wrong, loss.page, loss.rule, loss.text))[:count]

    def by_snippets(self) -> Figures | None:
        """Precision and recall over the snippets of pages without full labels; None without such pages."""
        if not self.snippets["pages"]:
            return None
        hits, misses, slips = (self.snippets[name] for name in ("hits", "misses", "slips"))
        return Figures(hits / max(1, hits + slips), hits / max(1, hits + misses))
