"""Text → blocks that tile it, per media type.

``text`` (:mod:`.plain`) is what extractors and people write: a paragraph a line, or hard-wrapped paragraphs
between blank lines. ``markdown`` (:mod:`.markdown`) takes its structure from markdown-it-py. Both share the
guesses by shape (:mod:`.shape`) and the seams within a line (:mod:`.seams`).
"""

from __future__ import annotations

from itertools import pairwise

from cleaner.blocks.plain import plain_blocks
from cleaner.blocks.shape import Layout, front_matter_end, wrap_width
from cleaner.model import Block, Media
from cleaner.text import lines

__all__ = ["layout", "split"]


def split(text: str, media: Media = "text") -> list[Block]:
    """The blocks of a text, in order; they tile it. White space alone is one block, empty text none."""
    front = front_matter_end(text)
    if text.startswith("\ufeff"):
        text = " " + text[1:]  # a byte order mark hides the mark of a first heading, list or fence
    if media == "markdown":
        from cleaner.blocks.markdown import markdown_blocks  # plain text needs no parser

        blocks = markdown_blocks(text, front)
    else:
        blocks = plain_blocks(text, front)
    if front:
        stop = len(text[:front].rstrip())
        blocks.insert(0, Block(0, stop, stop, "front_matter"))
    if not blocks and text:
        return [Block(0, 0, len(text), "break")]
    _tile(text, blocks)
    return blocks


def layout(text: str) -> Layout:
    """Whether the lines of a plain text are paragraphs or hard-wrapped pieces of them."""
    return "wrapped" if wrap_width([text[a:b].rstrip() for a, b in lines(text)]) else "lines"


def _tile(text: str, blocks: list[Block]) -> None:
    """Lets each block reach to the next, and the first and last to the ends of the text."""
    for block, after in pairwise(blocks):
        block.end = after.start
    if blocks:
        blocks[0].start, blocks[-1].end = 0, len(text)
