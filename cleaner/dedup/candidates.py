"""Band keys of many members → pairs of members that share one, by sorting; no table of buckets is held."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.tokens import I64, U64

#: Members of a bucket with which all others of it are paired. A bucket of so many is paired completely; in a larger
#: one the number of pairs stays linear. Buckets beyond come from text that many members share: then the first
#: ones stand for it.
PIVOTS = 32


def pairs(keys: U64, members: I64) -> Iterator[I64]:
    """Rows ``(smaller, larger)`` of members that share a key, some of them more than once.

    ``keys`` and ``members`` run in parallel. In each bucket every member is paired with the ``PIVOTS`` smallest
    ones, so which rows there are does not depend on the order of the input, nor on how buckets were spread over
    calls. They come a pivot at a time, no more rows each than there are keys, so that they need not be held.
    """
    order = np.lexsort((members, keys))
    keys, members = keys[order], members[order]
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1])))
    sizes = np.diff(starts, append=len(keys))
    place = np.arange(len(keys)) - np.repeat(starts, sizes)  # of each member in its bucket
    for pivot in range(min(PIVOTS, int(sizes.max(initial=0)) - 1)):
        later = np.flatnonzero(place > pivot)
        yield np.column_stack((members[later - place[later] + pivot], members[later]))


def distinct(rows: I64) -> I64:
    """The rows of two columns in ascending order, each once, without those of equal columns."""
    rows = rows[rows[:, 0] != rows[:, 1]]
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    is_new = np.ones(len(rows), bool)
    is_new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return rows[is_new]
