"""Cleaned files and their ledger → the originals, to the byte.

A file is recognised by the digest of its bytes: the ledger's latest line whose ``after`` it is undoes it, and
after that the line before it, for a file that was cleaned more than once. A file no line knows has changed
since, and is left alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain as joined
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner import ledger
from cleaner.edits import restore
from cleaner.encodings import Encoding
from cleaner.errors import LedgerError
from cleaner.files import replace
from cleaner.readers import for_path
from cleaner.readers.packed import opened, packed

#: An entry of the ledger: a document's or a removal's.
_Entry = Mapping[str, Any]


@dataclass(slots=True)
class Change:
    """One cleaning of one file: its digests and the documents it cut."""

    before: str
    after: str
    documents: list[_Entry]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which removals to undo; empty means all."""

    documents: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def takes(self, document: _Entry, file: str) -> bool:
        """True if the document is to be restored."""
        if not self.documents:
            return True
        return not self.documents.isdisjoint({file, document["document"], document.get("id")})

    def takes_removal(self, removal: _Entry) -> bool:
        """True if the removal is to be undone."""
        if not self.rules and not self.categories:
            return True
        return removal["rule"] in self.rules or removal["category"] in self.categories

    def takes_all_of(self, file: str) -> bool:
        """True if nothing of the file is left out."""
        return not (self.rules or self.categories) and (not self.documents or file in self.documents)


@dataclass(slots=True)
class Report:
    """What a restoration did: files by what became of them."""

    restored: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def restore_tree(tree: Path, choice: Choice) -> Report:
    """Restores what ``choice`` takes in the tree. Raises ``LedgerError`` without a readable ledger."""
    path = ledger.path_in(tree)
    if not path.is_file():
        raise LedgerError(f"{path}: no ledger there; name the folder that `cleaner clean` wrote or cleaned in place")
    report = Report()
    with ledger.Writer(tree, {"restore": True}) as book:
        for name, changes in sorted(changes_of(path).items()):
            if not any(choice.takes(entry, name) for change in changes for entry in change.documents):
                continue
            try:
                done = _restore_file(tree, name, changes, choice, book)
                (report.restored if done else report.already).append(name)
            except (LedgerError, OSError, ValueError, LookupError, TypeError) as error:  # a ledger may hold anything
                report.refused.append((name, str(error)))
    return report


def changes_of(path: Path) -> dict[str, list[Change]]:
    """The changes of each file, oldest first."""
    changes: dict[str, list[Change]] = defaultdict(list)
    documents: list[_Entry] = []
    for entry in ledger.read(path):
        if "file" in entry:
            name = entry["file"]
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                raise LedgerError(f"{path}: file {name!r} lies outside the tree")
            own = [
                document for document in documents if document["document"] in (name, f"{name}:{document.get('line')}")
            ]
            changes[name].append(Change(entry["before"], entry["after"], own))
            documents = []
        elif "document" in entry:
            if entry["status"] in ("cleaned", "dropped") and "removals" in entry:
                documents.append(entry)
        else:
            documents = []
    return changes


def _restore_file(tree: Path, name: str, changes: Sequence[Change], choice: Choice, book: ledger.Writer) -> bool:
    """True if the file was rewritten, False if it already was as wanted."""
    path = tree / name
    is_there = path.is_file()
    if not is_there and all(change.after != ledger.ABSENT for change in changes):
        raise LedgerError("is no longer there")
    if path.resolve() != tree.resolve() / name:
        raise LedgerError("is reached by a symbolic link, which is not followed")
    digest = digest_of(path) if is_there else ledger.ABSENT
    chain = chain_to(digest, changes)
    if not chain:
        if any(digest == change.before for change in changes):
            return False
        raise LedgerError("changed since it was cleaned; it is left as it is")
    if choice.takes_all_of(name):
        for change in chain:
            _write_original(tree, path, change)
        return True
    for change in chain[1:]:
        if any(choice.takes(d, name) and any(map(choice.takes_removal, d["removals"])) for d in change.documents):
            raise LedgerError("was cleaned again since; restore the whole file, then clean it with other rules")
    return _restore_part(tree, name, chain[0], choice, book)


