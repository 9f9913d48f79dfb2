"""Text in the columns of a terminal: how wide it is, and how it wraps.

Widths follow Unicode's East Asian Width (UAX #11): wide and fullwidth characters take two columns, marks that
combine take none. All text here is visible already (:mod:`.safe`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_WIDE = frozenset("WF")
_COMBINING = frozenset(("Mn", "Me", "Cf"))


def columns(text: str) -> int:
    """Columns that the text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if unicodedata.category(char) in _COMBINING:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` columns, with an ellipsis if some is left out."""
    if columns(text) <= width:
        return text
    return text[: _fitting(text, width - 1)] + "…" * (width > 0)


def _fitting(text: str, width: int) -> int:
    """How many of the text's first characters fit."""
    used = 0
    for number, char in enumerate(text):
        used += _width(char)
        if used > width:
            return number
    return len(text)


def wrap(text: str, width: int) -> Iterator[str]:
    """The text in lines of at most ``width`` columns, broken at spaces where there are any."""
    while columns(text) > width:
        most = max(1, _fitting(text, width))
        at = text.rfind(" ", 1, most + 1)
        at = most if at < 0 or not text[:at].strip() else at
        yield text[:at].rstrip(" ")
        text = text[at:].lstrip(" ")
        if not text:
            return
    yield text


def filled(text: str, width: int) -> str:
    """The text with spaces after it, up to ``width`` columns."""
    return text + " " * (width - columns(text))
