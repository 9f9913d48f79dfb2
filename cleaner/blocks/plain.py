"""Plain text → blocks: a row at a time, with the structures that survive extraction."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.blocks.seams import DIAGRAM_BEGINNINGS, diagram_end, has_seams, is_diagram_head, seams
from cleaner.blocks.shape import HEADING_CHARS, looks_like_heading, runs_on, wrap_width
from cleaner.model import Block, Kind
from cleaner.text import rows as lines_of

_MARKS = frozenset("#-*+•·‣▪●○–>|_=0123456789")
_FENCES = frozenset("`~")
_MARKED = re.compile(
    r"""
    (?P<heading>\#{1,6})[ \t]+\S
  | (?P<rule>([-*_=])(?:[ \t]*\3){2,}[ \t]*$)
  | (?P<item>(?:[-*+•·‣▪●○–]|\d{1,3}[.)])[ \t]+\S)
  | (?P<quote>>)
  | (?P<table>\|.*\|[ \t]*$)
    """,
    re.VERBOSE,
)
_FENCE = re.compile(r"(`{3,}|~{3,})")


def plain_blocks(text: str, front: int) -> list[Block]:
    """The blocks of plain text from code point ``front`` on, not yet tiling it."""
    begins, rows = lines_of(text, front)
    offset = text.count("\n", 0, front) + 1
    width = wrap_width(rows)
    seamed = has_seams(text)
    blocks: list[Block] = []
    number, last = 0, -2  # ``number``: the row after those seen; ``last``: the one that ended the latest piece
    for first, row in enumerate(rows):
        if not row or first < number:
            continue
        number = first + 1
        start, bare, mark = begins[first], row, row[0]
        if mark.isspace():
            bare = row.lstrip()
            start, mark = start + len(row) - len(bare), bare[0]
        line = offset + first
        kind: Kind = "paragraph"
        level = 0
        if mark in _FENCES:
            if fence := _FENCE.match(bare):
                kind, number = "code", _fence_end(rows, first, fence[1])
        elif mark in _MARKS:
            kind, level = _kind(bare)
        elif bare[:3] in DIAGRAM_BEGINNINGS and is_diagram_head(rows, first):
            kind, number = "diagram", diagram_end(rows, first)
        if kind == "paragraph":
            if width and last == first - 1 and runs_on(rows[last], row, width):
                blocks[-1].stop, last = begins[first] + len(row), first
                continue
        elif kind in ("table", "quote"):
            while number < len(rows) and _kind(rows[number].lstrip())[0] == kind:
                number += 1
        elif kind == "break" and last == first - 1 and _underlines(row, blocks[-1]):
            above = blocks.pop()
            kind, level, start, line = "heading", 1 if row[0] == "=" else 2, above.start, above.line
        last = number - 1
        stop = begins[last] + len(rows[last])
        if seamed and last == first and kind != "code":
            for a, b in seams(text[start:stop]):
                part_kind, part_level = _kind(text[start + a : start + b]) if a else (kind, level)
                blocks.append(Block(start + a, start + b, start + b, part_kind, part_level, line))
        else:
            blocks.append(Block(start, stop, stop, kind, level, line))
    guess_headings(blocks, text)
    for block in blocks:
        if block.kind == "heading" and block.stop - block.start > 2 * HEADING_CHARS:
            block.kind = "paragraph"  # a flattened line begins with its heading's mark and runs on
    return blocks


def guess_headings(blocks: Iterable[Block], text: str) -> None:
    """Makes headings of the paragraphs that look like them."""
    for block in blocks:
        if (
            block.kind == "paragraph"
            and block.stop - block.start <= HEADING_CHARS
            and looks_like_heading(text[block.start : block.stop])
        ):
            block.kind = "heading"


def _kind(bare: str) -> tuple[Kind, int]:
    match = _MARKED.match(bare)
    match match.lastgroup if match else None:
        case "heading":
            return "heading", len(bare) - len(bare.lstrip("#"))
        case "item":
            return "list_item", 0
        case "quote":
            return "quote", 0
        case "table":
            return "table", 0
        case "rule":
            return "break", 0
        case _:
            return "paragraph", 0


def _underlines(row: str, above: Block) -> bool:
    """True if the row of ``=`` or ``-`` makes a heading of the line above it."""
    length = above.stop - above.start
    return row[0] in "=-" and above.kind == "paragraph" and length < HEADING_CHARS and abs(len(row) - length) < 4


def _fence_end(rows: list[str], first: int, fence: str) -> int:
    """One past the line that closes the fence; an unclosed one ends with its run of lines."""
    for number in range(first + 1, len(rows)):
        if rows[number].lstrip().startswith(fence):
            return number + 1
    number = first + 1
    while number < len(rows) and rows[number]:
        number += 1
    return number
