"""Sets of shingles as one sorted array, and the exact Jaccard index of many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.tokens import I64, U64

F64 = NDArray[np.float64]

#: Elements that are compared at a time, in both sets of a pair together.
_CHUNK = 1 << 16
#: What rows are filled up with; it sorts last.
_FILL = np.uint64((1 << 64) - 1)


@dataclass(frozen=True)
class Sets:
    """Set ``s`` is ``values[first[s]:first[s + 1]]``, ascending, each element once."""

    values: U64
    first: I64

    @classmethod
    def of(cls, sets: Sequence[U64]) -> Sets:
        """Sets from arrays that are ascending and without doubles each."""
        values = np.concatenate(sets) if sets else np.empty(0, np.uint64)
        return cls(values, np.cumsum([0, *map(len, sets)], dtype=np.int64))

    @classmethod
    def gathered(cls, hashes: U64, owners: I64, count: int) -> Sets:
        """The sets of ``count`` owners, from hashes in any order, doubles too, and the owner of each."""
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(count + 1)).tolist()
        hashes = hashes[order]
        return cls.of([np.unique(hashes[start:end]) for start, end in pairwise(starts)])

    @property
    def sizes(self) -> I64:
        """Elements a set."""
        return np.diff(self.first)

    def holds_last(self, numbers: I64, value: np.uint64) -> NDArray[np.bool_]:
        """True for those of these sets whose greatest element is the value."""
        ends = self.first[numbers + 1]
        is_filled = ends > self.first[numbers]
        return is_filled & (self.values[np.where(is_filled, ends - 1, 0)] == value) if len(self.values) else is_filled


def jaccard(sets: Sets, pairs: I64) -> F64:
    """The exact Jaccard index of each pair (rows of two numbers of sets); of two empty sets it is 0."""
    sizes = sets.sizes[pairs]
    totals = sizes.sum(axis=1)
    both = np.zeros(len(pairs), np.int64)
    order = np.argsort(totals, kind="stable")  # pairs of like size together, so that little is filled up
    at = 0
    while at < len(order):
        # the widest of so many pairs is the last of them; two steps come close enough
        end = at + max(1, _CHUNK // max(1, int(totals[order[at]])))
        end = at + max(1, _CHUNK // max(1, int(totals[order[min(end, len(order)) - 1]])))
        own = order[at:end]
        both[own] = _common(sets, pairs[own], sizes[own])
        at = end
    either = totals - both
    result: F64 = np.divide(both, either, out=np.zeros(len(pairs)), where=either > 0)
    return result


def _common(sets: Sets, pairs: I64, sizes: I64) -> I64:
    """Elements that both sets of each pair have: those that stand twice in a row of both sets' elements, sorted.

    Sorting the rows of a matrix of plain numbers is several times as fast as anything that keeps track of places.
    """
    totals = sizes.sum(axis=1)
    rows = np.full((len(pairs), int(totals.max(initial=0)) + 1), _FILL, np.uint64)
    column = np.arange(rows.shape[1])
    for side, start in ((0, np.zeros(len(pairs), np.int64)), (1, sizes[:, 0])):
        is_own = (column >= start[:, None]) & (column < (start + sizes[:, side])[:, None])
        place, at = np.nonzero(is_own)
        rows[is_own] = sets.values[(sets.first[pairs[:, side]] - start)[place] + at]
    has_fill = [sets.holds_last(pairs[:, side], _FILL) for side in (0, 1)]
    rows.sort(axis=1)
    twice = np.count_nonzero(rows[:, 1:] == rows[:, :-1], axis=1)
    # what a row is filled up with stands at its end, and beside an element that happens to be the same
    result: I64 = twice - (rows.shape[1] - totals - 1) - (has_fill[0] | has_fill[1])
    return result
