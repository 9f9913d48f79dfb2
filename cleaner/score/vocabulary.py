"""The words of a batch, counted page by page: which are the page's function words, and where a word stands again."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from cleaner.score.rows import Flags, Rows, running
from cleaner.tokens import I64, TokenTable

#: Short words that make at least this share of a document's words are its function words.
_SHORT, _FREQUENT, _LEAST = 5, 0.004, 3
#: Counters of words a document, a power of two; words that share one count together.
_COUNTER_BITS = 14
#: Pages that are counted together: few, so that their counters stay near the processor.
_TOGETHER = 8


class Vocabulary:
    """``counter``: for each word of the batch the number of the counter in which it is counted, with the same word only
    on its page. ``counts``: how often the word stands on its page. ``function``: true where it is one of the page's own
    most frequent short words, so that no language need be known.
    """

    def __init__(self, rows: Rows, table: TokenTable) -> None:
        self.rows, self.table = rows, table
        page = rows.page[table.view_of]
        pages = int(rows.page[-1]) + 1 if rows.count else 0
        own = (table.words >> np.uint64(64 - _COUNTER_BITS)).astype(np.int64)
        self.counter: I64 = (page << _COUNTER_BITS) + own
        self.counters = pages << _COUNTER_BITS
        self.counts = _counted(self.counter)
        least = np.maximum(_LEAST, _FREQUENT * np.bincount(page, minlength=pages))[page]
        self.function: Flags = (table.lengths <= _SHORT) & (self.counts >= least)

    @cached_property
    def functions(self) -> I64:
        """How many function words each view has."""
        return self.a_view(self.function)

    def a_view(self, values: I64 | Flags) -> I64:
        """The sum over the words of each view."""
        sums = running(values.astype(np.int64))
        result: I64 = sums[self.table.first[1:]] - sums[self.table.first[:-1]]
        return result

    def elsewhere(self, values: I64, words: I64) -> tuple[I64, I64]:
        """For each of ``words`` the mean of ``values``, one a view, of its other places on its page; and of the page.

        The page's mean counts as one place more, so that one place does not say all. Whole numbers, rounded down.
        ``words``: numbers of words, all of a counter or none.
        """
        views, counter, counts = self.table.view_of[words], self.counter[words], self.table.counts
        own = values[views]
        sums = self.rows.whole(running(values * counts))
        mean = (sums // np.maximum(self.rows.whole(running(counts)), 1))[views]
        return (_counted(counter, own) - own + mean) // self.counts[words], mean


def _counted(counter: I64, values: I64 | None = None) -> I64:
    """For each word the sum of ``values`` over all words of its counter, or their number.

    ``counter``: page after page.
    """
    result = np.empty(len(counter), np.int64)
    at = 0
    while at < len(counter):
        first = counter[at] >> _COUNTER_BITS
        end = at + int(counter[at:].searchsorted((first + _TOGETHER) << _COUNTER_BITS))
        own = counter[at:end] - (first << _COUNTER_BITS)
        # exact: whole numbers far below 2**53
        result[at:end] = np.bincount(own, None if values is None else values[at:end])[own]
        at = end
    return result
