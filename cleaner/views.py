"""What rules see of a block: its text without marks, quotes and dashes plain, in one line.

A view is the folded block with some spans dropped, so places in it map back to the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.edits import Origin, Span, apply, merge
from cleaner.model import Block

_LEAD = re.compile(r"(?:[ ]*(?:#{1,6}|>+|[-*+•·‣▪●○]|\d{1,3}[.)])(?=[ ]))*[ ]*")
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:[ ]+[\"'][^\"']{0,300}[\"'])?\)")
_OPEN = re.compile(r"!?\[")
_MARK = re.compile(r"<[A-Za-z/!][^<>]{0,500}>|\*{1,3}|~~|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|(?<= ) +")
_MAY_MARK = re.compile(r"[*_`<~\[]")


def has_marks(folded: str) -> bool:
    """True if some block of the text may have marks inside; one look spares most texts a look a block."""
    return "  " in folded or _MAY_MARK.search(folded) is not None


def view(folded: str, block: Block, *, marked: bool = True) -> str:
    """The block as rules see it. ``folded`` is the document's text under ``cleaner.text.fold``.

    ``marked`` is false where the text is known to have no marks.
    """
    raw = folded[block.start : block.stop]
    if not marked and raw[:1].isalpha():
        return raw
    dropped = _dropped(raw)
    return apply(raw, dropped) if dropped else raw


def locate(folded: str, block: Block, start: int, end: int) -> Span:
    """The document's span of ``[start, end)`` of the block's view, with marks around it that it fills."""
    raw = folded[block.start : block.stop]
    dropped = _dropped(raw)
    if end - start == len(raw) - sum(e - s for s, e in dropped):
        return block.start, block.stop  # all of it, the bullet too
    pieces = Origin(dropped).pieces(start, end)
    first, last = pieces[0][0], pieces[-1][1]
    before = {e: s for s, e in dropped}.get(first)
    after = dict(dropped).get(last)
    if before is not None and after is not None:
        first, last = before, after
    return block.start + first, block.start + last


def _dropped(raw: str) -> list[Span]:
    spans: list[Span] = []
    first = raw[:1]
    if not first.isalpha():
        lead = _LEAD.match(raw)
        if lead and lead.end():
            spans.append(lead.span())
    if "  " in raw or _MAY_MARK.search(raw):
        spans += [match.span() for match in _MARK.finditer(raw)]
        targets = [match.span() for match in _TARGET.finditer(raw)] if "](" in raw else []
        if targets:
            spans += targets + [match.span() for match in _OPEN.finditer(raw)]
    return merge(_with_spaces(raw, merge(spans))) if spans else spans


def _with_spaces(raw: str, marks: list[Span]) -> Iterator[Span]:
    """The marks, with a space beside them where two or one at an end would be left."""
    for start, end in marks:
        if start == 0 or raw[start - 1] == " ":
            while end < len(raw) and raw[end] == " ":
                end += 1
        while end == len(raw) and start and raw[start - 1] == " ":
            start -= 1
        yield start, end
