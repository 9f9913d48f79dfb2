"""Golden files of blocks: a text, then what it is cut into, a block a line: line, kind and level, text."""

from __future__ import annotations

from pathlib import Path

from cleaner.blocks import split
from cleaner.model import Media

GOLDEN = Path(__file__).parent.parent / "golden"


def cases(name: str) -> list[tuple[str, str, str]]:
    """Title, text and blocks of each case in ``golden/name``: they stand between rows of ``====`` and ``----``."""
    found = []
    for case in (GOLDEN / name).read_text("utf-8").split("\n======== ")[1:]:
        title, _, rest = case.partition("\n")
        text, _, blocks = rest.partition("\n--------\n")
        found.append((title, text, blocks.strip("\n")))
    return found


def shown(text: str, media: Media) -> str:
    """The blocks of a text as the golden files show them."""
    rows = []
    for block in split(text, media):
        inner = text[block.start : block.stop].strip().replace("\n", "⏎")
        inner = inner if len(inner) < 60 else f"{inner[:28]} … {inner[-28:]}"
        level = str(block.level) if block.level else ""
        rows.append(f"{block.line} {block.kind}{level}: {inner}")
    return "\n".join(rows)
