"""The first page of the report: what goes by category, site and rule, what is in doubt, and what was skipped."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cleaner.reports.counts import Counts, ranked
from cleaner.reports.html import render
from cleaner.reports.html.page import Entry
from cleaner.reports.safe import one_line

#: Rows of each table; the list of removals has all.
_SITES, _RULES, _DOUBTFUL, _SKIPPED = 15, 30, 40, 30
#: Characters of a removal that a table shows.
SNIPPET = 110


@dataclass(frozen=True, slots=True)
class Site:
    """Characters of a site's documents, and those that go."""

    name: str
    documents: int
    characters: int
    removed: int

    @property
    def share(self) -> float:
        return self.removed / max(1, self.characters)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that is not cleaned, and why; ``page`` if it has one, since something would go from it."""

    place: str
    reason: str
    page: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A removal that hardly went."""

    score: float
    place: str
    number: int
    rule: str = field(compare=False)
    category: str = field(compare=False)
    text: str = field(compare=False)
    link: str = field(compare=False)


@dataclass(slots=True)
class Overview:
    """What is counted while documents go by."""

    counts: Counts = field(default_factory=Counts)
    documents: int = 0
    characters: int = 0
    cleaned: int = 0
    sites: dict[str, Site] = field(default_factory=dict)
    held: list[Skipped] = field(default_factory=list)
    failed: list[Skipped] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def seen(self, site: str, characters: int, removed: int) -> None:
        """Counts any document that could be read."""
        self.documents += 1
        self.characters += characters
        own = self.sites.get(site, Site(site, 0, 0, 0))
        self.sites[site] = Site(site, own.documents + 1, own.characters + characters, own.removed + removed)

    def add(self, own: Entry, links: dict[int, str]) -> None:
        """Counts a document that loses something; ``links`` are the pages of its removals."""
        self.cleaned += 1
        self.counts.add(own.cleaned)
        text = own.cleaned.document.text
        doubts = [
            Doubt(
                removal.score,
                own.place,
                note.number,
                removal.rule,
                removal.category,
                one_line(text[removal.start : removal.end], SNIPPET),
                f"d/{links[note.number]}#r{note.number}",
            )
            for removal, note in zip(own.cleaned.removals, own.notes, strict=True)
            if not removal.certain
        ]
        self.doubts = heapq.nsmallest(_DOUBTFUL, [*self.doubts, *doubts])

    def page(self, *, title: str, passed_over: Sequence[Skipped], review: bool) -> str:
        """The page's text. Of the sites, those that lose most are shown."""
        categories = ranked(self.counts.categories)
        largest = max((count.characters for _, count in categories), default=1)
        sites = sorted(self.sites.values(), key=lambda site: (-site.removed, site.name))
        skipped = [("left whole", self.held), ("failed", self.failed), ("passed over", list(passed_over))]
        return render(
            "index.html",
            root="",
            review=review,
            title=title,
            own=self,
            removed=self.counts.removed,
            share=self.counts.removed / max(1, self.characters),
            categories=[(name, count, count.characters / largest) for name, count in categories],
            sites=_shares(sites[:_SITES]),
            more_sites=max(0, len(sites) - _SITES),
            rules=ranked(self.counts.rules)[:_RULES],
            more_rules=max(0, len(self.counts.rules) - _RULES),
            skipped=[(name, entries[:_SKIPPED], len(entries)) for name, entries in skipped if entries],
            has_more=any(len(entries) > _SKIPPED for _, entries in skipped),
        )

    def skipped_page(self, passed_over: Sequence[Skipped], *, review: bool) -> str:
        """The page that names everything skipped."""
        skipped = [("left whole", self.held), ("failed", self.failed), ("passed over", list(passed_over))]
        return render("skipped.html", root="", review=review, title="What was skipped", skipped=skipped)


def _shares(sites: Iterable[Site]) -> list[tuple[Site, float]]:
    """The sites, those that lose the largest share first, each with its share beside the largest."""
    ordered = sorted(sites, key=lambda site: (-site.share, site.name))
    largest = (ordered[0].share if ordered else 0) or 1
    return [(site, site.share / largest) for site in ordered]


def list_page(rules: Iterable[str], categories: Iterable[str], *, review: bool) -> str:
    """The page that finds removals; what it searches is in data files."""
    choices = {"rules": sorted(rules), "categories": sorted(categories)}
    return render("list.html", root="", review=review, title="All removals", **choices)
