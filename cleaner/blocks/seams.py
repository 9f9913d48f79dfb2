"""Where one line holds several blocks, and where several lines are one diagram.

An extractor can flatten a page into one line with ``## `` headings and ``**Q:`` inside, or glue two widgets
together (``Check your score →Written by``). A mermaid or graphviz diagram that lost its fence is a block from
its header line on; a second header starts a second diagram.
"""

from __future__ import annotations

import regex

#: Seams at headings and questions are looked for in lines longer than this; shorter ones are one block.
_FLATTENED = 400

_ARROW = regex.compile(r"(?<=[\u2192\u2794\u279c\u27a4])(?=\p{Lu})")
_INNER = regex.compile(r"(?<![ \t])[ \t]++(?=\#{2,6}[ ]\S|\*\*Q\d*[:.])")

_HEAD = regex.compile(
    r"""
    ^[ \t]*(?:
      (?:flowchart|graph)[ \t]+(?:TD|TB|BT|RL|LR)\b
    | (?:sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|gitGraph|quadrantChart|requirementDiagram
        |xychart-beta|block-beta|sankey-beta|C4Context)[ \t]*:?[ \t]*\r?$
    | (?:gantt|journey|mindmap|timeline|pie(?:[ \t]+(?:showData|title)\b[^\r\n]*)?)[ \t]*\r?\n[ \t]+\S
    | (?:strict[ \t]+)?(?:di)?graph\b[^{\r\n]{0,80}\{[ \t]*\r?$
    | @start(?:uml|mindmap|gantt|json)\b
    )""",
    regex.VERBOSE | regex.MULTILINE,
)
_HEAD_WORDS = (
    "flowchart ", "flowchart\t", "graph ", "graph\t", "graph{", "Diagram", "gitGraph", "quadrantChart", "-beta",
    "C4Context", "gantt", "journey", "mindmap", "timeline", "pie", "@start",
)  # fmt: skip
_HEAD_LINE = regex.compile(
    r"""[ \t]*(?:(?:flowchart|graph)[ \t]+(?:TD|TB|BT|RL|LR)\b|(?:sequence|class|er|requirement)Diagram\b
    |stateDiagram|gitGraph\b|quadrantChart\b|(?:xychart|block|sankey)-beta\b|C4Context\b
    |(?:gantt|journey|mindmap|timeline|pie)(?:[ \t]+(?:showData|title)\b.*)?$
    |(?:strict[ \t]+)?(?:di)?graph\b.{0,80}\{$|@start(?:uml|mindmap|gantt|json)\b)""",
    regex.VERBOSE,
)
_BODY_LINE = regex.compile(
    r"""
      [ \t]+\S
    | .*(?:-->|---|-\.->|==>|->>|--x|<\|--|\|\|--|\}o|->|:\s)
    | (?:style|classDef|class|linkStyle|click|subgraph|end|participant|actor|[Nn]ote|loop|alt|else|opt|par|rect
        |activate|deactivate|section|title|state|direction|dateFormat|axisFormat|accTitle|accDescr)\b
    | %%|[\w"]+[ ]*[\[({;=]|[\]})]
    """,
    regex.VERBOSE,
)


def has_seams(text: str) -> bool:
    """True if some line of the text may have to be cut; one look spares most texts a look a line."""
    may_be_flattened = " ##" in text or "\t##" in text or "**Q" in text
    return _ARROW.search(text) is not None or (may_be_flattened and _INNER.search(text) is not None)


def seams(line: str) -> list[tuple[int, int]]:
    """The spans of the blocks glued in one line; one span if it is one block."""
    cuts = [match.span() for match in _ARROW.finditer(line)]
    if len(line) > _FLATTENED:
        cuts += [match.span() for match in _INNER.finditer(line)]
        cuts.sort()
    spans, at = [], 0
    for start, end in cuts:
        if start > at:
            spans.append((at, start))
            at = end
    spans.append((at, len(line)))
    return spans


def has_diagram(text: str) -> bool:
    """True if a bare diagram's header stands at the start of some line."""
    # plain searches are several times as fast as the pattern, and most texts have none of the words
    return any(word in text for word in _HEAD_WORDS) and _HEAD.search(text) is not None


def is_diagram_head(row: str) -> bool:
    """True if the line begins a mermaid, graphviz or PlantUML diagram."""
    return _HEAD_LINE.match(row) is not None


def diagram_end(rows: list[str], first: int) -> int:
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
        if number > first and (not row or is_diagram_head(row)):
            return number
        if closer == "" and number > first and not _BODY_LINE.match(row):
            return number
        number += 1
        if closer and row.lstrip().startswith(closer):
            return number
    return number
