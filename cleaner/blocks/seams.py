"""Where one line holds several blocks, and where several lines are one diagram.

An extractor can flatten a page into one line with ``## `` headings and ``**Q:`` inside, or glue two widgets
together (``Check your score →Written by``). A mermaid or graphviz diagram that lost its fence is a block from
its header line on; a second header starts a second diagram.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

#: Seams at headings and questions are looked for in lines longer than this; shorter ones are one block.
_FLATTENED = 400

_ARROWS = "\u2192\u2794\u279c\u27a4"
_ARROW = regex.compile(rf"(?<=[{_ARROWS}])(?=\p{{Lu}})")
_INNER = regex.compile(r"(?<![ \t])[ \t]++(?=\#{2,6}[ ]\S|\*\*Q\d*[:.])")

#: How a diagram's header may begin; looking this up spares other lines the pattern.
DIAGRAM_BEGINNINGS = frozenset(
    {"flo", "gra", "seq", "cla", "sta", "erD", "git", "qua", "req", "xyc", "blo", "san", "C4C"}
    | {"gan", "jou", "min", "tim", "pie", "str", "dig", "@st"}
)


def has_seams(text: str) -> bool:
    """True if some line of the text may have to be cut; one look spares most texts a look a line."""
    return _may_be_glued(text) or _may_be_flattened(text)


def _may_be_glued(text: str) -> bool:
    """True if a capital stands after an arrow, and wherever something beyond ASCII does."""
    after = (part[:1] for arrow in _ARROWS if arrow in text for part in text.split(arrow)[1:])
    return any("A" <= char <= "Z" or char > "\x7f" for char in after)


def _may_be_flattened(text: str) -> bool:
    """True if what begins a heading or a question stands after white space."""
    # looking for one character is ten times as fast as for several, and many texts lack it
    inner = (space + mark for mark in ("##", "**Q") if mark[0] in text for space in " \t" if space in text)
    return any(mark in text for mark in inner)


def seams(line: str) -> list[tuple[int, int]]:
    """The spans of the blocks glued in one line; one span if it is one block."""
    cuts: list[tuple[int, int]] = []
    if not line.isascii() and _may_be_glued(line):
        cuts += [match.span() for match in _ARROW.finditer(line)]
    if len(line) > _FLATTENED and _may_be_flattened(line):
        cuts += [match.span() for match in _INNER.finditer(line)]
        cuts.sort()
    spans, at = [], 0
    for start, end in cuts:
        if start > at:
            spans.append((at, start))
            at = end
    spans.append((at, len(line)))
    return spans


def is_diagram_head(rows: Sequence[str], number: int) -> bool:
    """True if the row begins a mermaid, graphviz or PlantUML diagram.

    Headers that are plain words ("timeline") count only over an indented row.
    """
    row = rows[number]
    if row.lstrip()[:3] not in DIAGRAM_BEGINNINGS:
        return False
    head = _head().match(row)
    if head is None or head["word"] is None:
        return head is not None
    after = rows[number + 1] if number + 1 < len(rows) else ""
    return after[:1] in (" ", "\t")


def diagram_end(rows: Sequence[str], first: int) -> int:
    """One past the last line of the diagram that begins at line ``first``."""
    head = rows[first].lstrip()
    closer = "}" if head.endswith("{") else "@end" if head.startswith("@start") else ""
    depth = 0
    number = first
    while number < len(rows):
        row = rows[number]
        if closer == "}":
            depth += row.count("{") - row.count("}")
            number += 1
            if depth <= 0:
                return number
            continue
        if number > first and (not row or is_diagram_head(rows, number)):
            return number
        if closer == "" and number > first and not _body_line().match(row):
            return number
        number += 1
        if closer and row.lstrip().startswith(closer):
            return number
    return number


@cache
def _head() -> regex.Pattern[str]:
    """A diagram's header. Few texts have diagrams, and compiling takes milliseconds."""
    return regex.compile(
        r"""[ \t]*+(?:
          (?:flowchart|graph)[ \t]+(?:TD|TB|BT|RL|LR)\b
        | (?:sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|gitGraph|quadrantChart|requirementDiagram
            |xychart-beta|block-beta|sankey-beta|C4Context)[ \t]*:?$
        | (?P<word>(?:gantt|journey|mindmap|timeline|pie)(?:[ \t]+(?:showData|title)\b.*)?$)
        | (?:strict[ \t]+)?(?:di)?graph\b[^{]{0,80}\{$
        | @start(?:uml|mindmap|gantt|json)\b
        )""",
        regex.VERBOSE,
    )


@cache
def _body_line() -> regex.Pattern[str]:
    """A line of a mermaid diagram after its header."""
    return regex.compile(
        r"""
          [ \t]+\S
        | .*(?:-->|---|-\.->|==>|->>|--x|<\|--|\|\|--|\}o|->|:\s)
        | (?:style|classDef|class|linkStyle|click|subgraph|end|participant|actor|[Nn]ote|loop|alt|else|opt|par|rect
            |activate|deactivate|section|title|state|direction|dateFormat|axisFormat|accTitle|accDescr)\b
        | %%|[\w"]+[ ]*[\[({;=]|[\]})]
        """,
        regex.VERBOSE,
    )
