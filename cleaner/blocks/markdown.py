"""Markdown → blocks, from markdown-it-py's line maps. Inline markup is not parsed: blocks do not need it.

Scraped markdown often has a paragraph a line and no blank lines between. What the grammar calls one paragraph
is then several blocks, unless its lines were hard-wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cleaner.blocks.plain import guess_headings
from cleaner.blocks.seams import diagram_end, has_seams, is_diagram_head, seams
from cleaner.blocks.shape import runs_on, wrap_width
from cleaner.model import Block, Kind
from cleaner.text import rows as lines_of

_LEAVES: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "break",
    "table_open": "table",
    "blockquote_open": "quote",
    "list_item_open": "list_item",
}
_LISTS = ("bullet_list_open", "ordered_list_open")

#: Row range, kind, heading level.
_Leaf = tuple[int, int, Kind, int]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def markdown_blocks(text: str, front: int) -> list[Block]:
    """The blocks of a markdown text from code point ``front`` on, not yet tiling it."""
    begins, rows = lines_of(text, front)
    offset = text.count("\n", 0, front) + 1
    width = wrap_width(rows)
    seamed = has_seams(text)
    blocks: list[Block] = []
    for first, end, kind, level in _with_gaps(rows, list(_leaves(text[front:]))):
        for a, b, part in _paragraphs(rows, first, end, width) if kind == "paragraph" else [(first, end, kind)]:
            start = begins[a] + len(rows[a]) - len(rows[a].lstrip())
            stop = begins[b - 1] + len(rows[b - 1])
            inner = seams(text[start:stop]) if seamed and part == "paragraph" and b == a + 1 else [(0, stop - start)]
            blocks += [Block(start + s, start + e, start + e, part, level, offset + a) for s, e in inner]
    guess_headings(blocks, text)
    return blocks


def _leaves(text: str) -> Iterator[_Leaf]:
    """Blocks by rows, nested lists taken apart into their items, other nesting left whole."""
    done = 0  # rows below it belong to a leaf already given
    tokens = _parser().parse(text)
    for index, token in enumerate(tokens):
        kind = _LEAVES.get(token.type)
        if kind is None or token.map is None:
            continue
        first, end = token.map
        if first < done:
            continue
        if kind == "list_item":
            end = _own_end(tokens, index, first, end)
        yield first, end, kind, int(token.tag[1]) if kind == "heading" else 0
        done = end


def _own_end(tokens: list[Token], index: int, first: int, end: int) -> int:
    """Where the list item that opens at ``tokens[index]`` gives way to a list nested in it."""
    inner = index + 1
    while tokens[inner].level > tokens[index].level:
        token = tokens[inner]
        if token.type in _LISTS and token.map and token.map[0] > first:
            return token.map[0]
        inner += 1
    return end


def _with_gaps(rows: list[str], leaves: list[_Leaf]) -> Iterator[_Leaf]:
    """The leaves without blank rows at their ends, and rows that no leaf holds as paragraphs."""
    at = 0
    for first, end, kind, level in [*leaves, (len(rows), len(rows), "break", 0)]:
        while at < first:
            if rows[at]:
                yield at, at + 1, "paragraph", 0
            at += 1
        first = max(first, at)
        at = max(at, end)
        while end > first and not rows[end - 1]:
            end -= 1
        if end > first:
            yield first, end, kind, level


def _paragraphs(rows: list[str], first: int, end: int, width: int) -> Iterator[tuple[int, int, Kind]]:
    """The rows of one grammatical paragraph as bare diagrams, wrapped paragraphs or a paragraph a row."""
    number = first
    while number < end:
        begin = number
        number += 1
        if not rows[begin]:  # white space that the grammar takes for text, such as U+00A0
            continue
        if is_diagram_head(rows, begin):
            number = min(end, diagram_end(rows, begin))
            yield begin, number, "diagram"
            continue
        while (
            number < end
            and width
            and rows[number]
            and not is_diagram_head(rows, number)
            and runs_on(rows[number - 1], rows[number], width)
        ):
            number += 1
        yield begin, number, "paragraph"
