"""What a cleaned tree's ledger says of its documents, put together with the files: the same as a run would show.

The text is made from the cleaned file and what the ledger has of each cut, as for :mod:`cleaner.restoring`, so the
tree alone is enough. A file that has changed since is named, and not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cleaner import ledger
from cleaner.config import Config
from cleaner.edits import restore
from cleaner.errors import InputError
from cleaner.model import Cleaned, Document, Removal, Term
from cleaner.readers.base import Unit
from cleaner.readers.packed import CorruptArchiveError, opened
from cleaner.reporting import Seen, site_of
from cleaner.restoring import chain_to, changes_of, digest_of
from cleaner.sources import Source, discover

_Entry = Mapping[str, Any]

_UNFIT = "its ledger does not fit it"


def has_ledger(tree: Path) -> bool:
    """True if the folder was written or cleaned in place by ``cleaner clean``."""
    return ledger.path_in(tree).is_file()


def documents(tree: Path, config: Config) -> Iterator[Seen]:
    """The tree's documents in the order of their files; files that were left out come last. Raises ``LedgerError``."""
    book = ledger.path_in(tree)
    cleaned, left = changes_of(book), _left(book)
    for source in discover([tree], config).sources:
        known = cleaned.get(source.relative, [])
        try:
            chain = chain_to(digest_of(source.path), known)
            if known and not chain:
                yield Seen(str(source.path), reason="changed since it was cleaned")
                continue
            entries = {entry.get("line"): entry for entry in left.get(source.relative, [])}
            entries |= {entry.get("line"): entry for entry in chain[0].documents} if chain else {}
            yield from _file(source, entries, config)
        except (OSError, CorruptArchiveError) as error:
            yield Seen(str(source.path), reason=f"cannot be read: {error}")
    for name, changes in sorted(cleaned.items()):
        if changes[-1].after == ledger.ABSENT and not (tree / name).exists():
            yield from (_dropped(str(tree / name), name, entry) for entry in changes[-1].documents)


def _file(source: Source, entries: Mapping[int | None, _Entry], config: Config) -> Iterator[Seen]:
    """The file's documents, those that were left out of it in their places; lines are the original's."""
    most = int(config.megabytes_per_document * 1_000_000)
    out = {line: entry for line, entry in entries.items() if line and entry["status"] == "dropped"}
    gone = 0
    with source.path.open("rb") as file:
        for at, raw in source.reader.units(opened(file, source.packing), most):
            line = at and at + gone
            while line and line in out:
                yield _dropped(source.place(line), source.relative, out.pop(line))
                gone, line = gone + 1, line + 1
            unit = Unit(source.reader.name, source.relative, raw, line, source.site)
            try:
                if (loaded := source.reader.load(unit, config.fields)) is not None:
                    yield _seen(source.place(line), source.relative, loaded.document, entries.get(line))
            except InputError as error:
                yield Seen(source.place(line), reason=error.reason)
            except (ValueError, LookupError, TypeError):  # a ledger may hold anything
                yield Seen(source.place(line), reason=_UNFIT)
    yield from (_dropped(source.place(own), source.relative, entry) for own, entry in sorted(out.items()))


def _dropped(place: str, relative: str, entry: _Entry) -> Seen:
    """A document that was left out as a whole: the ledger has all of it."""
    try:
        (removal,) = map(_removal, entry["removals"])
        document = Document(place, entry["removals"][0]["text"])
    except (ValueError, LookupError, TypeError):
        return Seen(place, reason=_UNFIT)
    return Seen(place, len(document.text), site_of(None, relative), cleaned=Cleaned(document, "", (removal,)))


def _left(book: Path) -> dict[str, list[_Entry]]:
    """Documents that were held or failed, by file: what the latest run said of them."""
    found: dict[str, list[_Entry]] = {}
    for entry in ledger.read(book):
        if entry.get("status") in ("held", "failed"):
            name = entry["document"].removesuffix(f":{entry.get('line')}")
            found[name] = [own for own in found.get(name, []) if own.get("line") != entry.get("line")] + [entry]
    return found


def _seen(place: str, relative: str, document: Document, entry: _Entry | None) -> Seen:
    site = site_of(document.site, relative)
    if entry is None or "removals" not in entry:
        return Seen(place, len(document.text), site, str(entry.get("reason", "")) if entry is not None else "")
    held = str(entry["reason"]) if entry["status"] == "held" else ""
    text = document.text if held else restore(document.text, [(own["start"], own["text"]) for own in entry["removals"]])
    cleaned = Cleaned(replace(document, text=text), document.text, tuple(map(_removal, entry["removals"])), held=held)
    return Seen(place, len(text), site, cleaned=cleaned)


def _removal(entry: _Entry) -> Removal:
    start = entry["start"]
    terms = tuple(Term(str(name), float(weight)) for name, weight in entry.get("terms", []))
    return Removal(
        start,
        start + len(entry["text"]),
        entry["rule"],
        entry["category"],
        str(entry.get("reason", "")),
        float(entry.get("score", 0.0)),
        terms,
        str(entry.get("evidence", "")),
        bool(entry.get("certain", False)),
    )
