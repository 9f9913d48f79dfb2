"""Outcomes of a file → the file written, its ledger lines durable first.

With an output folder every readable file is written there: documents that failed within it pass through to the
byte. In place, a file is replaced only if something goes and everything in it could be read.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cleaner import ledger
from cleaner.errors import InputError
from cleaner.files import replace
from cleaner.model import Cleaned
from cleaner.readers.base import Unit
from cleaner.readers.packed import packed
from cleaner.run import Done, End
from cleaner.sources import Source
from cleaner.work import Outcome


@dataclass(slots=True)
class Tally:
    """What a run did, in documents and characters."""

    documents: int = 0
    cleaned: int = 0
    characters: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    held: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, cleaned: Cleaned) -> None:
        """Counts a document that lost something."""
        self.cleaned += 1
        for removal in cleaned.removals:
            self.removed[removal.category] += removal.end - removal.start


class Writing:
    """Writes the files of one tree: under ``out``, or in place if that is None."""

    def __init__(self, out: Path | None, book: ledger.Writer, tally: Tally) -> None:
        self.out, self.book, self.tally = out, book, tally

    def write(self, source: Source, events: Iterator[Done | End]) -> None:
        """Draws the events to their end and writes the file. What fails is in the tally, never raised."""
        file = _File(self, source)
        try:
            self.book.begin()
            file.write(events)
        except _UnchangedError:
            self.book.roll_back()
        except InputError as error:
            self.book.roll_back()
            self._fail(source, error.place, error.reason)
        except OSError as error:
            self.book.roll_back()
            self._fail(source, str(file.path), f"cannot be written: {error.strerror or error}")
        finally:
            for _ in events:
                pass

    def _fail(self, source: Source, place: str, reason: str) -> None:
        self.tally.failed.append((place, reason))
        if self.out is not None:
            with contextlib.suppress(OSError):  # a full disk takes no ledger line either; stderr has it
                self.book.begin()
                self.book.add({"document": source.target, "status": "failed", "reason": reason})
                self.book.commit()


class _UnchangedError(Exception):
    """The file stays as it is: nothing goes, or something in it could not be read."""


class _SameError(Exception):
    """Nothing goes from the archive: its bytes are copied, not packed again."""


class _File:
    """One file on its way out."""

    def __init__(self, writing: Writing, source: Source) -> None:
        self.book, self.tally, self.source = writing.book, writing.tally, source
        self.in_place = writing.out is None
        self.path = source.path if writing.out is None else writing.out / source.target
        self.name = source.relative if self.in_place else source.target
        self.converted = source.reader.output_suffix is not None
        self.changed = self.failed = self.noted = False
        self.before = ""

    def write(self, events: Iterator[Done | End]) -> None:
        """Raises ``InputError``, ``OSError`` and ``_UnchangedError``; the file is then as it was."""
        if not self.in_place:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        status = self.source.path.stat()
        try:
            replace(self.path, self._closing(packed(self._units(events), self.source.packing)), status)
        except _SameError:
            replace(self.path, self._copy(), status)

    def _units(self, events: Iterator[Done | End]) -> Iterator[bytes]:
        for event in events:
            if isinstance(event, End):
                if event.error:
                    raise InputError(self.source.relative, event.error)
                self.before = self.before or event.digest
            else:
                yield self._take(event.unit, event.outcome)

    def _take(self, unit: Unit, outcome: Outcome) -> bytes:
        self.tally.documents += 1
        self.tally.characters += outcome.characters
        match outcome.status:
            case "failed" if unit.line is None:
                raise InputError(unit.place, outcome.reason)
            case "failed":
                self.failed = True
                self.tally.failed.append((unit.place, outcome.reason))
            case "held":
                self.tally.held.append((unit.place, outcome.reason))
            case "cleaned" if outcome.cleaned is not None:
                self.changed = True
                self.tally.add(outcome.cleaned)
                if self.converted:
                    self.before = hashlib.sha256(outcome.cleaned.document.text.encode()).hexdigest()
        if outcome.status != "unchanged":
            self.noted = True
            self.book.add(ledger.document(self.name, unit.line, outcome))
        return unit.raw if outcome.output is None else outcome.output

    def _closing(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks; after the last, the ledger is closed: it is durable before the file is renamed."""
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
        if self.in_place and (self.failed or not self.changed):
            raise _UnchangedError
        if self.source.packing and not self.changed and not self.converted:
            raise _SameError
        self._close_ledger(digest.hexdigest())

    def _copy(self) -> Iterator[bytes]:
        with self.source.path.open("rb") as file:
            while chunk := file.read(1 << 20):
                yield chunk
        self._close_ledger(self.before)

    def _close_ledger(self, after: str) -> None:
        if not self.noted:
            self.book.roll_back()
            return
        if self.changed:
            if self.source.packing and not self.converted:
                self._keep_original()
            self.book.add({"file": self.name, "reader": self.source.reader.name, "before": self.before, "after": after})
        self.book.commit()

    def _keep_original(self) -> None:
        """Packing again does not give an archive's bytes back, so they are kept beside the ledger."""
        folder = self.book.path.parent / ledger.ORIGINALS
        folder.mkdir(parents=True, exist_ok=True)
        with self.source.path.open("rb") as file:
            replace(folder / self.before, iter(lambda: file.read(1 << 20), b""))
