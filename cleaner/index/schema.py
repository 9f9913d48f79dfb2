"""The file of an index: its tables, how it is opened, and what is refused.

A hostile SQLite file may hold triggers that run on our writes and views in place of tables. So before anything else is
asked, the schema must be ours to the letter. https://www.sqlite.org/security.html
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from cleaner.errors import IndexFileError

#: Raised when a table changes its meaning.
VERSION = 2
#: Seconds a writer waits for another to be done.
BUSY = 30.0

_MAGIC = b"SQLite format 3\0"

#: Texts are blobs, in UTF-8 with surrogates let through: paths and ids may hold what SQLite's own text cannot.
#: ``survey`` is that of the document at a stage; its ``basis`` says what had been cut before. ``rank`` orders a site's
#: documents for its sample. ``sketched`` is 1 if all documents of the file that have words have a ``sketch``, which is
#: of the cleaned text: its ``basis`` says what of the site's template it hangs on, ``seen`` is a digest of the bytes.
_TABLES = (
    "CREATE TABLE header (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE file (path BLOB PRIMARY KEY, relative BLOB NOT NULL, site BLOB, size INTEGER NOT NULL,"
    " modified INTEGER NOT NULL, digest TEXT NOT NULL, documents INTEGER NOT NULL, sketched INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE document (path BLOB NOT NULL, line INTEGER NOT NULL, id BLOB NOT NULL, site BLOB NOT NULL,"
    " rank BLOB NOT NULL, PRIMARY KEY (path, line)) WITHOUT ROWID",
    "CREATE INDEX document_by_site ON document (site, rank, id DESC)",
    "CREATE TABLE survey (path BLOB NOT NULL, line INTEGER NOT NULL, stage INTEGER NOT NULL, basis BLOB NOT NULL,"
    " survey BLOB, PRIMARY KEY (path, line, stage)) WITHOUT ROWID",
    "CREATE TABLE template (site BLOB NOT NULL, stage INTEGER NOT NULL, template BLOB NOT NULL,"
    " PRIMARY KEY (site, stage)) WITHOUT ROWID",
    "CREATE TABLE sketch (path BLOB NOT NULL, line INTEGER NOT NULL, site BLOB, basis BLOB NOT NULL,"
    " seen BLOB NOT NULL, words INTEGER NOT NULL, digest BLOB NOT NULL, signature BLOB NOT NULL,"
    " shingles BLOB NOT NULL, PRIMARY KEY (path, line))",
)

T = TypeVar("T")


def create(path: Path) -> sqlite3.Connection:
    """A new, empty index. Raises ``IndexFileError``."""
    return _guarded(path, lambda: _created(path))


def open_to_write(path: Path) -> sqlite3.Connection:
    """An index to be changed. Raises ``IndexFileError``."""
    return _opened(path, "rw")


def open_to_read(path: Path) -> sqlite3.Connection:
    """An index to be looked at, which may lie where nothing can be written. Raises ``IndexFileError``."""
    # where nobody can write, nobody does, nor can the file be made that readers of a log share
    is_fixed = not os.access(path.parent, os.W_OK) and not _has_log(path)
    connection = _opened(path, "ro&immutable=1" if is_fixed else "ro")
    connection.execute("BEGIN")  # all that is asked is of one state, whoever writes meanwhile
    return connection


def check_integrity(connection: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file; empty if nothing."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else str(found)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _created(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        connection.execute(table)
    return connection


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    def connected() -> sqlite3.Connection:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise _refused(path, "is no SQLite database")
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", timeout=BUSY, isolation_level=None, uri=True
        )
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            if _schema(connection) != _expected():
                raise _refused(path, "holds other tables than an index of this version")
        except BaseException:
            connection.close()
            raise
        return connection

    return _guarded(path, connected)


def _guarded(path: Path, action: Callable[[], T]) -> T:
    try:
        return action()
    except sqlite3.Error as error:
        raise _refused(path, f"cannot be used: {error}") from None


def _refused(path: Path, what: str) -> IndexFileError:
    return IndexFileError(f"index {path}: {what}; `cleaner index build INPUT…` makes it anew, --no-index does without")


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name, type").fetchall()


@cache
def _expected() -> list[tuple[str, str, str, str]]:
    connection = sqlite3.connect(":memory:")
    for table in _TABLES:
        connection.execute(table)
    try:
        return _schema(connection)
    finally:
        connection.close()
