"""Which white space goes with what is cut, so that what stays reads as if nothing had been there."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.batch import Page
from cleaner.edits import Span

#: White space within a line.
_SPACES = " \t\xa0"


def block_spans(page: Page, gone: Sequence[int]) -> list[tuple[int, Span]]:
    """The span to cut for each block that goes, so that exactly one of the two gaps around a run stays.

    The gap with more line ends stays, the one before the run if they are equal, but some gap rather than none;
    at the end of the text the last one stays, so a missing final newline is still missing and a present one still
    there. A byte order mark stays.
    """
    text, blocks = page.document.text, page.blocks
    spans: list[tuple[int, Span]] = []
    for first, last in _runs(gone):
        before = text[blocks[first - 1].stop : blocks[first].start] if first else None
        after = text[blocks[last].stop : blocks[last].end] if last + 1 < len(blocks) else None
        keep_after = before is not None and (after is None or _breadth(after) > _breadth(before))
        for number in range(first, last + 1):
            block = blocks[number]
            if keep_after:
                spans.append((number, (blocks[number - 1].stop, block.stop)))
            else:
                start = block.start or int(text.startswith("\ufeff"))
                spans.append((number, (start, block.end if after is not None or number < last else block.stop)))
    return spans


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _breadth(gap: str) -> tuple[int, bool]:
    return max(gap.count("\n"), gap.count("\r")), bool(gap)


def with_space(page: Page, block: int, cut: Span) -> Span:
    """The cut and the spaces around it, where it would leave two or one at an end of a line. Line ends stay."""
    text, (start, end), own = page.document.text, cut, page.blocks[block]
    while end < own.stop and text[end] in _SPACES and (start == own.start or text[start - 1].isspace()):
        end += 1
    while (end == own.stop or text[end] in "\r\n") and start > own.start and text[start - 1] in _SPACES:
        start -= 1
    return start, end
