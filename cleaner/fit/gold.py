"""Which blocks of a page are content: its words aligned with those of the content as a person marked it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.model import Block
from cleaner.tokens import I64

WORD = re.compile(r"\w+")
#: A block is content if at least this share of its words is.
_CONTENT = 0.5


def matched_words(text: str, blocks: Sequence[Block], gold: str) -> tuple[I64, I64]:
    """Words a block, and how many of them stand in ``gold`` in the same order.

    The alignment is a longest common subsequence of all words, so a label that occurs in a menu and in the content
    counts where it stands in order.
    """
    from rapidfuzz.distance import LCSseq

    own = [WORD.findall(text[block.start : block.stop].lower()) for block in blocks]
    counts = np.asarray([len(words) for words in own], np.int64)
    numbers: dict[str, int] = {}
    page = [numbers.setdefault(word, len(numbers)) for words in own for word in words]
    wanted = [numbers.setdefault(word, len(numbers)) for word in WORD.findall(gold.lower())]
    hits = np.zeros(len(page) + 1, np.int64)
    if page and wanted:
        for step in LCSseq.opcodes(page, wanted):
            if step.tag == "equal":
                hits[step.src_start + 1 : step.src_end + 1] = 1
    sums = np.cumsum(hits)
    ends = np.cumsum(counts)
    return counts, sums[ends] - sums[ends - counts]


def labels(counts: I64, matched: I64) -> NDArray[np.bool_]:
    """True for each block that is content."""
    result: NDArray[np.bool_] = (counts > 0) & (matched >= _CONTENT * counts)
    return result
