"""The diff for people: what goes, between what stays, with sum, rule and reason in the margin.

In a wide terminal the margin is on the right; in a narrow one the reasons stand under what goes. Whatever is not
ours is made visible before it is measured or styled, so no escape sequence of a document gets through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import Cleaned, Removal
from cleaner.reports.columns import columns, cut, wrap
from cleaner.reports.lines import first_character, line_numbers
from cleaner.reports.safe import visible
from cleaner.reports.why import addends, certainty, reason

#: ``style(text, role)`` colours a text; roles: path, kept, why, fold, held, and ``gone/CATEGORY``, ``rule/CATEGORY``.
Style = Callable[[str, str], str]

#: Columns of the margin, and of a terminal in which it has room beside the text.
_MARGIN, _ROOM = 42, 96
#: Columns of line number and sign.
_GUTTER = 8
#: Characters of what stays around a cut inside a line.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class _Row:
    """Some text with its line number and sign, and what the margin says of it."""

    number: int | None
    sign: str
    text: tuple[tuple[str, str], ...]  # each with its role
    notes: tuple[Removal, ...] = ()


def plain(text: str, role: str) -> str:
    """No colour."""
    return text


def document(
    place: str, cleaned: Cleaned, style: Style = plain, *, width: int = 100, context: int = 1, words: bool = False
) -> str:
    """One document's removals with ``context`` lines of what stays around each.

    With ``words``, a cut inside a line is marked in its line as ``[-…-]``.
    """
    head = [style(visible(place), "path") + "  " + share(cleaned)]
    if cleaned.held:
        head += [style(line, "held") for line in wrap(f"left whole: {visible(cleaned.held)}", width)]
    rows = _rows(cleaned, context, words)
    lay = _beside if width >= _ROOM else _below
    return "\n".join([*head, *(line for row in rows for line in lay(row, cleaned.document.text, style, width))]) + "\n"


def share(cleaned: Cleaned) -> str:
    """How much of a document goes, and under which categories."""
    gone = sum(removal.end - removal.start for removal in cleaned.removals)
    counts = Counter(removal.category for removal in cleaned.removals)
    names = ", ".join(f"{category} {count}" for category, count in sorted(counts.items()))
    return (
        f"-{gone} of {len(cleaned.document.text)} characters ({gone / max(1, len(cleaned.document.text)):.1%}): {names}"
    )


# -- rows


def _rows(cleaned: Cleaned, context: int, words: bool) -> Iterator[_Row]:
    text, at = cleaned.document.text, 0
    number = line_numbers(text)
    for group in _groups(cleaned, words):
        start, end = group[0].start, group[-1].end
        inside = words and _inside(text, group)
        if inside:
            start, end = inside
        yield from _folded(_kept(text, at, start, number), context, first=at == 0)
        if inside:
            yield _marked(text, group, number(first_character(group[0], text)), start, end)
        else:
            for removal in group:
                yield _gone(text, removal, number(first_character(removal, text)))
        at = end
    yield from _folded(_kept(text, at, len(text), number), context, last=True)


def _groups(cleaned: Cleaned, words: bool) -> list[list[Removal]]:
    """Removals between which nothing stays, or with ``words`` those in one line."""
    text = cleaned.document.text
    groups: list[list[Removal]] = []
    for removal in cleaned.removals:
        before = groups[-1][-1] if groups else None
        if before is not None and (
            "\n" not in text[_last(before, text) : first_character(removal, text)]
            if words
            else before.end == removal.start
        ):
            groups[-1].append(removal)
        else:
            groups.append([removal])
    return groups


def _last(removal: Removal, text: str) -> int:
    """Where a removal ends, white space aside."""
    return removal.start + len(text[removal.start : removal.end].rstrip())


def _inside(text: str, group: Sequence[Removal]) -> tuple[int, int] | None:
    """The span of the lines in which the group's cuts are, if something of the first or the last line stays."""
    start, end = first_character(group[0], text), max(_last(group[-1], text), group[0].start)
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    return (first, last) if text[first:start].strip() or text[end:last].strip() else None


def _kept(text: str, start: int, end: int, number: Callable[[int], int]) -> list[tuple[int, str]]:
    lines = []
    for line in text[start:end].split("\n"):
        if line.strip():
            lines.append((number(start), line.strip()))
        start += len(line) + 1
    return lines


def _folded(
    lines: Sequence[tuple[int, str]], context: int, *, first: bool = False, last: bool = False
) -> Iterator[_Row]:
    """The lines next to a change, those between as their number."""
    head = [] if first else list(lines[:context])
    rest = list(lines[len(head) :])
    tail = [] if last or not context else rest[-context:]
    hidden = len(rest) - len(tail)
    yield from (_Row(number, " ", ((line, "kept"),)) for number, line in head)
    if hidden:
        yield _Row(None, " ", ((f"… {hidden} line{'s' * (hidden != 1)} kept", "fold"),))
    yield from (_Row(number, " ", ((line, "kept"),)) for number, line in tail)


