"""What is asked of an index, and what is put into it. Whoever writes holds one transaction from begin to commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from cleaner.errors import IndexFileError
from cleaner.index import codec, schema
from cleaner.sites.survey import Survey
from cleaner.sites.template import MOST_STAGES, Template

#: A document's file and line, 0 for a file that is one document.
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was read. ``path`` counts from the index's folder, ``relative`` from its tree.

    ``modified`` is in nanoseconds, 0 if the file was so young that it may have changed since unseen; ``digest`` is
    that of its bytes, empty if it could not be read to its end. ``is_sketched`` if copies of its documents can be found
    without reading it.
    """

    path: str
    relative: str
    site: str | None
    size: int
    modified: int
    digest: str
    documents: int
    is_sketched: bool = False


#: A sketch as it lies in the file: line, site, basis, seen, words, digest, signature, shingles.
SketchRow = tuple[int, bytes | None, bytes, bytes, int, bytes, bytes, bytes]
_SKETCH = "line, site, basis, seen, words, digest, signature, shingles"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A document's survey at a stage, None if it could not be made, and the basis it was made on."""

    document: str
    basis: bytes
    survey: Survey | None


class Store:
    """An open index; as a context, what was written is kept at its end unless an exception ends it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error as other:
            error = error or other
        finally:
            self._connection.close()
        if isinstance(error, sqlite3.Error):
            raise IndexFileError(
                f"index {self.path}: cannot be used: {error}; `cleaner index build INPUT…` makes it anew"
            ) from None

    def begin(self) -> None:
        """Begins to write; waits for another writer. Raises ``IndexFileError`` if that one takes too long."""
        if self._connection.in_transaction:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise IndexFileError(
                f"index {self.path}: cannot be written: {error}; if another run writes it, try again when it is done"
            ) from None

    def clear(self) -> None:
        """Drops all that the index holds."""
        for table in ("header", "file", "document", "survey", "template", "sketch"):
            self._connection.execute(f"DELETE FROM {table}")

    def integrity(self) -> str:
        """What SQLite finds wrong with the file; empty if nothing."""
        return schema.check_integrity(self._connection)

    def check_values(self) -> int:
        """Reads every survey and template; gives how many there are. Raises ``IndexFileError``."""
        count = 0
        for (data,) in self._connection.execute("SELECT survey FROM survey WHERE survey IS NOT NULL"):
            codec.to_survey("", data)
            count += 1
        for (data,) in self._connection.execute("SELECT template FROM template"):
            codec.to_template("", data)
            count += 1
        return count

    # what the index depends on

    def header(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM header"))

    def set_header(self, values: Mapping[str, str]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO header VALUES (?, ?)", values.items())

    # files and documents

    def files(self) -> Iterator[File]:
        """All files, by path."""
        return map(_file, self._connection.execute("SELECT * FROM file ORDER BY path"))

    def file(self, path: str) -> File | None:
        """What is known of a file, if anything."""
        row = self._connection.execute("SELECT * FROM file WHERE path = ?", (_blob(path),)).fetchone()
        return None if row is None else _file(row)

    def sites_of(self, path: str) -> dict[str, int]:
        """The sites that documents of a file are of, and of how many."""
        rows = self._connection.execute("SELECT site, count(*) FROM document WHERE path = ? GROUP BY 1", (_blob(path),))
        return {_text(site): count for site, count in rows}

    def put_file(self, own: File) -> None:
        site = None if own.site is None else _blob(own.site)
        facts = (own.size, own.modified, own.digest, own.documents, own.is_sketched)
        row = (_blob(own.path), _blob(own.relative), site, *facts)
        self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def drop_file(self, path: str) -> set[str]:
        """Forgets a file and its documents; gives the sites those were of."""
        blob = (_blob(path),)
        sites = {_text(site) for (site,) in self._connection.execute("SELECT site FROM document WHERE path = ?", blob)}
        for table in ("file", "document", "survey", "sketch"):
            self._connection.execute(f"DELETE FROM {table} WHERE path = ?", blob)
        return sites

    def put_document(self, place: Place, site: str, rank: bytes, survey: Survey) -> None:
        """A document that has a site, and its survey as it is."""
        path, line = _blob(place[0]), place[1]
        row = (path, line, _blob(survey.document), _blob(site), rank)
        self._connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)", row)
        self.put_survey(place, 0, b"", survey)

    def has(self, site: str, least: int) -> bool:
        """True if the site has so many documents."""
        found = self._connection.execute(
            "SELECT 1 FROM document WHERE site = ? LIMIT 1 OFFSET ?", (_blob(site), least - 1)
        )
        return found.fetchone() is not None

    def totals(self) -> tuple[int, int, int]:
        """Documents, sites, and sites that have a template."""
        (documents,) = self._connection.execute("SELECT coalesce(sum(documents), 0) FROM file").fetchone()
        (sites,) = self._connection.execute("SELECT count(DISTINCT site) FROM document").fetchone()
        (known,) = self._connection.execute("SELECT count(DISTINCT site) FROM template").fetchone()
        return documents, sites, known

    # surveys

    def sample(self, site: str, most: int) -> list[tuple[Place, str]]:
        """Places and ids of the documents of a site that are learned from, those of least rank."""
        rows = self._connection.execute(
            "SELECT path, line, id FROM document WHERE site = ? ORDER BY rank, id DESC, path, line LIMIT ?",
            (_blob(site), most),
        )
        return [((_text(path), line), _text(name)) for path, line, name in rows]

    def survey(self, place: Place, name: str, stage: int) -> Surveyed | None:
        """The survey of a document at a stage; None if it is not known. Raises ``IndexFileError``."""
        row = self._connection.execute(
            "SELECT basis, survey FROM survey WHERE path = ? AND line = ? AND stage = ?",
            (_blob(place[0]), place[1], stage),
        ).fetchone()
        if row is None:
            return None
        return Surveyed(name, row[0], None if row[1] is None else codec.to_survey(name, row[1]))

    def put_survey(self, place: Place, stage: int, basis: bytes, survey: Survey | None) -> None:
        data = None if survey is None else codec.from_survey(survey)
        row = (_blob(place[0]), place[1], stage, basis, data)
        self._connection.execute("INSERT OR REPLACE INTO survey VALUES (?, ?, ?, ?, ?)", row)

    # templates

    def templates(self, site: str) -> dict[int, Template]:
        """The templates of a site by stage; none at a stage where it has none. Raises ``IndexFileError``."""
        rows = self._connection.execute("SELECT stage, template FROM template WHERE site = ?", (_blob(site),))
        found = {stage: codec.to_template(site, data) for stage, data in rows}
        if not found.keys() <= set(range(MOST_STAGES)):
            raise IndexFileError("the stage of a template in the index is damaged")
        return found

    def put_template(self, stage: int, template: Template) -> None:
        row = (_blob(template.site), stage, codec.from_template(template))
        self._connection.execute("INSERT OR REPLACE INTO template VALUES (?, ?, ?)", row)

    def drop_templates(self, sites: Iterable[str]) -> None:
        self._connection.executemany("DELETE FROM template WHERE site = ?", [(_blob(site),) for site in sites])

    # sketches

    def bases(self, path: str) -> list[tuple[str | None, bytes]]:
        """The sites that sketched documents of a file are of, and what of those their sketches hang on."""
        rows = self._connection.execute("SELECT DISTINCT site, basis FROM sketch WHERE path = ?", (_blob(path),))
        return [(None if site is None else _text(site), basis) for site, basis in rows]

    def sketches(self, path: str) -> Iterator[SketchRow]:
        """The sketches of a file's documents, in order."""
        return self._connection.execute(f"SELECT {_SKETCH} FROM sketch WHERE path = ? ORDER BY line", (_blob(path),))

    def some_sketches(self, most: int) -> Iterator[tuple[str, SketchRow]]:
        """So many sketches, others each time, each with its path."""
        rows = self._connection.execute(
            f"SELECT path, {_SKETCH} FROM sketch WHERE rowid IN (SELECT rowid FROM sketch ORDER BY random() LIMIT ?)",
            (most,),
        )
        return ((_text(path), tuple(row)) for path, *row in rows)

    def put_sketch(self, path: str, row: SketchRow) -> None:
        self._connection.execute("INSERT INTO sketch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (_blob(path), *row))

    def begin_sketches(self, path: str) -> None:
        """Forgets the sketches of a file; those that follow count once :meth:`end_sketches` says so."""
        self._connection.execute("SAVEPOINT sketches")
        self._connection.execute("DELETE FROM sketch WHERE path = ?", (_blob(path),))
        self._connection.execute("UPDATE file SET sketched = 0 WHERE path = ?", (_blob(path),))

    def end_sketches(self, path: str, digest: str) -> None:
        """Keeps the sketches of a file if it is still known by this digest, and else what was there."""
        found = self._connection.execute(
            "UPDATE file SET sketched = 1 WHERE path = ? AND digest = ?", (_blob(path), digest)
        )
        if not (digest and found.rowcount):
            self._connection.execute("ROLLBACK TO sketches")
        self._connection.execute("RELEASE sketches")

    def commit(self) -> None:
        """Keeps what was written so far."""
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Ends without keeping what was not."""
        self._connection.close()


def _file(row: Sequence[Any]) -> File:
    path, relative, site, size, modified, digest, documents, is_sketched = row
    own_site = None if site is None else _text(site)
    return File(_text(path), _text(relative), own_site, size, modified, digest, documents, bool(is_sketched))


def _blob(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(blob: bytes) -> str:
    try:
        return blob.decode("utf-8", "surrogatepass")
    except (AttributeError, UnicodeDecodeError):
        raise IndexFileError("a name in the index is damaged") from None
