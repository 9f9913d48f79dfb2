"""What the shape of lines says: hard-wrapped or not, heading or not, where front matter ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

Layout = Literal["lines", "wrapped"]

#: Hard-wrapped text is 30 to 120 columns wide; wider lines are paragraphs.
_WIDTHS = range(30, 121)
#: Share of inner lines that had no room for the next line's first word, above which text counts as wrapped.
#: Greedy wrapping gives 1.0, lists and verse give under 0.5.
_FULL_LINES = 0.8
#: Share of lines that end a sentence above which they are paragraphs of like length; wrapped prose has under 0.2.
_SENTENCES = 0.5
#: A line this full (of the text's width) may be one that was wrapped.
_NEARLY = 0.85
#: A line this full runs on into the next.
_RUNS_ON = 0.75

#: A guessed heading has at most so many characters and words.
HEADING_CHARS, HEADING_WORDS = 100, 14

# one way to match a line, or a text that only opens with a rule takes time exponential in its lines
_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)")


def front_matter_end(text: str) -> int:
    """Where YAML or TOML front matter ends; 0 without any."""
    match = _FRONT_MATTER.match(text)
    return match.end() if match else 0


def looks_like_heading(line: str) -> bool:
    """A short line that begins like a title and does not end like a sentence."""
    if not line or len(line) > HEADING_CHARS or line.count(" ") >= HEADING_WORDS:
        return False
    last = line.rstrip("\"'\u201d\u2019)]")[-1:]
    first = line.lstrip("\"'\u201c\u2018([*_")[:1]
    return last not in ".,;:\u2026" and not first.islower()


def wrap_width(rows: list[str]) -> int:
    """The width in characters at which the lines were hard-wrapped; 0 if they were not."""
    inner = [(row, after) for row, after in pairwise(rows) if row and after]
    if len(inner) < 4:
        return 0
    lengths = sorted(len(row) for row, _ in inner)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if width not in _WIDTHS:
        return 0
    if sum(row.endswith((".", "!", "?")) for row, _ in inner) > _SENTENCES * len(inner):
        return 0
    full = sum(_is_full(row, after, _NEARLY * width) for row, after in inner)
    return width if full >= _FULL_LINES * len(inner) else 0


def runs_on(row: str, after: str, width: int) -> bool:
    """True if ``row`` is so full that ``after`` continues its paragraph."""
    return _is_full(row, after, _RUNS_ON * width)


def _is_full(row: str, after: str, width: float) -> bool:
    return len(row) + 1 + len(after.split(None, 1)[0]) > width
