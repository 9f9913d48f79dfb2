"""The blocks of what is left of a text once some of them were cut, without looking at all its lines again.

Whether a line of plain text begins a block, and of which kind, depends on the lines right before and after it at most,
unless the text is hard-wrapped. So the blocks stay what they are where what was cut stood apart from them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from cleaner.blocks.shape import front_matter_end, wrap_width
from cleaner.edits import Span
from cleaner.model import Block, Kind
from cleaner.text import rows

#: Kinds that a line has by itself.
_LINES: frozenset[Kind] = frozenset({"heading", "paragraph", "list_item"})


def remaining(
    text: str, blocks: Sequence[Block], gone: Set[int], cuts: Sequence[Span], left: str
) -> list[Block] | None:
    """The blocks of the plain text ``left``, as ``split`` would give them; None if they have to be looked for.

    ``blocks`` are those of ``text``, ``gone`` the numbers of those that ``cuts`` took out of it, each as a whole with
    white space beside it.
    """
    front = front_matter_end(text)
    if "\r" in text or _is_odd(text) or _is_odd(left) or front_matter_end(left) != front:
        return None
    kept: list[Block] = []
    pending = iter([*cuts, (len(text), 0)])
    start, end = next(pending)
    shift = line_ends = 0  # what was cut before the block
    is_wrapped: bool | None = None
    for number, block in enumerate(blocks):
        is_gone, was_gone = number in gone, number - 1 in gone
        if is_gone != was_gone and number and block.line == blocks[number - 1].line:
            return None  # a part of a line went
        if is_gone:
            continue
        while start < block.start:
            shift += end - start
            line_ends += text.count("\n", start, end)
            start, end = next(pending)
        own = Block(block.start - shift, block.stop - shift, len(left), block.kind, block.level, block.line - line_ends)
        if was_gone and not (_begins_line(text, block) and _begins_line(left, own)):
            return None
        if kept:
            if was_gone and not _are_apart(left, kept[-1], own):
                return None
            kept[-1].end = own.start
        kept.append(own)
        if is_wrapped is None and text.find("\n", block.start, block.stop) >= 0 and block.kind != "front_matter":
            is_wrapped = wrap_width(rows(text, front)[1]) > 0
    return None if not kept or is_wrapped or wrap_width(rows(left, front)[1]) else kept


def _is_odd(text: str) -> bool:
    """True if the first block is not at the start of the first line."""
    return text[:1].isspace() or text.startswith("\ufeff")


def _begins_line(text: str, block: Block) -> bool:
    """True if nothing stands before the block in its line, not even white space."""
    return block.start == 0 or text[block.start - 1] == "\n"


def _are_apart(text: str, above: Block, below: Block) -> bool:
    """True if what the one block is does not depend on the other, though they did not follow each other before."""
    return text.count("\n", above.stop, below.start) > 1 or (above.kind in _LINES and below.kind in _LINES)
