"""The ledger: a JSON Lines file from which a run is explained and undone.

Three kinds of line: a ``run`` (what cleaned), a ``document`` that lost something or was held or failed, and,
closing the documents before it, a ``file`` with the digests of its bytes before and after. A file's lines are
durable before the file itself is replaced. Lines are only ever added; the latest ``file`` line whose ``after``
is a file's digest is the one that undoes it. Docs: docs/ledger.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleaner.errors import LedgerError
from cleaner.files import sync_folder
from cleaner.model import Removal
from cleaner.reports.safe import two_places
from cleaner.work import Outcome

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

#: Where a tree keeps it.
FOLDER, NAME = ".cleaner", "ledger.jsonl"
#: Copies of archives that were rewritten, since packing again does not give their bytes back.
ORIGINALS = "originals"

FORMAT = 1

#: The rule under which a document goes that is a near copy of another.
DUPLICATE, DROPPED = "duplicate", "duplicate/document"
#: ``after`` of a file that was not written.
ABSENT = ""

#: Keys without which a line of each kind, and a removal, cannot be used.
_KEYS: dict[str, dict[str, type]] = {
    "run": {},
    "file": {"file": str, "before": str, "after": str},
    "document": {"document": str, "status": str},
}
_REMOVAL: dict[str, type] = {"start": int, "text": str, "rule": str, "category": str}

#: Bytes of one file's lines that are held before they are written.
_PENDING = 1 << 22


def path_in(tree: Path) -> Path:
    """The ledger's path in a tree."""
    return tree / FOLDER / NAME


class Writer:
    """Adds to a tree's ledger, a file at a time: ``begin``, ``add`` …, then ``commit`` or ``roll_back``.

    Nothing is made or locked before there is something to write; from then to the end the ledger is locked, so
    that several processes may write to one tree. A run's line stands before its first lines, and again wherever
    another process wrote in between.
    """

    def __init__(self, tree: Path, run: Mapping[str, Any]) -> None:
        self.path = path_in(tree)
        self._run = dump({"run": FORMAT, **run})
        self._pending = bytearray()
        self._handle = -1
        self._is_locked = False
        self._start = 0
        self._end = -1  # where the lines committed last ended

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._handle >= 0:
            os.close(self._handle)

    def begin(self) -> None:
        """Starts on a file's lines."""
        self._pending = bytearray()

    def _lock(self) -> None:
        if self._is_locked:
            return
        if self._handle < 0:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            sync_folder(self.path.parent)
            sync_folder(self.path.parent.parent)
        if fcntl is not None:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        self._is_locked = True
        self._start = self._last_line_end()
        if self._start != self._end:
            self._pending[:0] = self._run

    def add(self, entry: Mapping[str, Any]) -> None:
        """Adds a line. Raises ``OSError``."""
        self._pending += dump(entry)
        if len(self._pending) > _PENDING:
            self._write()

    def commit(self) -> None:
        """Makes the lines durable. Raises ``OSError``, and then none of them is there."""
        try:
            self._write()
            os.fsync(self._handle)
        except OSError:
            self.roll_back()
            raise
        self._end = os.lseek(self._handle, 0, os.SEEK_CUR)
        self._unlock()

    def roll_back(self) -> None:
        """Takes back all lines since ``begin`` that are not committed."""
        self._pending = bytearray()
        if self._is_locked:
            os.ftruncate(self._handle, self._start)
            self._unlock()

    def _write(self) -> None:
        self._lock()
        while self._pending:
            del self._pending[: os.write(self._handle, self._pending)]

    def _last_line_end(self) -> int:
        """Where to write: at the end, less a line that a killed run left unfinished."""
        end = os.lseek(self._handle, 0, os.SEEK_END)
        while end and os.pread(self._handle, 1, end - 1) != b"\n":
            end -= 1
        os.ftruncate(self._handle, end)
        return os.lseek(self._handle, end, os.SEEK_SET)

    def _unlock(self) -> None:
        self._is_locked = False
        if fcntl is not None:
            fcntl.flock(self._handle, fcntl.LOCK_UN)


def dump(entry: Mapping[str, Any]) -> bytes:
    """An entry as a line; lone surrogates are escaped, since UTF-8 has no form for them."""
    try:
        return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(entry, separators=(",", ":")).encode() + b"\n"


