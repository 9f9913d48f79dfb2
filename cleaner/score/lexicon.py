"""Weights of words and of pairs of words: the first sum of a block, from the token table's hashes.

A gram has four weights: for the block it stands in, for the block after it, for the one before it, and for all blocks
under the heading it stands in, as "related posts" speaks against what follows it.
A gram is a word, two words in a row, or a word at the start (``^ share``) or the end (``share $``) of a block. Words
that begin with a digit count as one word a length (``0``, ``00``, …). The hashes of all grams lie in one table with
open addressing, so a batch is looked up by a few gathers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from cleaner.score.rows import running
from cleaner.tokens import I64, U64, TokenTable, mix

#: Digits of a number that are told apart.
MOST_DIGITS = 5
_PAIR, _EDGE, _NUMBER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
START, END = "^", "$"
#: Places beyond the last at which a hash belongs.
_SPARE = 64
#: Grams looked up at a time: what is noted of them stays in the processor's cache.
_CHUNK = 1 << 15
#: More than there are grams.
_PACK = 1 << 24
#: Bits of a voice's sum. Of a block with more grams than fit, many thousands, the first are heard.
_HALF = 32
#: A gram is named as telling from this weight on, in thousandths.
_LOUD = 300


class Grams:
    """The grams of a batch: a hash each; words, pairs, starts and ends, one after another."""

    def __init__(self, table: TokenTable) -> None:
        self.table = table
        words = _told_apart(table)
        views = table.view_of
        #: the words that another follows in their view
        self._inside = inside = np.flatnonzero(views[:-1] == views[1:])
        #: the views that have words, and where the first and the last of each stand
        self.filled = np.flatnonzero(table.counts)
        self._firsts, self._lasts = table.first[:-1][self.filled], table.first[1:][self.filled] - 1
        pairs = pair(words[:-1], words[1:])[inside]
        self.hashes: U64 = np.concatenate((words, pairs, edge(words[self._firsts], 1), edge(words[self._lasts], 2)))

    @cached_property
    def pairs(self) -> I64:
        """For each view the number of its first pair, if it has one."""
        return len(self.table.words) + running(np.maximum(self.table.counts - 1, 0))[:-1]

    @cached_property
    def edges(self) -> int:
        """The number of the first gram at an edge: the starts of all views that are filled, then their ends."""
        return len(self.hashes) - 2 * len(self.filled)

    @cached_property
    def at(self) -> I64:
        """The word of the batch at which each gram begins."""
        return np.concatenate((np.arange(len(self.table.words)), self._inside, self._firsts, self._lasts))

    @cached_property
    def views(self) -> I64:
        """The view in which each gram stands."""
        views = self.table.view_of
        return np.concatenate((views, views[self._inside], self.filled, self.filled))


def pair(one: U64, other: U64) -> U64:
    """The hash of two words in a row."""
    return mix(one * _PAIR + other)


def edge(word: U64, side: int) -> U64:
    """The hash of a word at the start (1) or the end (2) of a block."""
    return mix(word * _EDGE + np.uint64(side))


def hashes_of(grams: Sequence[str]) -> U64:
    """The hash of each gram as it is written: ``word``, ``two words``, ``^ word``, ``word $``; numbers as zeros."""
    if not grams:
        return np.empty(0, np.uint64)
    table = TokenTable.of(grams)
    words = _told_apart(table)
    one, other = words[table.first[:-1]], words[table.first[1:] - 1]
    hashes = np.where(table.counts == 2, pair(one, other), one)
    starts = np.asarray([gram[0] == START for gram in grams], bool)
    ends = np.asarray([gram[-1] == END for gram in grams], bool)
    hashes[starts] = edge(one[starts], 1)
    hashes[ends] = edge(one[ends], 2)
    return hashes


def _told_apart(table: TokenTable) -> U64:
    """The words' hashes, those of numbers replaced by one a length."""
    lengths = np.minimum(table.lengths[table.numeric], MOST_DIGITS).astype(np.uint64)
    words = table.words.copy()
    words[table.numeric] = mix(lengths * _NUMBER)
    return words


#: The weights of a gram, in this order.
VOICES = ("own", "after", "before", "under")


