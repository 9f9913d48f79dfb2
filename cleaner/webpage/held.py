"""Which lines of a page another text of it holds: an extractor's, or an annotator's.

Other texts cut lines elsewhere and lose marks, but keep the order. So lines are looked for by their words, in order:
of all places at which short lines could stand, those count that lie in one ascending chain of the most words. A long
line is found wherever it stands, and even if a few of its words are others.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from cleaner.score.rows import Flags, running
from cleaner.tokens import I64, U64
from cleaner.webpage.words import Words

#: Words from which a line is no chance match, wherever it stands.
_LONG = 6
#: Words by which a line is known, and places at which it may stand.
_PROBE, _MOST_PLACES = 50, 40
#: Words a shingle, and the share of a long line's shingles that must be there if the line itself is not.
_SHINGLE, _SHARE = 4, 0.6


def held(lines: Words, words: U64) -> Flags:
    """For each line whether the text of these words holds it. Lines without words: False."""
    result = np.zeros(len(lines.counts), bool)
    if not len(words):
        return result
    distinct, numbers = np.unique(words, return_inverse=True)
    places = np.minimum(distinct.searchsorted(lines.hashes), len(distinct) - 1)
    known = distinct[places] == lines.hashes
    # a character a word, NUL for those that the text has not: strings are searched quickly
    text, own = _spelled(numbers + 1), _spelled(np.where(known, places + 1, 0))
    strange = running(~known)
    candidates: list[tuple[int, int, int]] = []  # line, start, end
    for line, first, end in _some(lines, (strange[lines.ends] == strange[lines.starts]) & (lines.counts > 0)):
        starts = list(islice(_starts(own[first : min(end, first + _PROBE)], text), _MOST_PLACES))
        candidates += [(line, start, start + end - first) for start in starts]
        result[line] = end - first >= _LONG and len(starts) > 0
    shingles: set[str] = set()
    for line, first, end in _some(lines, _may_be_mostly_in(lines, strange) & ~result):
        shingles = shingles or set(_shingles(text))
        ours = _shingles(own[first:end])
        result[line] = sum(map(shingles.__contains__, ours)) >= _SHARE * len(ours)
    result[_chain(candidates)] = True
    return result


def _spelled(numbers: I64) -> str:
    return np.minimum(numbers, sys.maxunicode).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _some(lines: Words, which: Flags) -> Iterator[tuple[int, int, int]]:
    """Some of the lines: the number of each, and where its words begin and end."""
    own = np.flatnonzero(which)
    return zip(own.tolist(), lines.starts[own].tolist(), lines.ends[own].tolist(), strict=True)


def _starts(line: str, text: str) -> Iterator[int]:
    """Where the line stands in the text, in order."""
    start = text.find(line)
    while start >= 0:
        yield start
        start = text.find(line, start + 1)


def _may_be_mostly_in(lines: Words, strange: I64) -> Flags:
    """Long lines of whose shingles enough are of words that the text has; ``strange`` is the running sum of others."""
    result = lines.counts >= _LONG
    full = running(strange[_SHINGLE:] == strange[:-_SHINGLE])
    firsts, ends = lines.starts[result], lines.ends[result] - _SHINGLE + 1
    result[result] = full[ends] - full[firsts] >= _SHARE * (ends - firsts)
    return result


def _shingles(words: str) -> list[str]:
    return [words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1)]


def _chain(candidates: Sequence[tuple[int, int, int]]) -> list[int]:
    """The lines of the chain of most words in which lines and places ascend and none overlap."""
    ends: list[int] = []  # ends of the best chains, ascending with …
    totals: list[int] = []  # … the words they hold
    which: list[int] = []
    before: list[int] = []
    at = 0
    while at < len(candidates):
        line = candidates[at][0]
        group: list[tuple[int, int, int, int]] = []  # end, total, candidate, previous
        while at < len(candidates) and candidates[at][0] == line:
            _, start, end = candidates[at]
            best = bisect_right(ends, start) - 1
            total = end - start + (totals[best] if best >= 0 else 0)
            before.append(which[best] if best >= 0 else -1)
            group.append((end, total, at, 0))
            at += 1
        for end, total, own, _ in group:
            place = bisect_right(ends, end)
            if place and totals[place - 1] >= total:
                continue
            stop = place
            while stop < len(ends) and totals[stop] <= total:
                stop += 1
            if place and ends[place - 1] == end:
                place -= 1
            ends[place:stop], totals[place:stop], which[place:stop] = [end], [total], [own]
    chain: list[int] = []
    own = which[-1] if which else -1
    while own >= 0:
        chain.append(candidates[own][0])
        own = before[own]
    return chain
