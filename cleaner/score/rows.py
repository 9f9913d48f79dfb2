"""The rows of a batch: one a block, page after page, and what is summed over rows without leaving the page.

All sums are of whole numbers. A running sum over the batch then gives the same for a page whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.tokens import I64

F64 = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: Columns by name: a value a row.
Columns = dict[str, NDArray[np.floating] | I64]

#: Distance to a row that is not there.
FAR = 99


class Rows:
    """``low[i]:high[i]`` are the rows of the page in which row ``i`` stands."""

    def __init__(self, blocks: Sequence[int]) -> None:
        """``blocks``: blocks a page."""
        counts = np.asarray(blocks, np.int64)
        starts = np.concatenate(([0], np.cumsum(counts)))
        self.count = int(starts[-1])
        self.page = np.repeat(np.arange(len(counts)), counts)
        self.low, self.high = starts[self.page], starts[self.page + 1]
        self.at = np.arange(self.count)

    @cached_property
    def within(self) -> I64:
        """The place of each row in its page, from 0."""
        return self.at - self.low

    def between(self, sums: I64, back: int, ahead: int) -> I64:
        """What stands from ``back`` rows before to ``ahead`` rows after a row, of the running sum ``sums``."""
        return sums[np.minimum(self.at + ahead + 1, self.high)] - sums[np.maximum(self.at - back, self.low)]

    def count_between(self, back: int, ahead: int) -> I64:
        """How many rows stand from ``back`` rows before to ``ahead`` rows after a row."""
        return np.minimum(self.at + ahead + 1, self.high) - np.maximum(self.at - back, self.low)

    def first_of_page(self, marked: Flags) -> I64:
        """For each row the first marked row of its page; the page's first row where none is."""
        first = np.full(int(self.page[-1]) + 1 if self.count else 0, self.count)
        places = np.flatnonzero(marked)[::-1]
        first[self.page[places]] = places  # the last written is the first in the page
        found = first[self.page]
        return np.where(found < self.count, found, self.low)

    def most(self, values: F64 | I64) -> F64 | I64:
        """The largest value in the page."""
        if not self.count:
            return values
        most = np.maximum.reduceat(values, np.flatnonzero(self.within == 0))
        result: F64 | I64 = np.repeat(most, self._sizes)
        return result

    @cached_property
    def _sizes(self) -> I64:
        """Rows a page, of the pages that have any."""
        sizes = np.bincount(self.page)
        return sizes[sizes > 0]

    def any(self, marked: Flags) -> Flags:
        """Whether a row of the page is marked."""
        return self.whole(running(marked.astype(np.int64))) > 0

    def whole(self, sums: I64) -> I64:
        """What stands in the page."""
        return sums[self.high] - sums[self.low]

    def before(self, sums: I64) -> I64:
        """What stands before the row in its page."""
        return sums[:-1] - sums[self.low]

    def through(self, sums: I64) -> I64:
        """What stands in the page up to the row, the row counted."""
        return sums[1:] - sums[self.low]

    def after(self, sums: I64) -> I64:
        """What stands after the row in its page."""
        return sums[self.high] - sums[1:]

    def since(self, marked: Flags) -> I64:
        """Rows back to the latest marked one, the row itself counted; at most ``FAR``."""
        latest = np.maximum.accumulate(np.where(marked, self.at, -1))
        return np.where(latest >= self.low, np.minimum(self.at - latest, FAR), FAR)

    def until(self, marked: Flags) -> I64:
        """Rows on to the next marked one, the row itself counted; at most ``FAR``."""
        coming = np.minimum.accumulate(np.where(marked, self.at, self.count)[::-1])[::-1]
        return np.where(coming < self.high, np.minimum(coming - self.at, FAR), FAR)

    def latest(self, marked: Flags) -> I64:
        """For each row the latest marked one before it in its page; -1 where none is."""
        if not self.count:
            return self.at
        latest = np.maximum.accumulate(np.where(marked, self.at, -1))
        before = np.concatenate(([-1], latest[:-1]))
        return np.where(before >= self.low, before, -1)

    def coming(self, marked: Flags) -> I64:
        """For each row the next marked one after it in its page; -1 where none is."""
        if not self.count:
            return self.at
        coming = np.minimum.accumulate(np.where(marked, self.at, self.count)[::-1])[::-1]
        after = np.append(coming[1:], self.count)
        return np.where(after < self.high, after, -1)

    def run(self, gains: I64) -> I64:
        """The best sum of a run of rows through each row.

        It is the maximum subarray (Kadane) from both sides at once.
        """
        sums = running(gains)
        step = 2 * int(np.abs(gains).sum()) + 1  # keeps the extremes of a page out of the next
        lowest = np.minimum.accumulate(sums[:-1] - self.page * step) + self.page * step
        highest = np.maximum.accumulate((sums[1:] - self.page * step)[::-1])[::-1] + self.page * step
        return highest - lowest

    def run_share(self, gains: I64) -> F64:
        """The best sum of a run of rows through each row, as a share of the best in its page; 1 inside the best run."""
        through = self.run(gains)
        return through / np.maximum(self.most(through), 1)


def running(values: I64) -> I64:
    """The running sum, 0 first."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return sums
