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
from cleaner.duplicates import Drop, Drops, seen
from cleaner.errors import InputError
from cleaner.files import replace, sync_folder
from cleaner.model import Cleaned, Document
from cleaner.readers.base import Unit
from cleaner.readers.packed import packed
from cleaner.run import Done, End
from cleaner.sources import Source
from cleaner.work import Outcome


@dataclass(slots=True)
class Tally:
    """What became of documents, and characters; by place, with the reason, those that were held, spared or failed.

    Spared is a file that is a copy of another document but is not to be deleted.
    """

    cleaned: int = 0
    unchanged: int = 0
    dropped: int = 0
    characters: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    held: list[tuple[str, str]] = field(default_factory=list)
    spared: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, cleaned: Cleaned) -> None:
        """Counts a document that lost something."""
        self.cleaned += 1
        for removal in cleaned.removals:
            self.removed[removal.category] += removal.end - removal.start

    @property
    def changed(self) -> int:
        """Documents that are not written as they were read."""
        return self.cleaned + self.dropped

    def merge(self, other: Tally) -> None:
        """Takes another's counts over."""
        self.cleaned += other.cleaned
        self.unchanged += other.unchanged
        self.dropped += other.dropped
        self.characters += other.characters
        self.removed += other.removed
        self.held += other.held
        self.spared += other.spared
        self.failed += other.failed


class Writing:
    """Writes the files of one tree: under ``out``, or in place if that is None; without the documents in ``drops``."""

    def __init__(self, out: Path | None, book: ledger.Writer, tally: Tally, drops: Drops | None = None) -> None:
        self.out, self.book, self.tally, self.drops = out, book, tally, drops or {}

    def write(self, source: Source, events: Iterator[Done | End]) -> None:
        """Draws the events and writes the file. What fails is in the tally, never raised."""
        file = _File(self, source)
        try:
            self.book.begin()
            file.write(events)
        except _UnchangedError:
            self.book.roll_back()
            file.tally.unchanged += file.tally.changed
            file.tally.cleaned = file.tally.dropped = 0
            file.tally.removed.clear()
        except InputError as error:
            self.book.roll_back()
            self._fail(source, error.place, error.reason)
            return
        except OSError as error:
            self.book.roll_back()
            self._fail(source, str(file.path), f"cannot be written: {error.strerror or error}")
            return
        except BaseException:
            self.book.roll_back()
            raise
        self.tally.merge(file.tally)

    def _fail(self, source: Source, place: str, reason: str) -> None:
        self.tally.failed.append((place, reason))
        if self.out is not None:
            with contextlib.suppress(OSError):  # a full disk takes no ledger line either; stderr has it
                self.book.begin()
                self.book.add({"document": source.target, "status": "failed", "reason": reason})
                self.book.commit()


class _UnchangedError(Exception):
    """The file stays as it is: nothing goes, or something in it could not be read."""


class _DroppedError(Exception):
    """The file's one document is a copy of another: nothing is written."""


class _SameError(Exception):
    """Nothing goes from the archive: its bytes are copied, not packed again."""


