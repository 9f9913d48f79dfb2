"""What a score says of the company a block keeps: beside it, in windows, before and after, in its section and page."""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import NDArray

from cleaner.score.rows import F64, Flags, Rows, running
from cleaner.tokens import I64

#: Scores, in thousandths, are looked at up to this.
LIMIT = 6000
#: Windows of so many rows to each side.
_WINDOWS = (1, 3, 7, 15, 30)
#: A row weighs as much as its words, up to so many.
_MOST_WORDS = 80
#: A strong row has so many words and a score above this.
_STRONG, _STRONG_WORDS = 800, 8

_STEP = 50
#: The logistic function in thousandths, a value a step from -LIMIT to LIMIT: a table is the same on every machine.
_LOGISTIC = np.asarray([round(1000 / (1 + exp(-at / 1000))) for at in range(-LIMIT, LIMIT + _STEP, _STEP)], np.int64)


def likely(score: I64) -> I64:
    """How likely content is, in thousandths, at a score in thousandths."""
    result: I64 = _LOGISTIC[(np.clip(score, -LIMIT, LIMIT) + LIMIT) // _STEP]
    return result


def sources(rows: Rows, words: I64, headings: Flags) -> tuple[I64, I64, I64]:
    """For each row the rows that speak of it: the latest before and the next after it with words, and its heading.

    -1 where there is none. ``words``: words a row. ``headings``: true where a heading stands.
    """
    some = words > 0
    return rows.latest(some), rows.coming(some), rows.latest(some & headings)


def heard(rows: Rows, voices: I64, words: I64, headings: Flags, bias: int) -> I64:
    """The first sum of each row: what its own grams say of it, and those before, after and above it."""
    own, *others = np.concatenate((voices, np.zeros((len(voices), 1), np.int64)), 1)
    total = own[:-1] + bias
    for voice, source in zip(others, sources(rows, words, headings), strict=True):
        total += voice[source]
    return np.where(words > 0, total, 0)


def context(rows: Rows, score: I64, words: I64, headings: Flags) -> dict[str, NDArray[np.floating] | I64]:
    """Columns about a score in thousandths, above 0 where a block looks like content.

    ``words``: words a row. ``headings``: true where a heading stands.
    """
    score = np.clip(score, -LIMIT, LIMIT)
    weight = np.minimum(words, _MOST_WORDS)
    sums, weights = running(score * weight), running(weight)
    columns: dict[str, NDArray[np.floating] | I64] = {"own": score}
    for reach in _WINDOWS:
        columns[f"around {reach}"] = _mean(rows.between(sums, reach, reach), rows.between(weights, reach, reach))
    columns["6 after"] = _mean(rows.between(sums, -1, 6), rows.between(weights, -1, 6))
    columns["all before"] = _mean(rows.before(sums), rows.before(weights))
    columns["all after"] = _mean(rows.after(sums), rows.after(weights))
    page = columns["page"] = _mean(rows.whole(sums), rows.whole(weights))
    columns["over page"] = score - page
    chance = likely(score) * weight
    mass = running(chance)
    columns["content in page"] = rows.whole(mass) // 1000
    columns["share of content"] = _mean(rows.whole(mass), rows.whole(weights))
    columns["content before"] = rows.before(mass) / np.maximum(rows.whole(mass), 1)
    columns["best run"] = rows.run_share(chance - 500 * weight)
    columns["best loose run"] = rows.run_share(chance - 250 * weight)
    columns["until strong"] = rows.until((score > _STRONG) & (words >= _STRONG_WORDS))
    columns["section"] = _section(rows, sums, weights, headings)
    return columns


def _mean(sums: I64, weights: I64) -> F64:
    """The mean of what is there; 1 word at score 0 is added, so that little says little."""
    return sums / (weights + 1)


def _section(rows: Rows, sums: I64, weights: I64, headings: Flags) -> F64:
    """The mean from the latest heading (or the page's start) to the next."""
    starts = headings | (rows.within == 0)
    first = np.maximum.accumulate(np.where(starts, rows.at, 0))
    begins = np.append(np.flatnonzero(starts), rows.count)
    end = begins[np.searchsorted(begins, rows.at, side="right")] if rows.count else rows.at
    return _mean(sums[end] - sums[first], weights[end] - weights[first])
