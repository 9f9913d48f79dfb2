"""Cuts and how they are undone. Spans are half-open, sorted and disjoint throughout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

Span = tuple[int, int]


def check(spans: Sequence[Span], length: int) -> None:
    """Raises ``ValueError`` unless the spans are sorted, disjoint, not empty and inside the text."""
    at = 0
    for start, end in spans:
        if not at <= start < end <= length:
            raise ValueError(f"span {start}:{end} is empty, overlaps, or lies outside 0:{length}")
        at = end


def apply(text: str, spans: Sequence[Span]) -> str:
    """``text`` without the spans.

    >>> apply("abcdef", [(1, 3), (5, 6)])
    'ade'
    """
    check(spans, len(text))
    kept: list[str] = []
    at = 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    kept.append(text[at:])
    return "".join(kept)


def restore(cleaned: str, cuts: Sequence[tuple[int, str]]) -> str:
    """The text from which ``cuts`` (place in the original, what was cut) left ``cleaned``.

    Raises ``ValueError`` if a cut lies beyond the text.

    >>> restore("ade", [(1, "bc"), (5, "f")])
    'abcdef'
    """
    parts: list[str] = []
    at = origin = 0
    for start, cut in cuts:
        step = start - origin
        if step < 0 or at + step > len(cleaned):
            raise ValueError(f"a cut at {start} lies outside the text")
        parts += (cleaned[at : at + step], cut)
        at += step
        origin = start + len(cut)
    parts.append(cleaned[at:])
    return "".join(parts)


class Origin:
    """Maps places in a text with cuts back to the text before them, and the other way."""

    def __init__(self, cuts: Sequence[Span]) -> None:
        lengths = accumulate((end - start for start, end in cuts), initial=0)
        #: for each cut, where it lies in the cleaned text
        self._at = [start - gone for (start, _), gone in zip(cuts, lengths, strict=False)]
        self._cuts = cuts

    def pieces(self, start: int, end: int) -> list[Span]:
        """The original spans of ``[start, end)`` of the cleaned text: more than one if cuts lie within."""
        first, last = bisect_right(self._at, start), bisect_right(self._at, end - 1)
        shift = self._cuts[first - 1][1] - self._at[first - 1] if first else 0
        pieces: list[Span] = []
        begin = start + shift
        for cut_start, cut_end in self._cuts[first:last]:
            if begin < cut_start:
                pieces.append((begin, cut_start))
            shift += cut_end - cut_start
            begin = cut_end
        pieces.append((begin, end + shift))
        return pieces

    def after(self, at: int) -> int:
        """Where a place of the original stands in the cleaned text; of one within a cut, where the cut was made."""
        number = bisect_right(self._cuts, (at, at))
        if not number:
            return at
        return self._at[number - 1] + max(0, at - self._cuts[number - 1][1])


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sorted, and run together where they overlap or touch."""
    ordered = sorted(spans)
    if len(ordered) < 2:
        return ordered
    merged: list[Span] = []
    first, last = ordered[0]
    for start, end in ordered:
        if start > last:
            merged.append((first, last))
            first, last = start, end
        elif end > last:
            last = end
    merged.append((first, last))
    return merged
