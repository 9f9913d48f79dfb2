"""``<!-- cleaner: keep -->`` … ``<!-- cleaner: end -->``: what an author keeps, said where it stands.

For markdown and web pages, whose comments are not shown. In markdown a mark inside code is code, and the marks are
blocks of their own that stay. Of a page's marks its reader says which lines stand between them (``Annotation.kept``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import OPAQUE, Annotation, Block, Document

#: A mark: ``keep`` or ``end``.
MARK = re.compile(r"<!--\s*cleaner:\s*(keep|end)\s*-->")


@dataclass(frozen=True, slots=True)
class Kept:
    """The blocks from ``first`` to ``last``, marks included; the mark stands in ``line`` of the text."""

    first: int
    last: int
    line: int

    def __contains__(self, block: int) -> bool:
        return self.first <= block <= self.last


def kept(document: Document, blocks: Sequence[Block], annotations: Sequence[Annotation | None]) -> tuple[Kept, ...]:
    """What the marks of a document keep: to the end of the text without an end; a stray end keeps itself alone.

    ``annotations`` are those of the lines in which the blocks begin, where there are any.
    """
    if annotations:
        return _annotated(blocks, annotations)
    if document.media != "markdown" or not MARK.search(document.text):
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


def _annotated(blocks: Sequence[Block], annotations: Sequence[Annotation | None]) -> tuple[Kept, ...]:
    of_mark: dict[int, list[int]] = {}
    for number, annotation in enumerate(annotations):
        if annotation is not None and annotation.kept:
            of_mark.setdefault(annotation.kept, []).append(number)
    return tuple(Kept(own[0], own[-1], blocks[own[0]].line) for own in of_mark.values())


def _marks(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    for number, block in enumerate(blocks):
        if block.kind not in OPAQUE:
            for mark in MARK.finditer(text, block.start, block.stop):
                yield number, block.line + text.count("\n", block.start, mark.start()), mark[1]
