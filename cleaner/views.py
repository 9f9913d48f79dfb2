"""What rules see of a block: its text without marks, quotes and dashes plain, in one line.

A view is the folded block with some spans dropped, so places in it map back to the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.edits import Origin, Span, apply, merge
from cleaner.model import OPAQUE, Block

_LEAD = re.compile(r"(?:[ ]*(?:#{1,6}|>+|[-*+•·‣▪●○]|\d{1,3}[.)])(?=[ ]))*[ ]*")
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:[ ]+[\"'][^\"']{0,300}[\"'])?\)")
_OPEN = re.compile(r"!?\[")
# every branch begins with a literal, which lets the search skip to the next of them; looks back stand after it
_MARK = re.compile(r"<[A-Za-z/!][^<>]{0,500}>|\*\*{0,2}|~~|``*|_(?<![^\W_]_)_{0,2}(?=\S)|_(?<=\S_)_{0,2}(?![^\W_])|  +")
#: How marks begin, spaces aside.
_BEGINNINGS = "*_`<~["


def views(folded: str, blocks: Iterable[Block]) -> list[str]:
    """The blocks as rules see them; those of opaque kinds are empty.

    ``folded`` is the document's text under ``cleaner.text.fold``. Marks are looked for once a text: most blocks have
    none and are their own views.
    """
    found: list[str] = []
    places = iter(sorted(place for beginning in _BEGINNINGS for place in _places(folded, beginning)))
    mark = next(places, len(folded))
    spaced = "  " in folded
    for block in blocks:
        if block.kind in OPAQUE:
            found.append("")
            continue
        raw = folded[block.start : block.stop]
        while mark < block.start:
            mark = next(places, len(folded))
        if mark < block.stop or (spaced and "  " in raw):
            found.append(_without_marks(raw))
        else:
            found.append(raw[_lead(raw) :].rstrip(" "))
    return found


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
        first, last = max(before, _lead(raw)), after  # a bullet stays with what stays of its line
    return block.start + first, block.start + last


def _without_marks(raw: str) -> str:
    """What of a block :func:`_dropped` leaves; of most blocks that is what stands beside the marks, as it stands."""
    if "  " not in raw and "](" not in raw:
        view = _MARK.sub("", raw[_lead(raw) :])
        if "  " not in view and view.strip(" ") == view:
            return view
    return apply(raw, _dropped(raw))


def _places(folded: str, char: str) -> Iterator[int]:
    at = folded.find(char)
    while at >= 0:
        yield at
        at = folded.find(char, at + 1)


def _lead(raw: str) -> int:
    """Where the text begins after bullets, numbers and other marks at the start."""
    lead = None if raw[:1].isalpha() else _LEAD.match(raw)
    return lead.end() if lead else 0


def _dropped(raw: str) -> list[Span]:
    lead = _lead(raw)
    spans: list[Span] = [(0, lead)] if lead else []
    if raw[-1:] == " ":  # what folding made a space of, such as a byte order mark
        spans.append((len(raw.rstrip(" ")), len(raw)))
    if "  " not in raw and not any(beginning in raw for beginning in _BEGINNINGS):
        return merge(spans)
    marks = [match.span() for match in _MARK.finditer(raw)]
    spans += [(start + (raw[start] == " "), end) for start, end in marks]  # one of several spaces stays
    targets = [match.span() for match in _TARGET.finditer(raw)] if "](" in raw else []
    if targets:
        spans += targets + [match.span() for match in _OPEN.finditer(raw)]
    return _with_spaces(raw, merge(spans))


def _with_spaces(raw: str, marks: list[Span]) -> list[Span]:
    """The marks, with a space beside them where two or one at an end would be left."""
    spans: list[Span] = []
    for start, end in marks:
        if start == 0 or raw[start - 1] == " ":
            while end < len(raw) and raw[end] == " ":
                end += 1
        spans.append((start, end))
    spans = merge(spans)
    if spans and spans[-1][1] == len(raw):
        start = len(raw[: spans[-1][0]].rstrip(" "))
        spans = merge([*spans, (start, len(raw))])
    return spans