def chain_to(digest: str, changes: Sequence[Change]) -> list[Change]:
    """The changes that led to a file with this digest, latest first."""
    chain: list[Change] = []
    left = list(changes)
    while change := next((change for change in reversed(left) if change.after == digest), None):
        chain.append(change)
        left.remove(change)
        digest = change.before
    return chain


def _write_original(tree: Path, path: Path, change: Change) -> None:
    kept = tree / ledger.FOLDER / ledger.ORIGINALS / change.before
    chunks = _chunks(kept) if kept.is_file() else _undone(path, change, lambda document, removal: True)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, _checked(chunks, change.before), path.stat() if path.exists() else None)


def _restore_part(tree: Path, name: str, change: Change, choice: Choice, book: ledger.Writer) -> bool:
    """Undoes the removals that are taken, and writes down those that are left."""
    path = tree / name

    def takes(document: _Entry, removal: _Entry) -> bool:
        return choice.takes(document, name) and choice.takes_removal(removal)

    left = []
    for document in change.documents:
        kept = [removal for removal in document["removals"] if not takes(document, removal)]
        if kept:
            left.append({**document, "removals": kept})
    if sum(len(d["removals"]) for d in left) == sum(len(d["removals"]) for d in change.documents):
        return False
    if not left:
        _write_original(tree, path, change)
        return True

    def closing() -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in packed(_undone(path, change, takes), _packing(path)):
            digest.update(chunk)
            yield chunk
        for document in left:
            book.add(document)
        book.add(ledger.file(name, change.before, digest.hexdigest()))
        book.commit()

    try:
        book.begin()
        replace(path, closing(), path.stat())
    except BaseException:
        book.roll_back()
        raise
    return True


def _undone(path: Path, change: Change, takes: Callable[[_Entry, _Entry], bool]) -> Iterator[bytes]:
    """The file's unpacked bytes with the removals that ``takes`` accepts put back."""
    entries = {document.get("line"): document for document in change.documents}
    if change.after == ledger.ABSENT:
        yield _unit(b"", entries[None], takes)
        return
    out = {line for line, document in entries.items() if document["status"] == "dropped"}
    with path.open("rb") as file:
        stream = opened(file, _packing(path))
        if None in entries:
            yield _unit(stream.read(), entries[None], takes)
            return
        line = 1  # as the original counts them
        for raw in joined(stream, [b""]):
            while line in out:
                yield _unit(b"", entries[line], takes)
                line += 1
            yield _unit(raw, entries[line], takes) if line in entries and raw else raw
            line += 1


def _unit(raw: bytes, document: _Entry, takes: Callable[[_Entry, _Entry], bool]) -> bytes:
    name, mark = document.get("encoding", ("utf-8", ""))
    encoding = Encoding(name, bytes.fromhex(mark))
    text = raw[len(encoding.mark) :].decode(encoding.name)
    cuts: list[tuple[int, str]] = []
    gone = 0  # characters of earlier removals that stay out
    for removal in document["removals"]:
        start, cut = removal.get("source") or (removal["start"], removal["text"])
        if takes(document, removal):
            cuts.append((start - gone, cut))
        else:
            gone += len(cut)
    return encoding.encode(restore(text, cuts))


def _packing(path: Path) -> str:
    kind = for_path(path)
    return kind[1] if kind else ""


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(1 << 20), b"")


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _checked(chunks: Iterator[bytes], wanted: str) -> Iterator[bytes]:
    """The chunks; raises ``LedgerError`` before the file is replaced if they are not the original."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != wanted:
        raise LedgerError("the ledger does not give the original's bytes back; it is left as it is")
