"""The template of a site, frozen, and what of a page it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from cleaner.sites.near import Near
from cleaner.sites.slots import End, slot
from cleaner.sites.survey import Key
from cleaner.sites.walk import Context, Numbered, Walk, Way

#: Templates, learned one after the other, after which no more is looked for; a corpus settles in one or two.
MOST_STAGES = 5
#: Share of a site's pages that counts as most of them.
MOST = 0.5

Kind = Literal["repeated", "near", "slotted", "between"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, or a beginning or end of lines: the share of pages that reach it, and the ways by which it counts.

    ``count`` pages of the site have it in their template, ``documents`` are the first three of them by id.
    """

    share: float
    ways: frozenset[Way] = frozenset()
    count: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that the template takes: its place in the survey, why, and which entry says so.

    Of a line ``between``, the entry is that of the next one inwards that was taken. ``form`` is the line as the
    template has it: its key, or the words around what varies.
    """

    place: int
    kind: Kind
    entry: Numbered | End
    form: str = ""


@dataclass(frozen=True)
class Table:
    """What one end of a site's pages is made of."""

    lines: Mapping[Numbered, Entry] = field(default_factory=dict)
    ends: Mapping[End, Entry] = field(default_factory=dict)

    def entry(self, name: Numbered | End) -> Entry:
        """The entry that has this name."""
        return self.ends[name] if name in self.ends else self.lines[name]  # type: ignore[index]

    def take(self, walk: Walk, most: int) -> list[Taken]:
        """The next line that the walk may take, after those it passes over to it; the walk moves on."""
        for place, way in walk.ahead(most, self.is_tag(walk)):
            found = self._at(walk, place, way)
            if found is not None:
                passed = range(walk.position, place)
                walk.position = place + 1
                return [*(Taken(over, "between", found.entry, walk.lines[over][0]) for over in passed), found]
        return []

    def is_tag(self, walk: Walk) -> bool:
        """True if the page's first line is made like those of other pages."""
        return walk.head and bool(walk.words) and slot(walk.words[0], self.ends) is not None

    def _at(self, walk: Walk, place: int, way: Way) -> Taken | None:
        line = walk.lines[place]
        entry = self.lines.get(line)
        if entry is not None and way in entry.ways and (entry.share >= MOST or not walk.is_beyond_title(place)):
            found = Taken(place, "repeated", line, line[0])
        elif way == Way.GAP or (walk.head and place == 0 and walk.title is None):
            return None
        elif (parts := slot(walk.words[place], self.ends)) is not None:
            begin, end = parts
            name: End = ("begins", begin) if begin else ("ends", end)
            found = Taken(place, "slotted", name, " … ".join(map(" ".join, filter(None, (begin, end)))))
        else:
            return None
        if way == Way.OUTERMOST and walk.head and not self._is_confirmed(walk, place):
            return None
        return found

    def _is_confirmed(self, walk: Walk, place: int) -> bool:
        """True if the second line goes on as the template does, or the title follows it."""
        if place != 1:
            return False
        if walk.title is None or walk.title == 2:
            return True
        return len(walk.lines) > 2 and (walk.lines[2] in self.lines or slot(walk.words[2], self.ends) is not None)


@dataclass(frozen=True, slots=True)
class Round:
    """Tables of the two ends, and what they were made with."""

    head: Table
    tail: Table
    context: Context
    near: Near = field(default_factory=Near)


@dataclass(frozen=True, slots=True)
class Template:
    """What the pages of a site share, to be taken off in rounds; ``surveyed`` is how many pages it was learned from."""

    site: str
    surveyed: int
    rounds: tuple[Round, ...] = ()

    def strip(self, keys: Sequence[Key]) -> list[tuple[Taken, Entry]]:
        """What the template takes of a page, in order of place."""
        gone: list[tuple[Taken, Entry]] = []
        begin, end = 0, len(keys)
        for own in self.rounds:
            head, tail = strip(keys[begin:end], own)
            gone += [(_moved(taken, begin), own.head.entry(taken.entry)) for taken in head]
            gone += [(_moved(taken, begin), own.tail.entry(taken.entry)) for taken in tail]
            begin, end = begin + len(head), end - len(tail)
        return sorted(gone, key=lambda item: item[0].place)


#: One a site, by site.
Templates = Mapping[str, Template]


def strip(keys: Sequence[Key], own: Round) -> tuple[list[Taken], list[Taken]]:
    """What one round takes from the head and from the tail of a page."""
    named = own.near.named(keys)
    head = _walked(Walk(named, own.context, head=True), own.head, len(keys))
    tail = _walked(Walk(named[::-1], own.context, head=False), own.tail, len(keys) - len(head))
    tail = [_moved(taken, len(keys) - 1 - 2 * taken.place) for taken in tail]
    return _told(head, keys, named), _told(tail, keys, named)


def _told(gone: Sequence[Taken], keys: Sequence[Key], named: Sequence[Key]) -> list[Taken]:
    """What was taken, those lines told apart that only nearly are the template's."""
    return [
        replace(taken, kind="near") if taken.kind == "repeated" and keys[taken.place] != named[taken.place] else taken
        for taken in gone
    ]


def _walked(walk: Walk, table: Table, most: int) -> list[Taken]:
    """All that a walk takes, lines without words at its inner end left out: a brace may end the body of every page."""
    gone: list[Taken] = []
    while more := table.take(walk, most):
        gone += more
    while gone and not walk.words[gone[-1].place]:
        gone.pop()
    return gone


def _moved(taken: Taken, by: int) -> Taken:
    return Taken(taken.place + by, taken.kind, taken.entry, taken.form)