class _File:
    """One file on its way out."""

    def __init__(self, writing: Writing, source: Source) -> None:
        self.book, self.source, self.drops = writing.book, source, writing.drops
        self.tally = Tally()
        self.in_place = writing.out is None
        self.path = source.path if writing.out is None else writing.out / source.target
        self.name = source.relative if self.in_place else source.target
        self.converted = source.reader.output_suffix is not None
        self.packing = "" if self.converted else source.packing
        self.noted = False
        self.is_whole = False  # what was left out was the whole file
        self.before = ""

    def write(self, events: Iterator[Done | End]) -> None:
        """Raises ``InputError``, ``OSError`` and ``_UnchangedError``; the file is then as it was."""
        if not self.in_place:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            status = self.source.path.stat()
        except OSError as error:
            raise InputError(str(self.source.path), f"cannot be read: {error.strerror}") from None
        try:
            replace(self.path, self._closing(packed(self._units(events), self.packing)), status)
        except _SameError:
            replace(self.path, self._copy(), status)
        except _DroppedError:
            self._close_ledger(ledger.ABSENT)
            self.path.unlink(missing_ok=True)  # what an earlier run wrote, under --force
            sync_folder(self.path.parent)

    def _units(self, events: Iterator[Done | End]) -> Iterator[bytes]:
        for event in events:
            if isinstance(event, End):
                if event.error:
                    raise InputError(self.source.place(event.line), event.error)
                self.before = self.before or event.digest
            else:
                yield self._take(event.unit, event.outcome)
        if self.tally.dropped and self.is_whole:
            raise _DroppedError

    def _take(self, unit: Unit, outcome: Outcome) -> bytes:
        self.tally.characters += outcome.characters
        drop = self.drops.get((str(self.source.path), unit.line))
        if drop is not None and outcome.cleaned is not None and drop.seen == seen(unit.raw):
            if not self.in_place or unit.line is not None:
                return self._leave_out(unit, outcome, outcome.cleaned.document, drop)
            self.tally.spared.append((self.source.place(None), f"near copy of {drop.of}"))
        match outcome.status:
            case "failed" if unit.line is None:
                raise InputError(self.source.place(None), outcome.reason)
            case "failed":
                self.tally.failed.append((self.source.place(unit.line), outcome.reason))
            case "held":
                self.tally.held.append((self.source.place(unit.line), outcome.reason))
            case "cleaned" if outcome.cleaned is not None:
                self.tally.add(outcome.cleaned)
                if self.converted:
                    self.before = hashlib.sha256(outcome.cleaned.document.text.encode()).hexdigest()
            case _:
                self.tally.unchanged += 1
        if outcome.status != "unchanged" or self.converted:
            self.noted = True
            self.book.add(ledger.document(self.name, unit.line, outcome))
        return unit.raw if outcome.output is None else outcome.output

    def _leave_out(self, unit: Unit, outcome: Outcome, document: Document, drop: Drop) -> bytes:
        """Nothing in the unit's place; all of it in the ledger."""
        self.is_whole = unit.line is None
        self.noted = True
        self.tally.dropped += 1
        self.tally.removed[ledger.DUPLICATE] += len(document.text)
        if self.converted:
            self.before = hashlib.sha256(document.text.encode()).hexdigest()
        text = document.text if self.is_whole else unit.raw.decode()
        self.book.add(ledger.dropped(self.name, unit.line, outcome, text, drop.of, drop.similarity))
        return b""

    def _closing(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks; after the last, the ledger is closed: it is durable before the file is renamed."""
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
        if self.in_place and (self.tally.failed or not self.tally.changed):
            raise _UnchangedError
        if self.packing and not self.tally.changed:
            raise _SameError
        self._close_ledger(digest.hexdigest())

    def _copy(self) -> Iterator[bytes]:
        with self.source.path.open("rb") as file:
            yield from iter(lambda: file.read(1 << 20), b"")
        self._close_ledger(self.before)

    def _close_ledger(self, after: str) -> None:
        if not self.noted:
            self.book.roll_back()
            return
        if self.tally.changed:
            if self.packing:
                self._keep_original()
            if self.in_place:
                self._check_source()
            self.book.add(ledger.file(self.name, self.before, after))
        self.book.commit()

    def _check_source(self) -> None:
        """What somebody wrote to the file while it was cleaned must not be lost."""
        with self.source.path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != self.before:
                raise InputError(
                    self.source.place(None), "changed while it was cleaned; it is left as it is, run again"
                )

    def _keep_original(self) -> None:
        """Packing again does not give an archive's bytes back, so they are kept beside the ledger."""
        folder = self.book.path.parent / ledger.ORIGINALS
        folder.mkdir(parents=True, exist_ok=True)
        with self.source.path.open("rb") as file:
            replace(folder / self.before, iter(lambda: file.read(1 << 20), b""))
