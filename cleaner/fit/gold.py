"""Which blocks of a page are content: its words aligned with those of the content as a person marked it.

Of pages with snippets only, the blocks count that hold one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cleaner.batch import Page
from cleaner.evaluation import Gold
from cleaner.model import Block
from cleaner.score.rows import F64, Flags
from cleaner.tokens import I64

WORD = re.compile(r"\w+")
#: A block is content if at least this share of its words is.
_CONTENT = 0.5
#: A page's errors count as shares of its content, of at least so many words; its boilerplate at most three times it.
_LEAST_WORDS, _MOST_BOILERPLATE = 50, 3.0
#: What a block with a snippet counts.
_SNIPPET = 0.6


def judged(page: Page, gold: Gold) -> tuple[Flags, F64]:
    """For each block whether it is content, and what it counts in a fit; 0 where nobody knows."""
    if gold.content is None:
        return _by_snippets(page, gold)
    counts, matched = matched_words(page.document.text, page.blocks, gold.content)
    share = counts / max(_LEAST_WORDS, len(gold.content.split()))
    return labels(counts, matched), share * min(1.0, _MOST_BOILERPLATE / max(share.sum(), 1e-9))


def _by_snippets(page: Page, gold: Gold) -> tuple[Flags, F64]:
    label, weight = np.zeros(len(page.blocks), bool), np.zeros(len(page.blocks))
    own = [" ".join(page.document.text[block.start : block.stop].split()) for block in page.blocks]
    for snippets, content in ((gold.wanted, True), (gold.unwanted, False)):
        for snippet in snippets:
            holds = np.asarray([" ".join(snippet.split()) in text for text in own], bool)
            label[holds], weight[holds] = content, _SNIPPET
    return label, weight


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


def labels(counts: I64, matched: I64) -> Flags:
    """True for each block that is content."""
    result: Flags = (counts > 0) & (matched >= _CONTENT * counts)
    return result
