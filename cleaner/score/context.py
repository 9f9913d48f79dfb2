"""What a score says of the company a block keeps: beside it, in windows, before and after, in its section and page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64, Rows, running
from cleaner.tokens import I64

#: Scores, in thousandths, are looked at up to this.
LIMIT = 6000
#: Neighbours looked at one by one, and windows of so many rows to each side.
_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (1, 3, 7, 15, 30)
#: A row weighs as much as its words, up to so many.
_MOST_WORDS = 80
#: What stands for a score beyond the page's ends.
_BEYOND = -LIMIT - 1000
#: A strong row has so many words and a score above this.
_STRONG, _STRONG_WORDS = 800, 8


def context(rows: Rows, score: I64, words: I64, headings: I64) -> dict[str, NDArray[np.floating] | I64]:
    """Columns about a score in thousandths, above 0 where a block looks like content.

    ``words``: words a row. ``headings``: 1 where a heading stands.
    """
    score = np.clip(score, -LIMIT, LIMIT)
    weight = np.minimum(words, _MOST_WORDS)
    sums, weights = running(score * weight), running(weight)
    columns: dict[str, NDArray[np.floating] | I64] = {"own": score}
    for by in _NEIGHBOURS:
        columns[f"at{by:+}"] = rows.shifted(score, by, _BEYOND)
    for reach in _WINDOWS:
        columns[f"around {reach}"] = _mean(rows.between(sums, reach, reach), rows.between(weights, reach, reach))
    columns["3 before"] = _mean(rows.between(sums, 3, -1), rows.between(weights, 3, -1))
    columns["3 after"] = _mean(rows.between(sums, -1, 3), rows.between(weights, -1, 3))
    columns["all before"] = _mean(rows.before(sums), rows.before(weights))
    columns["all after"] = _mean(rows.after(sums), rows.after(weights))
    columns["page"] = _mean(rows.whole(sums), rows.whole(weights))
    likely = _likely(score) * weight
    mass = running(likely)
    columns["content in page"] = rows.whole(mass) // 1000
    columns["content before"] = rows.before(mass) / np.maximum(rows.whole(mass), 1)
    columns["best run"] = rows.run_share(likely - 500 * weight)
    columns["best loose run"] = rows.run_share(likely - 250 * weight)
    strong = (score > _STRONG) & (words >= _STRONG_WORDS)
    columns["since strong"], columns["until strong"] = rows.since(strong), rows.until(strong)
    columns["section"] = _section(rows, sums, weights, headings)
    return columns


def _mean(sums: I64, weights: I64) -> F64:
    """The mean of what is there; 1 word at score 0 is added, so that little says little."""
    return sums / (weights + 1)


def _likely(score: I64) -> I64:
    """About the logistic function, in thousandths, by a fraction that needs no exponential: 500 + 500 x / (|x| + 1)."""
    result: I64 = 500 + 500 * score // (np.abs(score) + 1000)
    return result


def _section(rows: Rows, sums: I64, weights: I64, headings: I64) -> F64:
    """The mean from the latest heading (or the page's start) to the next."""
    starts = headings.astype(bool) | (rows.within == 0)
    first = np.maximum.accumulate(np.where(starts, rows.at, 0))
    begins = np.append(np.flatnonzero(starts), rows.count)
    end = begins[np.searchsorted(begins, rows.at, side="right")] if rows.count else rows.at
    return _mean(sums[end] - sums[first], weights[end] - weights[first])
