"""Sets of shingles as one sorted array, and the exact Jaccard index of many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.tokens import I64, U64

F64 = NDArray[np.float64]

#: Elements that are compared at a time, in both sets of a pair together.
_CHUNK = 1 << 18


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
        known, ranks = np.unique(hashes, return_inverse=True)
        keys = np.unique(owners * max(1, len(known)) + ranks)
        owner, rank = np.divmod(keys, max(1, len(known)))
        return cls(known[rank], np.searchsorted(owner, np.arange(count + 1)).astype(np.int64))

    @property
    def sizes(self) -> I64:
        """Elements a set."""
        return np.diff(self.first)


def jaccard(sets: Sets, pairs: I64) -> F64:
    """The exact Jaccard index of each pair (rows of two numbers of sets); of two empty sets it is 0."""
    sizes = sets.sizes[pairs]
    both = np.zeros(len(pairs), np.int64)
    known, ranks = np.unique(sets.values, return_inverse=True)
    ends = np.cumsum(sizes.sum(axis=1))
    at = 0
    while at < len(pairs):
        done = ends[at - 1] if at else 0
        end = max(at + 1, int(np.searchsorted(ends, done + _CHUNK, "right")))
        both[at:end] = _common(ranks, sets.first, pairs[at:end], len(known))
        at = end
    either = sizes.sum(axis=1) - both
    result: F64 = np.divide(both, either, out=np.zeros(len(pairs)), where=either > 0)
    return result


def _common(ranks: I64, first: I64, pairs: I64, known: int) -> I64:
    """Elements that both sets of each pair have.

    With the number of the pair in front, the elements of all left sets are one ascending array, and so are those
    of the right ones: a search in sorted order finds what is in both.
    """
    left, _ = _numbered(ranks, first, pairs[:, 0], known)
    right, owner = _numbered(ranks, first, pairs[:, 1], known)
    if not len(left):
        return np.zeros(len(pairs), np.int64)
    place = np.minimum(np.searchsorted(left, right), len(left) - 1)
    return np.bincount(owner[left[place] == right], minlength=len(pairs))


def _numbered(ranks: I64, first: I64, members: I64, known: int) -> tuple[I64, I64]:
    """For each element of the members' sets, in order: its rank with the member's place in front, and that place."""
    sizes = first[members + 1] - first[members]
    owner = np.repeat(np.arange(len(members)), sizes)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return owner * known + ranks[first[members][owner] + within], owner