class Lexicon:
    """Grams and their weights in thousandths, above 0 where they speak for content.

    ``voices``: a row a gram, a column for each of :data:`VOICES`. ``table``: the grams' places by their hashes.
    """

    def __init__(self, names: Sequence[str], voices: I64, bias: int = 0, table: U64 | None = None) -> None:
        self.names, self.voices, self.bias = names, voices, bias
        table = _places(hashes_of(names)) if table is None else table
        self._table, self._tries = table, int(table[0])
        self._keys, self._values = table[1 : len(table) // 2 + 1], table[len(table) // 2 + 1 :].view(np.int64)
        self._shift = np.uint64(65 - (len(self._keys) - _SPARE).bit_length())
        weights = np.concatenate((voices.reshape(-1, len(VOICES)), np.zeros((1, len(VOICES)), np.int64))).T.copy()
        self._own = weights[0]
        # two voices are added up at once, each in its half of a number
        self._voices = [(one << _HALF) + other for one, other in weights.reshape(-1, 2, weights.shape[1])]
        self._most = (1 << _HALF - 3) // max(1, int(np.abs(weights).max()))

    def kept(self) -> bytes:
        """What takes long to make anew: the voices and the table."""
        return len(self.voices).to_bytes(8, "little") + self.voices.tobytes() + self._table.tobytes()

    @classmethod
    def of_kept(cls, names: Sequence[str], data: memoryview, bias: int) -> Lexicon:
        """The lexicon of which :meth:`kept` gave these bytes."""
        count = int.from_bytes(data[:8], "little")
        numbers = len(VOICES) * count
        voices = np.frombuffer(data, np.int64, numbers, 8).reshape(count, len(VOICES))
        return cls(names, voices, bias, np.frombuffer(data, np.uint64, offset=8 + 8 * numbers))

    def find(self, hashes: U64) -> I64:
        """The number of each gram by its hash, -1 where there is no weight for it."""
        found = np.empty(len(hashes), np.int64)
        for first in range(0, len(hashes), _CHUNK):
            found[first : first + _CHUNK] = self._find(hashes[first : first + _CHUNK])
        return found

    def _find(self, hashes: U64) -> I64:
        """The same, all at once."""
        place = (hashes >> self._shift).view(np.int64)
        hit = self._keys.take(place) == hashes
        result = self._values.take(place)
        # most grams without a weight meet an empty place at once
        left = np.flatnonzero(~hit & (result >= 0))
        result[left] = -1
        for ahead in range(1, self._tries):
            there = place[left] + ahead
            hit = self._keys[there] == hashes[left]
            values = self._values[there]
            result[left[hit]] = values[hit]
            left = left[~hit & (values >= 0)]
        return result

    def heard(self, grams: Grams) -> tuple[I64, I64]:
        """What each view says of itself, the next, the last and what it heads: 4 rows of a sum a view, in thousandths.

        The second result is how many of a view's words are known, in thousandths. The sums of the weights are divided
        by the root of the number of grams, so that long blocks do not run away.
        """
        found, first, counts = self.find(grams.hashes), grams.table.first, grams.table.counts
        words, counted = first[:-1], np.minimum(counts, self._most)
        totals: list[I64] = []
        for two in self._voices:
            said = two.take(found)
            sums = running(said)
            total = sums[words + counted] - sums[words]
            total += sums[grams.pairs + np.maximum(counted - 1, 0)] - sums[grams.pairs]
            total[grams.filled] += said[grams.edges :].reshape(2, -1).sum(0)
            low = total.astype(np.int32).astype(np.int64)
            totals += [(total - low) >> _HALF, low]
        root = np.sqrt(2 * counts + 1)  # of so many words, one pair less, and the two ends
        known = running((found[: first[-1]] >= 0).astype(np.int64))
        share = (known[first[1:]] - known[words]) * 1000 // np.maximum(counts, 1)
        return np.rint(np.stack(totals) / root).astype(np.int64), share

    def loudest(self, grams: Grams) -> list[list[str]]:
        """For each view the word and the other gram with the lowest weight, where that is low enough to be telling."""
        found, first, counts = self.find(grams.hashes), grams.table.first, grams.table.counts
        # the least of these has the least weight, and names its gram
        weighed = np.where(found < 0, 0, self._own.take(found) * _PACK + found)
        lowest = np.zeros((2, len(counts)), np.int64)
        if len(grams.filled):
            lowest[0, grams.filled] = np.minimum.reduceat(weighed[: first[-1]], first[grams.filled])
            lowest[1, grams.filled] = weighed[grams.edges :].reshape(2, -1).min(0)
        several = np.flatnonzero(counts > 1)
        if len(several):
            pairs = np.minimum.reduceat(weighed[: grams.edges], grams.pairs[several])
            lowest[1, several] = np.minimum(lowest[1, several], pairs)
        loud = lowest < -_LOUD * _PACK
        names = {number: self.names[number] for number in np.bincount(lowest[loud] % _PACK).nonzero()[0].tolist()}
        return [
            [names[number] for number, is_loud in zip(own, heard, strict=True) if is_loud]
            for own, heard in zip((lowest % _PACK).T.tolist(), loud.T.tolist(), strict=True)
        ]


def _places(hashes: U64) -> U64:
    """Open addressing: each hash at its place or one of the next, which all look-ups then try.

    How many places are tried at most; then for each place a hash, and for each the number of its gram, or -1 for none.
    """
    bits = max(4, (2 * len(hashes)).bit_length())
    keys = np.zeros((1 << bits) + _SPARE, np.uint64)
    values = np.full(len(keys), -1, np.int64)
    tries = 0
    left = np.arange(len(hashes))
    place = (hashes >> np.uint64(64 - bits)).astype(np.int64)
    while len(left):
        free = np.flatnonzero(values[place[left] + tries] < 0)
        slots, firsts = np.unique(place[left[free]] + tries, return_index=True)
        settled = left[free[firsts]]
        keys[slots], values[slots] = hashes[settled], settled
        left = left[values[place[left] + tries] != left]
        tries += 1
    table = np.empty(1 + 2 * len(keys), np.uint64)
    table[0], table[1 : len(keys) + 1], table[len(keys) + 1 :] = tries, keys, values.view(np.uint64)
    return table
