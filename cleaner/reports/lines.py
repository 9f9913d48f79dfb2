"""Where the lines of a text are, for reports that point at them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from cleaner.model import Removal


def line_numbers(text: str) -> Callable[[int], int]:
    """A function from a place in the text to its line, from 1."""
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    return lambda at: bisect_right(starts, at)


def first_character(removal: Removal, text: str) -> int:
    """The place of the first character that goes, white space aside."""
    gone = text[removal.start : removal.end]
    return min(removal.start + len(gone) - len(gone.lstrip()), removal.end - 1)
