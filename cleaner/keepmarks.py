"""``<!-- cleaner: keep -->`` … ``<!-- cleaner: end -->``: what an author keeps, said where it stands.

For markdown, whose comments are not shown. A mark inside code is code. The marks are blocks of their own and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import OPAQUE, Block, Document

_MARK = re.compile(r"<!--\s*cleaner:\s*(keep|end)\s*-->")


@dataclass(frozen=True, slots=True)
class Kept:
    """The blocks from ``first`` to ``last``, marks included; the mark stands in ``line`` of the text."""

    first: int
    last: int
    line: int

    def __contains__(self, block: int) -> bool:
        return self.first <= block <= self.last


def kept(document: Document, blocks: Sequence[Block]) -> tuple[Kept, ...]:
    """What the marks of a document keep: to the end of the text without an end; a stray end keeps itself alone."""
    if document.media != "markdown" or not _MARK.search(document.text):
        return ()
    found: list[Kept] = []
    begun: tuple[int, int] | None = None
    for number, line, word in _marks(document.text, blocks):
        if word == "keep":
            begun = begun or (number, line)
        else:
            first, line = begun or (number, line)
            found.append(Kept(first, number, line))
            begun = None
    if begun:
        found.append(Kept(begun[0], len(blocks) - 1, begun[1]))
    return tuple(found)


def _marks(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    for number, block in enumerate(blocks):
        if block.kind not in OPAQUE:
            for mark in _MARK.finditer(text, block.start, block.stop):
                yield number, block.line + text.count("\n", block.start, mark.start()), mark[1]