def document(file: str, line: int | None, outcome: Outcome) -> dict[str, Any]:
    """The entry of a document that lost something, was held, failed, or came with metadata of its own."""
    entry: dict[str, Any] = {"document": file if line is None else f"{file}:{line}", "status": outcome.status}
    if line is not None:
        entry["line"] = line
    if outcome.cleaned is not None:
        known = dict(outcome.cleaned.document.metadata)
        if "id" in known:
            entry["id"] = known.pop("id")
        if known:
            entry["metadata"] = known
        entry["characters"] = len(outcome.cleaned.document.text)
    if outcome.reason:
        entry["reason"] = outcome.reason
    if outcome.encoding not in (None, ("utf-8", "")):
        entry["encoding"] = outcome.encoding
    if outcome.cleaned is not None and outcome.cleaned.removals:
        text = outcome.cleaned.document.text
        sources = outcome.sources or [None] * len(outcome.cleaned.removals)
        entry["removals"] = [
            removal(own, text[own.start : own.end], source)
            for own, source in zip(outcome.cleaned.removals, sources, strict=True)
        ]
    return entry


def dropped(
    file: str, line: int | None, outcome: Outcome, unit: str, copy_of: str, similarity: float
) -> dict[str, Any]:
    """The entry of a document that is left out as a whole; ``unit`` is what stood in the file, as text."""
    note = f"near copy of {copy_of}, Jaccard {two_places(similarity)}"
    entry = document(file, line, replace(outcome, status="dropped", reason=note))
    entry.pop("removals", None)  # the cuts in it: all of it goes
    entry |= {"copy_of": copy_of, "similarity": round(similarity, 6)}
    text = outcome.cleaned.document.text if outcome.cleaned is not None else unit
    own = Removal(0, len(text), DROPPED, DUPLICATE, "near copy of another document", 0.0, evidence=note)
    entry["removals"] = [removal(own, text, None if text == unit else (0, unit))]
    return entry


def file(name: str, before: str, after: str) -> dict[str, Any]:
    """The entry that closes a file's documents: digests of its bytes before and after."""
    return {"file": name, "before": before, "after": after}


def removal(own: Removal, text: str, source: tuple[int, str] | None) -> dict[str, Any]:
    """A removal's entry; ``source`` is where and how it stood in a record's line."""
    entry: dict[str, Any] = {
        "start": own.start,
        "end": own.end,
        "text": text,
        "rule": own.rule,
        "category": own.category,
        "reason": own.reason,
        "score": round(own.score, 3),
        "terms": [[term.name, round(term.weight, 3)] for term in own.terms],
    }
    if own.evidence:
        entry["evidence"] = own.evidence
    if own.certain:
        entry["certain"] = True
    if source is not None:
        entry["source"] = source
    return entry


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The ledger's entries. Raises ``LedgerError`` for a damaged line, ``OSError`` if it cannot be read.

    A last line that was not finished belongs to a run that was killed before it changed anything.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            try:
                entry = json.loads(line)
            except ValueError as error:
                raise LedgerError(f"{path}:{number}: not a ledger line: {error}") from None
            if not isinstance(entry, dict):
                raise LedgerError(f"{path}:{number}: found {type(entry).__name__}, a ledger line is an object")
            if entry.get("run", FORMAT) != FORMAT:
                raise LedgerError(f"{path}:{number}: format {entry['run']}; this version reads format {FORMAT}")
            if wrong := _wrong(entry):
                raise LedgerError(f"{path}:{number}: {wrong}; the ledger is damaged")
            yield entry


def _wrong(entry: Mapping[str, Any]) -> str:
    """What keeps an entry from being used, if anything does."""
    kind = next((kind for kind in _KEYS if kind in entry), None)
    if kind is None or (missing := _missing(entry, _KEYS[kind])):
        return f"{missing} is missing or of the wrong kind" if kind else "neither a run, a document nor a file"
    removals = entry.get("removals", [])
    if not isinstance(removals, list) or not all(isinstance(own, dict) for own in removals):
        return "removals is not a list of objects"
    return next((f"{key} of a removal is missing" for own in removals if (key := _missing(own, _REMOVAL))), "")


def _missing(entry: Mapping[str, Any], keys: Mapping[str, type]) -> str:
    return next((key for key, kind in keys.items() if not isinstance(entry.get(key), kind)), "")
