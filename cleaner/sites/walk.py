"""The way from an end of a page inwards, over lines that repeat, as far as the template reaches.

What makes a line template is its place and its company: it stands at the end of pages, or next to lines that do.
A walk therefore names, at each halt, the lines that are within reach, and by which way; whether one of them is taken
depends on how many pages reach it by the same way. A line of the body that recurs in bodies is never reached, for
unique lines stand before it.

Passed over on the way are lines that stand again further inside (a table of contents), and between lines that are
taken one or two short ones (the title of the next page). At the head the walk ends before the last copy of the page's
own title, which the first line (the ``<title>``) tells: that is where content begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from cleaner.sites.survey import KEEP, Key, words_of

Words = tuple[str, ...]
#: A line and its number among its like, from the end: "Search" in the masthead is not "Search" in the footer.
Numbered = tuple[str, int]

#: Lines a walk looks at.
WINDOW = KEEP // 2
#: A line that stands again further inside may have so many words, one between taken lines so many, …
_REPEATED_WORDS, _BETWEEN_WORDS = 30, 12
#: … and so many of those may stand between two that are taken.
_BETWEEN = 2
#: The outermost line may have so many words to be passed over.
_OUTERMOST_WORDS = 25
#: From so many words on a line is a paragraph, where the look-out for the title ends.
_PARAGRAPH_WORDS = 15
#: A copy of the title has so many words besides at most ("Source code for NAME").
_MORE_WORDS = 8


class Way(IntEnum):
    """How a line is reached: next to what was taken, behind lines that repeat, behind others, behind the outermost."""

    NEXT = 0
    REPEATS = 1
    GAP = 2
    OUTERMOST = 3
    #: Not a way of its own: it may confirm one that is reached behind the outermost line.
    CONFIRMS = 4


@dataclass(frozen=True, slots=True)
class Context:
    """What is common among a site's pages: lines; words of first lines; words of last lines."""

    lines: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()


class Walk:
    """A walk from one end of a page; ``keys`` begin at that end."""

    def __init__(self, keys: Sequence[Key], context: Context, *, head: bool) -> None:
        self.context, self.head = context, head
        self.lines: list[Numbered] = []
        self.words: list[Words] = []
        self.repeats: list[bool] = []
        self.position = 0
        self.title: int | None = None
        self.copies: list[int] = []
        self.copies_of: dict[str, int] = {}
        self._note(keys)
        if head and self.lines:
            self._find_title()

    @property
    def anchored(self) -> bool:
        """True once something was taken."""
        return self.position > 0

    def _note(self, keys: Sequence[Key]) -> None:
        further = Counter(keys)
        self.copies_of = {key: count for key, count in further.items() if key is not None}
        seen: Counter[str] = Counter()
        for key in keys[:WINDOW]:
            if key is None:
                break
            further[key] -= 1
            seen[key] += 1
            words = words_of(key)
            self.lines.append((key, seen[key]))
            self.words.append(words)
            self.repeats.append(further[key] > 0 and len(words) <= _REPEATED_WORDS)

    def _find_title(self) -> None:
        """The last copy of the title before the first paragraph; rather one that few pages have."""
        tag = self.words[0]
        bare = _strip(tag, self.context.first)
        rare: int | None = None
        for place in range(1, len(self.lines) if bare else 0):
            words = _without_number(self.words[place])
            is_common = self.lines[place][0] in self.context.lines
            if not self.context.first.issuperset(words) and (
                _holds(tag, words) or (len(words) <= len(bare) + _MORE_WORDS and _holds(words, bare))
            ):
                self.copies.append(place)
                rare = rare if is_common else place
            elif len(words) >= _PARAGRAPH_WORDS and not self.repeats[place] and not is_common:
                break
        if self.copies:
            self.title = self.copies[-1] if rare is None else rare

    def ahead(self, most: int, is_tag: bool) -> list[tuple[int, Way]]:
        """The lines within reach, and how, in order; none from ``most`` on.

        ``is_tag``: the first line is known to be made like those of other pages.
        """
        end = min(len(self.lines), most, len(self.lines) if self.title is None else self.title)
        reached: list[tuple[int, Way]] = []
        way, between = Way.NEXT, 0
        for place in range(self.position, end):
            reached.append((place, way))
            if way == Way.OUTERMOST and place > 0 and not self.repeats[place]:
                if place > 1 or not self.head:
                    break
            elif self.repeats[place]:
                way = max(way, Way.REPEATS)
            elif self.anchored and between < _BETWEEN and self._may_stand_between(place):
                way, between = Way.GAP, between + 1
            elif place == 0 and self._may_stand_outermost(is_tag):
                way = Way.OUTERMOST
            else:
                break
        return reached

    def _may_stand_between(self, place: int) -> bool:
        return len(self.words[place]) <= _BETWEEN_WORDS and (not self.head or self.title is not None)

    def _may_stand_outermost(self, is_tag: bool) -> bool:
        """A first line that is the title or made like those of other pages, a last one that shares a word with most."""
        if self.anchored or len(self.words[0]) > _OUTERMOST_WORDS:
            return False
        if self.head:
            return is_tag or self.title is not None
        return not self.context.last.isdisjoint(self.words[0])

    def is_beyond_title(self, place: int) -> bool:
        """True if a copy of the title stands before this line."""
        return bool(self.copies) and self.copies[0] < place


def _holds(words: Words, part: Words) -> bool:
    """True if the part stands in the words, in one piece."""
    size = len(part)
    return size > 0 and any(words[at : at + size] == part for at in range(len(words) - size + 1))


def _strip(words: Words, common: frozenset[str]) -> Words:
    first, last = 0, len(words)
    while first < last and words[first] in common:
        first += 1
    while first < last and words[last - 1] in common:
        last -= 1
    return words[first:last]


def _without_number(words: Words) -> Words:
    at = 0
    while at < len(words) and words[at].isdigit():
        at += 1
    return words[at:]
