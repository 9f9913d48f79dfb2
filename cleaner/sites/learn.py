"""Surveys of a site's documents → its template. The answer depends on which surveys, not on their order.

A round peels the pages from their ends: it counts what is within reach of all walks, adds what enough pages reach, and
lets the walks go on, until nothing is added. Then the pages are stripped with what was found, and the next round
starts from what is left, with nothing remembered, until a round takes nothing from any page. So a second run over
stripped pages begins where the first ended, and takes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cleaner.sites.slots import End, ends
from cleaner.sites.survey import Key, Survey, words_of
from cleaner.sites.template import MOST, Entry, Round, Table, Taken, Template, strip
from cleaner.sites.walk import WINDOW, Context, Numbered, Walk, Way

#: Documents that must share a block, and their share of the site's, for it to be template.
MIN_DOCUMENTS, SHARE = 5, 0.2
#: A line that stands as often elsewhere as at the end of pages is no template.
_PURITY = 0.5
#: Share of the pages from which a word of first lines is constant, or one of last lines common to nearly all.
_NEARLY_ALL = 0.8
#: A line that counts behind others is behind them in this share of the pages.
_OFTEN = 0.25
#: Share of the pages with a line that may have another number of copies of it than most.
_SOME = 0.2
#: Copies of a line in a page from which on they are not told apart.
_MOST_COPIES = 8
#: Share of the pages that must reach what stands behind the outermost line, or behind lines that repeat: those go with
#: it, unseen.
_UNSEEN = 0.7
#: Different lines that an end must have to be one of a varying line.
_VARIED = 3
#: Last lines of more words are no part of a template's frame.
_LAST_WORDS = 25
#: Rounds after which no more is looked for. Sites settle in two or three.
_MOST_ROUNDS = 20

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Pages that must reach a line: ``least`` at any rate, ``share`` of all if next to what is template already."""

    pages: int
    least: int = MIN_DOCUMENTS
    share: float = SHARE

    def ways(self, counts: Sequence[int], anchored: int, standing: int) -> frozenset[Way]:
        """The ways by which something counts.

        ``counts`` are the pages that reach it by each way, ``anchored`` those that reach it next to template,
        ``standing`` the pages it stands in, wherever.
        """
        pages, total = self.pages, sum(counts)
        if total < max(self.least, _PURITY * standing):
            return frozenset()
        ways: set[Way] = set()
        if counts[Way.NEXT] >= MOST * pages or anchored >= self.share * pages:
            ways.add(Way.NEXT)
        if counts[Way.REPEATS] >= self.share * pages and total >= _UNSEEN * pages:
            ways |= {Way.NEXT, Way.REPEATS}
        if counts[Way.GAP] >= _OFTEN * pages and total >= MOST * pages:
            ways |= {Way.NEXT, Way.REPEATS, Way.GAP}
        outside = counts[Way.NEXT] - anchored + counts[Way.REPEATS] + counts[Way.OUTERMOST]
        if outside >= _OFTEN * pages and total >= _UNSEEN * pages:
            ways |= {Way.NEXT, Way.REPEATS, Way.OUTERMOST}
        if counts[Way.OUTERMOST] >= self.share * pages and total >= _OFTEN * pages:
            ways.add(Way.CONFIRMS)
        return frozenset(ways)


def learn(site: str, surveys: Iterable[Survey], least: int = MIN_DOCUMENTS, share: float = SHARE) -> Template:
    """The template of a site, from the surveys of all its documents or of a fair sample of them."""
    # imported where it is used: a check reads templates, and learns none
    from cleaner.sites.representatives import LongLines

    known = sorted(surveys, key=lambda survey: survey.document)
    if len(known) < least:
        return Template(site, len(known))
    thresholds = Thresholds(len(known), least, share)
    left = [survey.keys for survey in known]
    long_lines = LongLines(left)
    rounds: list[Round] = []
    while len(rounds) < _MOST_ROUNDS:
        near = long_lines.near(left, max(least, share * len(known)))
        own = replace(_round([near.named(keys) for keys in left], thresholds), near=near)
        stripped = [strip(keys, own) for keys in left]
        if not any(head or tail for head, tail in stripped):
            break
        rounds.append(_counted(own, stripped, [survey.document for survey in known]))
        left = [keys[len(head) : len(keys) - len(tail)] for keys, (head, tail) in zip(left, stripped, strict=True)]
    return Template(site, len(known), tuple(rounds))


def _context(pages: Sequence[Sequence[Key]], share: float) -> Context:
    lines: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for keys in pages:
        lines.update({key for key in (*keys[:WINDOW], *keys[-WINDOW:]) if key is not None})
        if keys:
            first.update(set(words_of(keys[0])))
            words = words_of(keys[-1])
            last.update(set(words) if len(words) <= _LAST_WORDS else ())
    return Context(
        _common(lines, max(2, share * len(pages) / 2)),
        _common(first, MOST * len(pages)),
        _common(last, _NEARLY_ALL * len(pages)),
    )


def _common(counts: Counter[str], least: float) -> frozenset[str]:
    return frozenset(name for name, count in counts.items() if count >= least)


