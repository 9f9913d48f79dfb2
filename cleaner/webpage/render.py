"""Lines of a page → its text, plain or as markdown, and where each line stands in it.

Plain text has a line a line: blank lines around headings, paragraphs, lists, tables and code, and a tab between the
cells of a row. Markdown adds the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from cleaner.edits import Span
from cleaner.model import Media
from cleaner.webpage.lines import BLOCKS, Line

_LEVELS = {f"h{level}": level for level in range(1, 7)}
#: Beginnings of a line that markdown would take for marks.
_MARKS = ("#", "-", "*", "+", ">", "|", "=", "~", "`")


def render(lines: Sequence[Line], form: Media = "text") -> tuple[str, list[Span]]:
    """The text, and the span of each line in it, its marks included. It ends with a line feed unless it is empty."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for run in _runs(lines):
        if parts:
            parts.append("\n")
            at += 1
        shown = _as_markdown(run) if form == "markdown" else [_tabbed(line) for line in run]
        for text in shown:
            parts += (text, "\n")
            spans.append((at, at + len(text)))
            at += len(text) + 1
    return "".join(parts), spans


def kind_of(line: Line) -> str:
    """What holds the line: ``h1`` to ``h6``, ``li``, ``pre``, ``blockquote``, ``tr`` if it has cells, else ``p``."""
    return _kind(line.path, bool(line.cells))[0]


@lru_cache(maxsize=1 << 10)
def _kind(path: tuple[str, ...], has_cells: bool) -> tuple[str, int]:
    """What holds a line, and which of its parents lines of this kind are parts of: the list, table or paragraph."""
    kind = "p"
    for tag in reversed(path):
        if tag in _LEVELS or tag in ("li", "pre", "blockquote") or (tag == "tr" and has_cells):
            kind = tag
            break
    around = {"li": ("ul", "ol", "menu", "nav"), "tr": ("table",)}.get(kind, (kind,))
    places = [place for place, tag in enumerate(tag for tag in path if tag in BLOCKS) if tag in around]
    return kind, -1 if not places else places[0] if kind == "li" else places[-1]  # nested lists are one


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines between which no blank line belongs: items of a list, rows of a table, lines of one element."""
    runs: list[list[Line]] = []
    last: tuple[str, int] | None = None
    for line in lines:
        kind, part = _kind(line.path, bool(line.cells))
        own = kind, line.parents[part] if line.parents else 0
        if own != last:
            runs.append([])
            last = own
        runs[-1].append(line)
    return runs


def _tabbed(line: Line) -> str:
    return "\t".join(_cells(line)) if line.cells else line.text


def _cells(line: Line) -> list[str]:
    return [line.text[a:b].strip() for a, b in pairwise((0, *line.cells, len(line.text)))]


def _as_markdown(run: Sequence[Line]) -> list[str]:
    kind = kind_of(run[0])
    shown = [_marked(line, kind) for line in run]
    if kind == "pre":
        fence = "~~~" if any("```" in line.text for line in run) else "```"
        shown[0] = f"{fence}\n{shown[0]}"
        shown[-1] += f"\n{fence}"
    elif kind == "tr":
        shown[0] += "\n|" + " --- |" * (len(run[0].cells) + 1)
    return shown


def _marked(line: Line, kind: str) -> str:
    if kind in _LEVELS:
        return "#" * _LEVELS[kind] + " " + line.text
    if kind == "li":
        depth = sum(tag in ("ul", "ol") for tag in line.path)
        return "  " * max(0, depth - 1) + "- " + line.text
    if kind == "tr":
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in _cells(line)) + " |"
    if kind == "blockquote":
        return "> " + line.text
    return "\\" + line.text if kind == "p" and line.text.startswith(_MARKS) else line.text
