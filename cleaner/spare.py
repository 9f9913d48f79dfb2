"""Blocks that the learned score alone would take, and that stay for what stands beside them.

The score sees a short line; it does not see what the line is for. These two are as an editor would have it.
"""

from __future__ import annotations

from collections.abc import Set

from cleaner.batch import Page
from cleaner.text import is_terminated

#: A line with so many spaces that ends as a sentence does is prose.
_PROSE_SPACES = 14


def spared(page: Page, gone: Set[int], weak: Set[int]) -> set[int]:
    """Which of the blocks ``weak`` stay; ``gone`` are all that would go.

    A heading stays over prose that stays. An entry of a timeline or glossary, which is a heading and a sentence, stays
    after two such entries that stay.
    """
    stay: set[int] = set()
    left = set(gone)
    for block in sorted(weak):
        if page.blocks[block].kind == "heading" and _is_prose(page, block + 1) and block + 1 not in left:
            stay.add(block)
    left -= stay
    for block in sorted(left):
        before = [_is_entry(page, at) and left.isdisjoint((at, at + 1)) for at in (block - 4, block - 2)]
        if all(before) and _is_entry(page, block):
            entry = weak & {block, block + 1} & left
            stay |= entry
            left -= entry
    return stay


def _is_prose(page: Page, block: int) -> bool:
    if block >= len(page.views):
        return False
    return page.views[block].count(" ") >= _PROSE_SPACES and is_terminated(page.views[block])


def _is_entry(page: Page, block: int) -> bool:
    """True if a guessed heading and a paragraph that ends as a sentence does stand there."""
    if not 0 <= block < len(page.blocks) - 1:
        return False
    kinds = page.blocks[block].kind, page.blocks[block + 1].kind
    return kinds == ("heading", "paragraph") and is_terminated(page.views[block + 1])
