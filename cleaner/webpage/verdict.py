"""Which lines of a page another text of it holds: an extractor's, or an annotator's.

Other texts cut lines elsewhere and lose marks, but keep the order. So lines are looked for by their words, in order:
of all places at which short lines could stand, those count that lie in one ascending chain of the most words. A long
line is found wherever it stands, and even if a few of its words are others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import regex

#: Words from which a line is no chance match, wherever it stands.
_LONG = 6
#: Words by which a line is known, places at which it may stand, and those that are tried.
_PROBE, _MOST_PLACES, _MOST_TRIED = 50, 40, 2000
#: Words a shingle, and the share of a long line's shingles that must be there if the line itself is not.
_SHINGLE, _SHARE = 4, 0.6

_LINKED_DATA = "application/ld+json"

_WORD = regex.compile(r"\w+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)  # the same, quicker, for most lines


def words_of(text: str) -> list[str]:
    """The lower-cased words of a text."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text.lower())


@dataclass(frozen=True, slots=True)
class Verdict:
    """For each line whether trafilatura keeps it as the page's text, and whether it takes it for a comment."""

    kept: Sequence[bool]
    comments: Sequence[bool]


def by_trafilatura(tree: Any, lines: Sequence[Sequence[str]]) -> Verdict | None:
    """The verdict on lines, each given as its words; None if trafilatura finds no text, or breaks.

    The tree is used up.
    """
    from trafilatura import bare_extraction

    _lighten(tree)
    try:
        found = bare_extraction(tree, options=_options())
    except Exception:  # whatever a page makes trafilatura raise, its lines are there
        return None
    text, comments = (getattr(found, name, None) or "" for name in ("text", "comments"))
    if not text:
        return None
    return Verdict(held(lines, text), held(lines, comments) if comments else [False] * len(lines))


@cache
def _options() -> Any:
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=True)


def _lighten(tree: Any) -> None:
    """Takes out what trafilatura never reads but copies several times: the head, scripts, styles and drawings.

    Linked data stays, which it looks for text in.
    """
    for head in tree.findall("head"):
        for element in list(head):
            if element.get("type") != _LINKED_DATA:
                head.remove(element)
    for element in list(tree.iter("script", "style", "svg")):
        if element.get("type") != _LINKED_DATA and element.getparent() is not None:
            element.drop_tree()


def held(lines: Sequence[Sequence[str]], text: str) -> list[bool]:
    """For each line, given as its words, whether ``text`` holds it. Lines without words: False."""
    words = words_of(text)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        places[word].append(place)
    shingles = set(_shingles(words))
    candidates: list[tuple[int, int, int]] = []  # line, start, end
    result = [False] * len(lines)
    for number, line in enumerate(lines):
        own = _places(line, words, places)
        candidates += [(number, start, start + len(line)) for start in own]
        if len(line) >= _LONG:
            result[number] = bool(own) or _is_mostly_in(line, shingles)
    for number in _chain(candidates):
        result[number] = True
    return result


def _places(line: Sequence[str], words: Sequence[str], places: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """Where the line's words stand in the text, in order, without others between."""
    if not line or not all(map(places.__contains__, line)):
        return ()
    if len(line) == 1:
        return places[line[0]][:_MOST_PLACES]
    probe = line[:_PROBE]
    counts = [len(places[word]) for word in probe]
    rarest = counts.index(min(counts))
    starts = (place - rarest for place in places[probe[rarest]][:_MOST_TRIED])
    found = (start for start in starts if start >= 0 and words[start : start + len(probe)] == probe)
    return list(islice(found, _MOST_PLACES))


def _is_mostly_in(line: Sequence[str], shingles: Set[tuple[str, ...]]) -> bool:
    own = _shingles(line)
    return sum(map(shingles.__contains__, own)) >= _SHARE * len(own)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


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
