"""Long lines that are nearly the same on many pages: a signup or a biography of which a word or two were edited.

A round names such lines by a wording that stands for them (:mod:`.representatives`); here the lines of a page are
looked up in those. A line that is near one is the same line to the walk, so place and company decide of it as of any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.sites.survey import LONG, Key, words_of
from cleaner.sites.walk import WINDOW, Words
from cleaner.tokens import SHINGLE

#: Jaccard index of the shingle sets from which a line is a near copy, and the words it must have. Of lines of more than
#: ``LONG`` words the middle is not known.
NEAR, LEAST_WORDS = 0.8, SHINGLE + 4
#: Every so many shingles one is looked up first. Of a near copy at most a fifth are not those of the other line, so of
#: every fourth one is.
_STRIDE = 4


def long_words(key: Key) -> Words:
    """The words of a line that may have near copies; none of any other."""
    # cheaper than to split it: a word and its space take two characters
    if key is None or len(key) < 2 * LEAST_WORDS - 1:
        return ()
    words = words_of(key)
    return words if LEAST_WORDS <= len(words) <= LONG else ()


def near_end(keys: Sequence[Key]) -> Iterator[int]:
    """The places of a page that walks may see."""
    yield from range(min(WINDOW, len(keys)))
    yield from range(max(WINDOW, len(keys) - WINDOW), len(keys))


@dataclass(frozen=True)
class Near:
    """Wordings, each a key, that stand for the lines near them."""

    wordings: tuple[str, ...] = ()

    @cached_property
    def _sets(self) -> list[frozenset[Words]]:
        return [shingles(words_of(wording)) for wording in self.wordings]

    @cached_property
    def _holders(self) -> dict[Words, list[int]]:
        holders: defaultdict[Words, list[int]] = defaultdict(list)
        for number, own in enumerate(self._sets):
            for shingle in own:
                holders[shingle].append(number)
        return dict(holders)

    def named(self, keys: Sequence[Key]) -> Sequence[Key]:
        """The keys of a page, those of near copies replaced by what stands for them."""
        if not self.wordings:
            return keys
        named = list(keys)
        for place in near_end(keys):
            named[place] = self.of(keys[place])
        return named

    def of(self, key: Key) -> Key:
        """What stands for the line: of several the nearest, of equally near ones the first; itself if nothing does."""
        words = long_words(key)
        places = range(0, len(words) - SHINGLE + 1, _STRIDE)
        looked_up = [self._holders.get(words[at : at + SHINGLE], ()) for at in places]
        if not any(looked_up):
            return key
        own = shingles(words)
        scored = [(_jaccard(own, self._sets[number]), -number) for number in {n for found in looked_up for n in found}]
        best, number = max(scored)
        return self.wordings[-number] if best >= NEAR else key


def shingles(words: Words) -> frozenset[Words]:
    """The five-word shingles of a line."""
    return frozenset(words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))


def _jaccard(one: frozenset[Words], other: frozenset[Words]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both)