def _gone(text: str, removal: Removal, number: int) -> _Row:
    gone = text[removal.start : removal.end].strip("\r\n") or "(white space)"
    return _Row(number, "-", ((gone, f"gone/{removal.category}"),), (removal,))


def _marked(text: str, group: Sequence[Removal], number: int, start: int, end: int) -> _Row:
    """The line with its cuts marked; of what stays, only what is near them."""
    pieces: list[tuple[str, str]] = []
    for removal in group:
        between = text[start : removal.start]
        if len(between) > 2 * _AROUND:
            head = "" if not pieces else between[:_AROUND].rstrip() + " "
            between = head + "… " + between[-_AROUND:].lstrip()
        pieces.append((between, "kept"))
        pieces.append((f"[-{text[removal.start : removal.end].strip()}-]", f"gone/{removal.category}"))
        start = removal.end
    rest = text[start:end]
    pieces.append((rest if len(rest) <= _AROUND else rest[:_AROUND].rstrip() + " …", "kept"))
    return _Row(number, "~", tuple(pieces), tuple(group))


# -- layout


def _beside(row: _Row, text: str, style: Style, width: int) -> Iterator[str]:
    """The row with its notes on the right."""
    room = width - _GUTTER - (_MARGIN + 3 if row.notes else 0)
    left = _text(row, style, room)
    right = [line for removal in row.notes for line in _notes(removal, text, style, _MARGIN)]
    for at in range(max(len(left), len(right))):
        own, used = left[at] if at < len(left) else ("", 0)
        line = _gutter(row, style, at, len(left)) + own
        if at < len(right):
            line += " " * (room - used) + style(" │ ", "fold") + right[at]
        yield line.rstrip()


def _below(row: _Row, text: str, style: Style, width: int) -> Iterator[str]:
    """The row with its notes under it."""
    text_lines = _text(row, style, width - _GUTTER)
    for at, (own, _) in enumerate(text_lines):
        yield (_gutter(row, style, at, len(text_lines)) + own).rstrip()
    for removal in row.notes:
        for line in _notes(removal, text, style, width - _GUTTER - 2):
            yield " " * (_GUTTER + 2) + line


def _gutter(row: _Row, style: Style, at: int, lines: int) -> str:
    """Number and sign before line ``at`` of the row, whose text has so many lines."""
    number = f"{row.number:>5}" if at == 0 and row.number is not None else " " * 5
    sign = row.sign if at == 0 or (row.sign == "-" and at < lines) else " "
    return f"{style(number, 'fold')} {sign} "


def _text(row: _Row, style: Style, width: int) -> list[tuple[str, int]]:
    """The row's text in styled lines, each with its columns; of what stays, one line."""
    if not row.notes:
        (text, role), *_ = row.text
        shown = cut(visible(" ".join(text.split())), width)
        return [(style(shown, role), 0)]
    if len(row.text) == 1:
        text, role = row.text[0]
        lines = [own for line in text.split("\n") if line.strip() for own in wrap(_readable(line.rstrip()), width)]
        return [(style(line, role), columns(line)) for line in lines]
    return _woven([(_readable(" ".join(text.split("\n"))), role) for text, role in row.text], style, width)


def _readable(line: str) -> str:
    return visible(line.expandtabs(4))


def _woven(pieces: Sequence[tuple[str, str]], style: Style, width: int) -> list[tuple[str, int]]:
    """Pieces of several roles wrapped as one text."""
    whole = "".join(text for text, _ in pieces)
    ends, at = [], 0
    for text, role in pieces:
        at += len(text)
        ends.append((at, role))
    lines, at = [], 0
    for line in wrap(whole, width):
        at = whole.index(line, at)
        shown, place = "", at
        for end, role in ends:
            stop = min(end, at + len(line))
            if stop > place:
                shown += style(whole[place:stop], role)
                place = stop
        lines.append((shown, columns(line)))
        at += len(line)
    return lines


def _notes(removal: Removal, text: str, style: Style, width: int) -> list[str]:
    """Sum and rule; the terms, if there are several; the reason with what matched."""
    lines = [style(cut(f"{certainty(removal)} {visible(removal.rule)}", width), f"rule/{removal.category}")]
    if terms := addends(removal):
        lines += [style(line, "why") for line in wrap("= " + " ".join(f"{w} {name}" for w, name in terms), width)]
    why = reason(removal, text[removal.start : removal.end])
    return lines + [style(line, "why") for line in wrap(why, width)]
