"""The bar a page sets: where cutting below it promises the best F1.

With calibrated chances, the words kept that give the best expected F1 are those whose chance of being content is above
half of that F1: a page that can be told well is cut at one half, one that cannot be told well keeps more.
A page that is mostly content keeps more, too, for there is little to win and somebody's text to lose.

Source: Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure" (2014).
"""

from __future__ import annotations

import numpy as np

from cleaner.score.context import LIMIT, likely
from cleaner.score.rows import Rows, running
from cleaner.tokens import I64

#: No page's bar is under the score of this chance, in thousandths.
_LEAST = 250
#: Shares of content, in thousandths, between which the bar falls, and by how much at the upper.
_MIXED, _CLEAN, _SPARED = 700, 950, 500
#: The score, in thousandths, at which content is at least as likely as so many thousandths.
_SCORES = np.searchsorted(likely(np.arange(-LIMIT, LIMIT)), np.arange(1001)) - LIMIT


def bars(rows: Rows, score: I64, words: I64) -> I64:
    """The bar of each row's page, in thousandths of the score. ``words``: what each row counts."""
    chance = likely(score)
    expected = chance * words
    order = np.lexsort((-chance, rows.page))  # a page stays in its place, its likeliest rows come first
    hits, kept = running(expected[order]), running(1000 * words[order])
    content = rows.whole(running(expected))
    f1 = 2 * rows.through(hits) / np.maximum(rows.through(kept) + content, 1)
    half = np.rint(500 * rows.most(f1)).astype(np.int64)
    bar: I64 = _SCORES[np.maximum(half, _LEAST)]
    return bar - spared(content // np.maximum(rows.whole(running(words)), 1))


def spared(share: I64) -> I64:
    """How much lower the bar of a page is of which such a share looks like content; both in thousandths."""
    result: I64 = _SPARED * np.clip(share - _MIXED, 0, _CLEAN - _MIXED) // (_CLEAN - _MIXED)
    return result
