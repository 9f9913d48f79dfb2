"""A number for each category, by which reports colour it."""

from __future__ import annotations

from cleaner.ruleschema import CATEGORIES

#: Colours and patterns that reports hold ready; with more categories they repeat.
COLOURS = 16


def number(category: str) -> int:
    """The category's place among the known ones; one that is not known shares the last."""
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)) % COLOURS
