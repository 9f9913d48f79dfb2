"""The pages of one document: what stays, what goes, and why, in as many parts as its size asks for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.model import Cleaned
from cleaner.reports.html import render
from cleaner.reports.html.rows import Note, Stretch, notes, stretches

#: Characters of text on one page, and removals: more are split, so that a page is ready at once.
_PAGE, _MOST = 200_000, 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into the report: where it came from, the name of its page, and what its pages show."""

    place: str
    page: str
    cleaned: Cleaned
    notes: Sequence[Note]
    parts: Sequence[Sequence[Stretch]]


def entry(place: str, cleaned: Cleaned) -> Entry:
    """The document's entry. The page's name is a hash: what a place is called never becomes a path."""
    digest = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()
    noted = notes(cleaned)
    return Entry(place, digest[:20], cleaned, noted, list(_parts(stretches(cleaned, noted))))


def pages(own: Entry, before: Entry | None, after: Entry | None, *, review: bool) -> Iterator[tuple[str, str]]:
    """Name and text of the document's pages; ``before`` and ``after`` are the documents to go to from here."""
    cleaned = own.cleaned
    gone = sum(removal.end - removal.start for removal in cleaned.removals)
    names = [file(own, number) for number in range(1, len(own.parts) + 1)]
    lines = _anchored(own.notes)
    counts = Counter(note.category for note in own.notes)
    for number, part in enumerate(own.parts):
        text = render(
            "document.html",
            root="../",
            review=review,
            title=own.place,
            entry=own,
            gone=gone,
            share=gone / max(1, len(cleaned.document.text)),
            categories=sorted(counts.items()),
            part=number,
            names=names,
            stretches=part,
            lines=lines,
            before=file(before) if before else None,
            after=file(after) if after else None,
        )
        yield names[number], text


def file(own: Entry, part: int = 1) -> str:
    """The file of a page of the document, in the folder of pages."""
    return f"{own.page}.html" if part == 1 else f"{own.page}-{part}.html"


def _anchored(noted: Sequence[Note]) -> frozenset[int]:
    """Lines that a note points at."""
    return frozenset(note.line for note in noted if note.line is not None)


def _parts(rows: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    part: list[Stretch] = []
    size = count = 0
    for stretch in rows:
        own = sum(row.size for row in stretch.rows)
        if part and (size + own > _PAGE or count >= _MOST):
            yield part
            part, size, count = [], 0, 0
        part.append(stretch)
        size += own
        count += sum(len(row.notes) for row in stretch.rows)
    yield part


def page_of(own: Entry) -> dict[int, str]:
    """For each removal, by number, the file of the page it is on."""
    found: dict[int, str] = {}
    for part, rows in enumerate(own.parts, 1):
        for stretch in rows:
            for row in stretch.rows:
                found.update((note.number, file(own, part)) for note in row.notes)
    return found
