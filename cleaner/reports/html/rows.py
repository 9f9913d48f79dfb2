"""A document as rows for its page: lines that stay, folded where they are many, and lines of which something goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.fingerprint import fingerprint
from cleaner.model import Cleaned, Removal
from cleaner.reports.safe import one_line
from cleaner.reports.why import addends, certainty

#: Lines that stay on each side of a change; more between them are folded.
_CONTEXT = 2
#: The evidence of a copy names the line of the text that stays.
_LINE = re.compile(r"\bline (\d+)\b")


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of a removal; ``number`` counts from 1 within the document."""

    number: int
    rule: str
    category: str
    reason: str
    evidence: str
    sum: str
    terms: Sequence[tuple[str, str]]
    line: int | None  # of the copy that stays
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: it stays, or goes by the removal whose note it names; ``starts`` there."""

    text: str
    note: Note | None = None
    starts: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or the lines of one removal, from line ``number`` on."""

    number: int
    pieces: Sequence[Piece]
    notes: Sequence[Note] = ()

    @property
    def size(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)

    @property
    def stays(self) -> str:
        """The text of a line of which nothing goes, else nothing: most lines, so templates have a short way for it."""
        return self.pieces[0].text if len(self.pieces) == 1 and self.pieces[0].note is None else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows in a row: all with something that goes, or all that stay. ``folded`` ones are hidden until asked for."""

    rows: Sequence[Row]
    folded: bool = False


def notes(cleaned: Cleaned) -> list[Note]:
    """A note for each removal, in order."""
    return [_note(number, removal, cleaned.document.text) for number, removal in enumerate(cleaned.removals, 1)]


def _note(number: int, removal: Removal, text: str) -> Note:
    gone = text[removal.start : removal.end]
    line = _LINE.search(removal.evidence) if removal.category == "duplicate" else None
    return Note(
        number,
        removal.rule,
        removal.category,
        removal.reason,
        "" if removal.evidence == gone.strip() else one_line(removal.evidence, 120),
        certainty(removal),
        addends(removal, most=8),
        int(line[1]) if line else None,
        fingerprint(gone),
    )


def stretches(cleaned: Cleaned, noted: Sequence[Note]) -> Iterator[Stretch]:
    """The document from its first line to its last."""
    kept: list[Row] = []
    is_first = True
    for row in _rows(cleaned, noted):
        if not row.notes and all(piece.note is None for piece in row.pieces):
            kept.append(row)
            continue
        yield from _fold(kept, head=not is_first, tail=True)
        kept, is_first = [], False
        yield Stretch([row])
    yield from _fold(kept, head=not is_first, tail=False)


def _fold(rows: Sequence[Row], *, head: bool, tail: bool) -> Iterator[Stretch]:
    """Rows that stay: those next to a change, and between them the others folded."""
    first = _CONTEXT if head else 0
    last = len(rows) - (_CONTEXT if tail else 0)
    if last - first <= _CONTEXT:
        first = last = len(rows)
    if rows[:first]:
        yield Stretch(rows[:first])
    if rows[first:last]:
        yield Stretch(rows[first:last], folded=True)
    if rows[last:]:
        yield Stretch(rows[last:])


def _rows(cleaned: Cleaned, noted: Sequence[Note]) -> Iterator[Row]:
    """A row a line that is not blank; the lines of a removal of several are one row."""
    number = 0
    pieces: list[Piece] = []  # of the row that is not finished
    for at, line in enumerate(_lines(cleaned, noted), 1):
        runs_on = pieces and line and line[0].note is not None and line[0].note is pieces[-1].note
        if runs_on:
            pieces += [Piece("\n"), *line]
            continue
        if _has_text(pieces):
            yield Row(number, pieces, [piece.note for piece in pieces if piece.note and piece.starts])
        number, pieces = at, line
    if _has_text(pieces):
        yield Row(number, pieces, [piece.note for piece in pieces if piece.note and piece.starts])


def _has_text(pieces: Sequence[Piece]) -> bool:
    return any(piece.starts or piece.text.strip() for piece in pieces)


def _lines(cleaned: Cleaned, noted: Sequence[Note]) -> Iterator[list[Piece]]:
    """The pieces of each line of the text; a removal starts where its first character that is no white space is."""
    text = cleaned.document.text
    line: list[Piece] = []
    at = 0
    for removal, note in zip(cleaned.removals, noted, strict=True):
        yield from _broken(text[at : removal.start], None, line)
        yield from _broken(text[removal.start : removal.end], note, line)
        at = removal.end
    yield from _broken(text[at:], None, line)
    yield line


def _broken(text: str, note: Note | None, line: list[Piece]) -> Iterator[list[Piece]]:
    """Adds the text's lines to ``line``, and yields each that ends in it."""
    starts = note is not None
    if starts and not text.strip():
        line.append(Piece("(white space)", note, starts=True))
        starts = False
    parts = text.split("\n")
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        if part:
            begins = starts and bool(part.strip())
            line.append(Piece(part, note, begins))
            starts = starts and not begins
        if not is_last:
            yield list(line)
            line.clear()
