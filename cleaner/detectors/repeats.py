"""Copies within one document: doubled headings and diagrams, repeated paragraphs, pull quotes.

The first copy stays. Equality is of words (of the very text for code and diagrams); near copies and pull
quotes are decided by the five-word shingles they share, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cleaner.batch import PAGE_STEP, Batch, Page
from cleaner.model import OPAQUE, Finding
from cleaner.text import is_terminated
from cleaner.tokens import I64, SHINGLE, U64

#: Jaccard index of the shingle sets from which two blocks are near copies.
NEAR = 0.8
#: Share of a block's shingles that stand in one longer block, from which it is a pull quote.
CONTAINED = 0.9
#: A passage is so many blocks that stand again in the same order, with so many words. On labelled pages 95 % of
#: what that cuts is not wanted twice; of single paragraphs that stand again, only 79 %: they are stock phrases,
#: quotations and the descriptions of a reference.
_PASSAGE_BLOCKS, _PASSAGE_WORDS = 4, 200
#: In a text of under so many words a sentence of so many that stands again is a slip.
_SHORT, _APART_WORDS = 400, 12
#: Pull quotes stand this many blocks from what they quote at most, near copies right after the first, in a short
#: text so many blocks after it; further off they are variations, and wanted.
_NEARBY = 3
#: A pull quote is a sentence or two.
_QUOTE_WORDS, _MOST_QUOTE_WORDS = 8, 45
#: A short line doubled in place counts only this near to a paragraph of this many words: verse repeats lines.
_PROSE_NEAR, _PROSE_WORDS = 4, 20

#: Shingles are counted in so many times as many slots, up to twice that, those of so many pages together: the slots
#: stay near the processor.
_SLOTS, _TOGETHER = 4, 8

_NUMBER = re.compile(r"\d+")
#: What stands in lines of code, commands and their output, which recur in documentation with slight variations.
_CODE = re.compile(
    r"""
      ^(?:>>>|\.\.\.|[$%>]\s|[A-Z]:\\|\w+[@:~$\#]+[ ])      # a prompt
    | [\w)\]]\(\w*[)=,] | \w[ ]=[ ]\S | [=!<>]= | :: | ;$   # a call, an assignment, a comparison
    | [{}\\] | </?\w+> | --\w | \w_\w | \w/\w+/\w           # braces, tags, options, names, paths
    """,
    re.VERBOSE,
)

_PROSE = frozenset({"paragraph", "quote"})


class Repeats:
    """Findings in the category ``duplicate``."""

    RULES: ClassVar = {
        "duplicate/exact": "copy of an earlier block",
        "duplicate/passage": "passage that stands earlier in the same words",
        "duplicate/near": "near copy of an earlier block",
        "duplicate/pull-quote": "pull quote from a longer block",
    }

    def __init__(self, chosen: Set[str] = RULES.keys()) -> None:
        self.chosen = chosen

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        table = batch.tokens
        hashes, counts = table.blocks.tolist(), table.counts.tolist()
        result = []
        for page, may_repeat in zip(batch.pages, _may_repeat(batch), strict=True):
            span = slice(page.first, page.first + len(page.blocks))
            found_here = _exact(page, hashes[span], counts[span]) if may_repeat else ()
            result.append([finding for finding in found_here if finding.rule in self.chosen])
        for page_number, finding in _near(batch):
            if finding.rule in self.chosen and all(finding.block != other.block for other in result[page_number]):
                result[page_number].append(finding)
        for findings in result:
            findings.sort(key=lambda finding: finding.block)
        return result


def _may_repeat(batch: Batch) -> list[bool]:
    """For each page whether a block may be the same as one before: half of all pages need no look at every block."""
    first, _ = batch.alike
    copies = np.flatnonzero((first < np.arange(len(first))) & (batch.tokens.counts > 0))
    some = np.bincount(batch.page_of[copies], minlength=len(batch.pages)) > 0
    return [own or page.views.count("") > 1 for own, page in zip(some.tolist(), batch.pages, strict=True)]


def _exact(page: Page, hashes: Sequence[int], counts: Sequence[int]) -> Iterator[Finding]:
    first_of: dict[object, int] = {}
    copies: dict[int, int] = {}  # block → the first block that is the same
    text = page.document.text
    for number, block in enumerate(page.blocks):
        if block.kind in ("break", "front_matter"):
            continue
        opaque = block.kind in OPAQUE
        key: object = text[block.start : block.stop].strip() if opaque else hashes[number]
        if key and (first := first_of.setdefault(key, number)) < number:
            copies[number] = first
    passages = _passages(copies, counts)
    is_short = sum(counts) < _SHORT
    for number, first in copies.items():
        if number in passages:
            yield _finding(page, number, first, "duplicate/passage", "")
        elif _is_doubled(page, first, number, counts) or _is_copy_apart(page, number, counts, is_short):
            yield _finding(page, number, first, "duplicate/exact", "")


def _passages(copies: Mapping[int, int], counts: Sequence[int]) -> set[int]:
    """The copies that stand in a passage of copies, with a paragraph in it: verse has its refrains."""
    found: set[int] = set()
    for number, first in copies.items():
        if number in found or copies.get(number - 1) == first - 1:
            continue
        end = number + 1
        while copies.get(end) == first + end - number:
            end += 1
        own = counts[number:end]
        if len(own) >= _PASSAGE_BLOCKS and sum(own) >= _PASSAGE_WORDS and max(own) >= _PROSE_WORDS:
            found.update(range(number, end))
    return found


def _is_doubled(page: Page, first: int, number: int, counts: Sequence[int]) -> bool:
    """Right after its first copy, and not a line of verse or of a list."""
    if first != number - 1 or page.blocks[number].kind == "list_item":
        return False
    if page.blocks[number].kind in OPAQUE:
        return True
    if _CODE.search(page.views[number]):
        return False
    if counts[number] >= _PROSE_WORDS:
        return True
    near = range(max(0, first - _PROSE_NEAR), min(len(counts), number + _PROSE_NEAR + 1))
    return any(counts[other] >= _PROSE_WORDS for other in near)


def _is_copy_apart(page: Page, number: int, counts: Sequence[int], is_short: bool) -> bool:
    """A diagram, or in a short text a whole sentence, that stands anywhere before."""
    kind = page.blocks[number].kind
    is_sentence = kind in _PROSE and counts[number] >= _APART_WORDS and is_terminated(page.views[number])
    return kind == "diagram" or (is_short and is_sentence)


def _near(batch: Batch) -> Iterator[tuple[int, Finding]]:
    """Near copies and pull quotes, from the shingles that stand in more than one block of a document."""
    hashes, views = batch.tokens.shingles
    if not len(hashes):
        return
    page_of = batch.page_of
    shared = _shared(hashes, views, page_of)
    totals = np.bincount(views, minlength=len(page_of))
    common = np.bincount(views[shared], minlength=len(page_of))
    suspects = np.flatnonzero((totals >= _QUOTE_WORDS - SHINGLE + 1) & (common >= NEAR * totals))
    if not len(suspects):
        return
    starts = np.searchsorted(views, np.arange(len(page_of) + 1))
    standing_twice = common.tolist()

    @cache
    def shingles(view: int) -> frozenset[int]:
        return frozenset(hashes[starts[view] : starts[view + 1]].tolist())

    for view in suspects.tolist():
        number = int(page_of[view])
        page = batch.pages[number]
        block = view - page.first
        if page.blocks[block].kind not in _PROSE:
            continue
        own = shingles(view)
        least = NEAR * len(own)
        around = range(max(0, block - _NEARBY), min(len(page.blocks), block + _NEARBY + 1))
        others = [other for other in around if other != block and standing_twice[page.first + other] >= least]
        if not others or _CODE.search(page.views[block]):
            continue
        reach = _NEARBY if batch.tokens.words_of(page.first, len(page.blocks)) < _SHORT else 1
        for other in others:
            if page.blocks[other].kind not in _PROSE:
                continue
            if finding := _compare(page, block, other, own, shingles(page.first + other), reach):
                yield number, finding
                break


def _shared(hashes: U64, views: I64, page_of: I64) -> NDArray[np.bool_]:
    """For each shingle, whether another block of its document has it too, a collision of hashes aside."""
    page = page_of[views]
    keys = hashes + page.astype(np.uint64) * np.uint64(PAGE_STEP)
    borders = page.searchsorted(np.arange(0, int(page[-1]) + _TOGETHER + 1, _TOGETHER)).tolist()
    again = np.concatenate([_again(keys[first:end]) + first for first, end in pairwise(borders)])
    order = again[np.argsort(keys[again])]
    ordered, holders = keys[order], views[order]
    shared = np.zeros(len(hashes), dtype=bool)
    if len(order):
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
        several = np.minimum.reduceat(holders, starts) != np.maximum.reduceat(holders, starts)
        shared[order] = np.repeat(several, np.diff(starts, append=len(order)))
    return shared


def _again(keys: U64) -> I64:
    """The places of keys that may not stand once: counted by a few of their bits, which leaves few to sort."""
    count = 1 << (_SLOTS * len(keys)).bit_length()
    slots = (keys & np.uint64(count - 1)).view(np.int64)
    return np.flatnonzero((np.bincount(slots, minlength=count) > 1)[slots])


def _compare(
    page: Page, block: int, other: int, own: frozenset[int], others: frozenset[int], reach: int
) -> Finding | None:
    both = len(own & others)
    jaccard = both / len(own | others)
    is_near = jaccard >= NEAR and len(own) >= _APART_WORDS - SHINGLE + 1
    if is_near and 0 < block - other <= reach and _numbers(page, block) == _numbers(page, other):
        return _finding(page, block, other, "duplicate/near", f", Jaccard {jaccard:.2f}")
    is_quote = len(own) <= _MOST_QUOTE_WORDS - SHINGLE + 1 and len(others) > 1.3 * len(own)
    if is_quote and both >= CONTAINED * len(own):
        return _finding(page, block, other, "duplicate/pull-quote", f", {both / len(own):.0%} of it")
    return None


def _numbers(page: Page, block: int) -> list[str]:
    """The numbers in a block: entries of a series differ in little else."""
    return _NUMBER.findall(page.views[block])


def _finding(page: Page, block: int, first: int, rule: str, note: str) -> Finding:
    evidence = f"{'stands in' if rule.endswith('quote') else 'same as'} line {page.blocks[first].line}{note}"
    return Finding(block, rule, "duplicate", Repeats.RULES[rule], 0.0, True, evidence, copy_of=first)
