"""Text from anywhere, made safe to show: control and direction characters become visible."""

from __future__ import annotations

import regex

_HIDDEN = regex.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with control, direction and lone surrogate characters escaped; tab and line feed stay.

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _HIDDEN.sub(lambda match: _escape(ord(match[0])), text)


def one_line(text: str, width: int) -> str:
    """The text visible and in one line of at most ``width`` characters."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= width else line[: max(0, width - 1)] + "…"


def two_places(share: float) -> str:
    """A share in two places, rounded down, so that only all shows as 1.00.

    >>> two_places(0.999), two_places(0.29)
    ('0.99', '0.29')
    """
    return f"{int(share * 100 + 1e-9) / 100:.2f}"


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
