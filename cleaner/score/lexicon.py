"""Weights of words and of pairs of words: the first sum of a block, from the token table's hashes.

A gram is a word, two words in a row, or a word at the start (``^ share``) or the end (``share $``) of a block. Words
that begin with a digit count as one word a length (``0``, ``00``, …). The hashes of all grams lie in one table with
open addressing, so a batch is looked up by a few gathers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from cleaner.score.rows import running
from cleaner.tokens import I64, U64, TokenTable, mix

#: Digits of a number that are told apart.
MOST_DIGITS = 5
_PAIR, _EDGE, _NUMBER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
START, END = "^", "$"
#: More than there are grams.
_PACK = 1 << 24
#: A gram is named as telling from this weight on, in thousandths.
_LOUD = 300


class Grams:
    """The grams of a batch: a hash each and the view it stands in; words, pairs, starts and ends, one after another."""

    def __init__(self, table: TokenTable) -> None:
        words = _told_apart(table)
        views = table.view_of
        inside = np.flatnonzero(views[:-1] == views[1:])
        filled = np.flatnonzero(table.counts)
        first, last = table.first[:-1][filled], table.first[1:][filled] - 1
        #: the word of the batch at which each gram begins
        self.at = np.concatenate((np.arange(len(words)), inside, first, last))
        self.hashes: U64 = np.concatenate(
            (words, pair(words[inside], words[inside + 1]), edge(words[first], 1), edge(words[last], 2))
        )
        self.views: I64 = np.concatenate((views, views[inside], filled, filled))


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


class Lexicon:
    """Grams and their weights in thousandths, above 0 where they speak for content."""

    def __init__(self, weights: Mapping[str, int], bias: int = 0) -> None:
        self.weights, self.bias = weights, bias
        self._names = list(weights)
        self._fill(hashes_of(self._names))

    def _fill(self, hashes: U64) -> None:
        """Open addressing: each hash at its place or one of the next, which all look-ups then try."""
        bits = max(4, (4 * len(hashes)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._keys = np.zeros((1 << bits) + 64, np.uint64)
        self._values = np.full(len(self._keys), -1, np.int32)
        self._tries = 0
        left = np.arange(len(hashes), dtype=np.int32)
        place = (hashes >> self._shift).astype(np.int64)
        while len(left):
            free = np.flatnonzero(self._values[place[left] + self._tries] < 0)
            slots, firsts = np.unique(place[left[free]] + self._tries, return_index=True)
            settled = left[free[firsts]]
            self._keys[slots], self._values[slots] = hashes[settled], settled
            left = np.setdiff1d(left, settled)
            self._tries += 1
        self._weights = np.asarray([*self.weights.values(), 0], np.int64)

    def find(self, hashes: U64) -> I64:
        """The number of each gram by its hash, -1 where there is no weight for it."""
        place = (hashes >> self._shift).astype(np.int64)
        result = np.where(self._keys[place] == hashes, self._values[place], np.int32(-1)).astype(np.int64)
        # most grams without a weight meet an empty place at once
        left = np.flatnonzero((result < 0) & (self._values[place] >= 0))
        for ahead in range(1, self._tries):
            there = place[left] + ahead
            hit = self._keys[there] == hashes[left]
            result[left[hit]] = self._values[there[hit]]
            left = left[~hit & (self._values[there] >= 0)]
        return result

    def score(self, table: TokenTable, grams: Grams) -> tuple[I64, I64]:
        """A sum a view in thousandths, and how many of its words are known, in thousandths.

        The sum of the weights is divided by the root of the number of grams, so that long blocks do not run away.
        """
        found = self.find(grams.hashes)
        views, counts = grams.views, table.counts
        grams_a_view = np.bincount(views, minlength=len(counts))
        total = np.bincount(views, self._weights[found], len(counts))  # exact: whole numbers far below 2**53
        score = np.rint(total / np.sqrt(np.maximum(grams_a_view, 1))).astype(np.int64) + self.bias
        words = len(table.words)
        known = running((found[:words] >= 0).astype(np.int64))
        share = (known[table.first[1:]] - known[table.first[:-1]]) * 1000 // np.maximum(counts, 1)
        return np.where(counts > 0, score, 0), share

    def loudest(self, table: TokenTable, grams: Grams, views: I64) -> list[list[str]]:
        """For each view the word and the other gram with the lowest weight, where that is low enough to be telling."""
        order = np.cumsum(np.isin(np.arange(len(table.counts)), views)) - 1
        wanted = np.zeros(len(table.counts), bool)
        wanted[views] = True
        lowest = np.zeros((2, int(order[-1]) + 1 if len(order) else 0), np.int64)
        words = len(table.words)
        for kind, part in enumerate((slice(0, words), slice(words, None))):
            own = grams.views[part]
            some = np.flatnonzero(wanted[own])
            found = self.find(grams.hashes[part][some])
            # the least of these has the least weight, and names its gram
            packed = np.where(found < 0, 0, self._weights[found] * _PACK + found)
            np.minimum.at(lowest[kind], order[own[some]], packed)
        return [
            [self._names[own % _PACK] for own in pair if own < -_LOUD * _PACK]
            for pair in lowest[:, order[views]].T.tolist()
        ]