def _round(pages: Sequence[Sequence[Key]], thresholds: Thresholds) -> Round:
    context = _context(pages, thresholds.share)
    head = _Peeling([Walk(keys, context, head=True) for keys in pages], thresholds)
    tail = _Peeling([Walk(keys[::-1], context, head=False) for keys in pages], thresholds)
    while True:
        room = [len(keys) for keys in pages]
        moved = head.peel([size - walk.position for size, walk in zip(room, tail.walks, strict=True)])
        moved = tail.peel([size - walk.position for size, walk in zip(room, head.walks, strict=True)]) or moved
        if not moved:
            return Round(head.table, tail.table, context)


@dataclass
class _Reach:
    """Pages by the way they reach something."""

    counts: list[int] = field(default_factory=lambda: [0] * 4)
    anchored: int = 0

    def add(self, way: Way, anchored: bool) -> None:
        self.counts[way] += 1
        self.anchored += anchored and way == Way.NEXT


class _Peeling:
    """One end of all pages, on the way inwards."""

    def __init__(self, walks: list[Walk], thresholds: Thresholds) -> None:
        self.walks, self.thresholds = walks, thresholds
        self.lines: dict[Numbered, Entry] = {}
        self.ends: dict[End, Entry] = {}
        self.table = Table()
        self._lines: Counter[Numbered] = Counter()
        self._ends: Counter[End] = Counter()
        self._copies: Counter[Numbered] = Counter()
        for walk in walks:
            self._lines.update(walk.lines)
            self._copies.update((key, min(count, _MOST_COPIES)) for key, count in walk.copies_of.items())
            self._ends.update({end for words in set(walk.words) for end in ends(words)})

    def peel(self, most: Sequence[int]) -> bool:
        """Lets the walks go on until nothing more is found; true if any moved."""
        moved = False
        while True:
            before = len(self.ends)
            self._count(most)
            self.table = Table(self.lines, self.ends)
            steps = [self.table.take(walk, limit) for walk, limit in zip(self.walks, most, strict=True)]
            moved = moved or any(steps)
            if not any(steps) and len(self.ends) == before:
                return moved

    def _count(self, most: Sequence[int]) -> None:
        """Adds the lines, and the beginnings and ends of lines, that enough pages reach."""
        lines: defaultdict[Numbered, _Reach] = defaultdict(_Reach)
        parts: defaultdict[End, _Reach] = defaultdict(_Reach)
        forms: defaultdict[End, set[str]] = defaultdict(set)
        for walk, limit in zip(self.walks, most, strict=True):
            seen: set[End] = set()
            for place, way in walk.ahead(limit, self.table.is_tag(walk)):
                lines[walk.lines[place]].add(way, walk.anchored)
                for end in ends(walk.words[place]) if way != Way.GAP else ():
                    if end not in seen:
                        seen.add(end)
                        parts[end].add(way, walk.anchored)
                        if len(forms[end]) < _VARIED:
                            forms[end].add(walk.lines[place][0])
        for line, reach in lines.items():
            if not self._comes_and_goes(line):
                self._add(self.lines, line, reach, self._lines[line])
        for end, reach in parts.items():
            if len(forms[end]) >= _VARIED and sum(reach.counts) >= MOST * self.thresholds.pages:
                self._add(self.ends, end, reach, self._ends[end])

    def _comes_and_goes(self, line: Numbered) -> bool:
        """True if the line stands so often in some pages and more often in others, as those of bodies do."""
        counts = [self._copies[line[0], count] for count in range(line[1], _MOST_COPIES + 1)]
        return max(counts, default=0) < (1 - _SOME) * sum(counts)

    def _add(self, entries: dict[Name, Entry], name: Name, reach: _Reach, standing: int) -> None:
        ways = self.thresholds.ways(reach.counts, reach.anchored, standing)
        if ways:
            old = entries.get(name, Entry(0.0))
            share = max(old.share, sum(reach.counts) / self.thresholds.pages)
            entries[name] = Entry(share, old.ways | ways)


def _counted(own: Round, stripped: Sequence[tuple[list[Taken], list[Taken]]], documents: Sequence[str]) -> Round:
    """The round with how many pages, and which, each of its entries took something from."""
    head = _with_documents(own.head, [gone for gone, _ in stripped], documents)
    tail = _with_documents(own.tail, [gone for _, gone in stripped], documents)
    return replace(own, head=head, tail=tail)


def _with_documents(table: Table, gone: Sequence[Sequence[Taken]], documents: Sequence[str]) -> Table:
    standing: defaultdict[Numbered | End, list[str]] = defaultdict(list)
    for document, taken in zip(documents, gone, strict=True):
        for name in {own.entry for own in taken if own.kind != "between"}:
            standing[name].append(document)

    def counted(name: Numbered | End, entry: Entry) -> Entry:
        return replace(entry, count=len(standing[name]), documents=tuple(standing[name][:3]))

    return Table(
        {line: counted(line, entry) for line, entry in table.lines.items()},
        {end: counted(end, entry) for end, entry in table.ends.items()},
    )
