"""A table of contents without a label: short lines that stand again below, each over text of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

import numpy as np

from cleaner.batch import Batch, Page
from cleaner.model import Finding
from cleaner.text import sentence
from cleaner.tokens import I64

WEIGHT = 5.0
#: So many entries at least, of so many words at most; between two one other line may stand.
_LEAST, _WORDS, _BETWEEN = 4, 20, 1
#: The least number of entries stands in so many blocks, or it is not looked for.
_SPAN = (_BETWEEN + 1) * _LEAST
#: Text is a sentence or more of so many words; under a heading it begins within so many blocks.
_SENTENCE, _BELOW = 12, 3
#: Between this share of two headings that follow each other text stands.
_SHARE = 0.7
#: So many copies of a line are looked at.
_COPIES = 8
#: A table of contents begins in this share of a page.
_BEGINS = 0.5


class Contents:
    """Findings in the category ``navigation``."""

    RULES: ClassVar = {"navigation/contents": "table of contents, whose lines stand again as headings below"}

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        again = _again(batch)
        return [
            list(_contents(page, again[page.first : page.first + len(page.blocks)].tolist())) for page in batch.pages
        ]


def _again(batch: Batch) -> I64:
    """For each view that is a short line the next of the same words on its page, in the page's numbers; else -1."""
    counts = batch.tokens.counts
    result = np.full(len(counts), -1, np.int64)
    rows = np.flatnonzero((counts > 0) & (counts <= _WORDS))
    page_of = np.repeat(np.arange(len(batch.pages)), [len(page.blocks) for page in batch.pages])[rows]
    hashes = batch.tokens.blocks[rows]
    order = np.lexsort((rows, hashes, page_of))
    same = (hashes[order[1:]] == hashes[order[:-1]]) & (page_of[order[1:]] == page_of[order[:-1]])
    first = np.asarray([page.first for page in batch.pages], np.int64)[page_of]
    result[rows[order[:-1][same]]] = (rows - first)[order[1:][same]]
    return result


def _contents(page: Page, again: Sequence[int]) -> Iterator[Finding]:
    places = [place for place, copy in enumerate(again) if copy >= 0]
    if all(last - first > _SPAN for first, last in zip(places, places[_LEAST - 1 :], strict=False)):
        return
    text = [sentence(view, _SENTENCE) > 0 for view in page.views]
    start = 0
    while start < _BEGINS * len(text):
        entries, headings, start = _entries(page.views, again, text, start)
        if _is_contents(entries, headings, text):
            rule = "navigation/contents"
            evidence = f"{len(entries)} lines, the first again in line {page.blocks[headings[0]].line}"
            for block in range(entries[0], entries[-1] + 1):
                if page.views[block]:
                    yield Finding(block, rule, "navigation", Contents.RULES[rule], WEIGHT, evidence=evidence)


def _entries(
    views: Sequence[str], again: Sequence[int], text: Sequence[bool], start: int
) -> tuple[list[int], list[int], int]:
    """The lines from ``start`` on that stand again over text, in the same order; where they do; the next place."""
    entries: list[int] = []
    headings: list[int] = []
    missed, place = 0, start
    while place < len(views) and missed <= _BETWEEN and not text[place]:
        heading = _heading(again, text, place, headings[-1] if headings else place)
        if heading >= 0:
            entries.append(place)
            headings.append(heading)
            missed = 0
        elif views[place]:
            missed += 1
        place += 1
    return entries, headings, entries[-1] + 1 if entries else max(place, start + 1)


def _heading(again: Sequence[int], text: Sequence[bool], place: int, after: int) -> int:
    """Where the line stands over text below ``after``; -1 if it does not among its first copies."""
    for _ in range(_COPIES):
        place = again[place]
        if place < 0 or (place > after and any(text[place + 1 : place + 1 + _BELOW])):
            return place
    return -1


def _is_contents(entries: Sequence[int], headings: Sequence[int], text: Sequence[bool]) -> bool:
    if len(entries) < _LEAST or headings[0] <= entries[-1]:
        return False
    parted = sum(any(text[one:other]) for one, other in pairwise(headings))
    return parted >= _SHARE * (len(headings) - 1)
