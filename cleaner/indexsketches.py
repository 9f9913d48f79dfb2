"""Sketches of documents kept in the index, so that copies are found without reading what did not change.

A sketch is that of the cleaned text. That hangs on the document's bytes, on the configuration, which is the index's,
and on the template of its site; so each is stored with a digest of what of that template decides, and counts while file
and template are the same. A run that looks for copies makes what is missing anyway, and leaves it for the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from cleaner.config import Config
from cleaner.dedup.bands import Shape
from cleaner.errors import IndexFileError
from cleaner.index import codec, schema
from cleaner.index.sketches import Noted, from_noted, to_noted
from cleaner.index.store import Store
from cleaner.indexed import checked, is_current, is_like, name_of, path_of
from cleaner.sites.template import MOST, Entry, Table, Template, Templates
from cleaner.sources import Source

#: Bytes of sketches that are written in one transaction, and documents whose band keys are made in one go.
_TOGETHER, _SOME = 1 << 24, 256

Name = TypeVar("Name")


class Sketchbook:
    """The sketches that an index holds of the documents of a run, and those that are added; without an index, none.

    An index that cannot be written, or not now, is only read.
    """

    def __init__(self, store: Store | None, config: Config, stages: Sequence[Templates]) -> None:
        self._store, self._config, self._stages = store, config, stages
        self._bases: dict[str | None, bytes] = {}
        self._writer: Store | None = None
        self._is_writable = store is not None
        self._name: str | None = None
        self._waiting = 0

    def knows(self, source: Source) -> bool:
        """True if the sketches of all documents of the file are there. Raises ``IndexFileError``."""
        if self._store is None:
            return False
        name = name_of(source.path, self._store)
        file = self._store.file(name)
        if file is None or not file.is_sketched or not is_current(file, source):
            return False
        return all(basis == self._basis(site) for site, basis in self._store.bases(name))

    def of(self, source: Source, shape: Shape) -> Iterator[Noted]:
        """The documents of a file that is known. Raises ``IndexFileError``."""
        assert self._store is not None
        rows = iter(self._store.sketches(name_of(source.path, self._store)))
        while some := list(islice(rows, _SOME)):
            yield from to_noted(some, shape)

    def begin(self, source: Source) -> None:
        """Documents that are added from here on are those of this file; they are kept if the index is of it."""
        self._name = None
        if self._store is not None:
            name = name_of(source.path, self._store)
            file = self._store.file(name)
            if file is not None and is_like(file, source):
                self._name = name
                self._write(lambda store: store.begin_sketches(name))

    def add(self, own: Noted) -> None:
        """The next document of the file."""
        if (name := self._name) is not None:
            row = from_noted(own, self._basis(own.site))
            self._write(lambda store: store.put_sketch(name, row))
            self._waiting += own.sketch.shingles.nbytes + own.sketch.signature.nbytes

    def end(self, digest: str) -> None:
        """The end of the file, and the digest of its bytes; empty if not all of its documents could be judged."""
        if (name := self._name) is not None:
            self._write(lambda store: store.end_sketches(name, digest))
        if self._waiting > _TOGETHER:
            self._write(Store.commit)
            self._waiting = 0

    def close(self) -> None:
        """Keeps what was added."""
        if self._writer is not None:
            self._write(Store.commit)
            self._writer.close()

    def _write(self, action: Callable[[Store], None]) -> None:
        if self._store is None or not self._is_writable:
            return
        try:
            if self._writer is None:
                self._writer = Store(self._store.path, schema.open_to_write(self._store.path))
                checked(self._writer, self._config)
            self._writer.begin()
            action(self._writer)
        except (IndexFileError, sqlite3.Error):
            self._is_writable = False
            if self._writer is not None:
                self._writer.close()

    def _basis(self, site: str | None) -> bytes:
        """A digest of what the templates of a site take, whatever they say of it."""
        if site not in self._bases:
            made = blake2b(digest_size=16)
            for stage, templates in enumerate(self._stages):
                if site is not None and site in templates:
                    made.update(stage.to_bytes(1) + codec.from_template(_decisive(templates[site])))
            self._bases[site] = made.digest()
        return self._bases[site]


@contextmanager
def sketchbook(config: Config, stages: Sequence[Templates]) -> Iterator[Sketchbook]:
    """What the index in force knows of documents that are cleaned with these templates. Raises ``IndexFileError``."""
    path = path_of(config)
    if path is None or not path.exists():
        yield Sketchbook(None, config, stages)
        return
    with ExitStack() as stack, Store(path, schema.open_to_read(path)) as store:
        checked(store, config)
        book = Sketchbook(store, config, stages)
        stack.callback(book.close)  # after the reader, so that whoever closes last can clear the log away
        yield book


def _decisive(template: Template) -> Template:
    """The template without what only stands in its evidence: it takes the same, and stays the same from day to day."""
    rounds = (replace(own, head=_table(own.head), tail=_table(own.tail)) for own in template.rounds)
    return replace(template, surveyed=0, rounds=tuple(rounds))


def _table(table: Table) -> Table:
    return replace(table, lines=_entries(table.lines), ends=_entries(table.ends))


def _entries(entries: Mapping[Name, Entry]) -> dict[Name, Entry]:
    bare = {
        name: replace(entry, share=float(entry.share >= MOST), count=0, documents=()) for name, entry in entries.items()
    }
    return dict(sorted(bare.items(), key=lambda item: repr(item[0])))
