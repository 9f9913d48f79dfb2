"""Text → blocks that tile it, per media type.

``text`` (:mod:`.plain`) is what extractors and people write: a paragraph a line, or hard-wrapped paragraphs
between blank lines. ``markdown`` (:mod:`.markdown`) takes its structure from markdown-it-py. Both share the
guesses by shape (:mod:`.shape`) and the seams within a line (:mod:`.seams`).
"""

from __future__ import annotations

from cleaner.blocks.plain import plain_pieces
from cleaner.blocks.shape import Layout, Piece, front_matter_end, wrap_width
from cleaner.model import Block, Media
from cleaner.text import lines

__all__ = ["layout", "split"]


def split(text: str, media: Media = "text") -> list[Block]:
    """The blocks of a text, in order; they tile it. White space alone is one block, empty text none."""
    front = front_matter_end(text)
    if text.startswith("\ufeff"):
        text = " " + text[1:]  # a byte order mark hides the mark of a first heading, list or fence
    if media == "markdown":
        from cleaner.blocks.markdown import markdown_pieces  # plain text needs no parser

        pieces = markdown_pieces(text, front)
    else:
        pieces = plain_pieces(text, front)
    if front:
        pieces.insert(0, Piece(0, len(text[:front].rstrip()), "front_matter", 0, 1))
    return _tile(text, pieces)


def layout(text: str) -> Layout:
    """Whether the lines of a plain text are paragraphs or hard-wrapped pieces of them."""
    return "wrapped" if wrap_width([text[a:b].rstrip() for a, b in lines(text)]) else "lines"


def _tile(text: str, pieces: list[Piece]) -> list[Block]:
    """Blocks from pieces in order: each reaches to the next, the first from the start of the text."""
    if not pieces:
        return [Block(0, 0, len(text), "break")] if text else []
    starts = [piece.start for piece in pieces]
    starts[0] = 0
    return [
        Block(start, piece.stop, end, piece.kind, piece.level, piece.line)
        for start, piece, end in zip(starts, pieces, [*starts[1:], len(text)], strict=True)
    ]
