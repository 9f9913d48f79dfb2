"""The file of an index made and replaced, and the files of a corpus beside what the index knows of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cleaner.config import Config
from cleaner.errors import IndexFileError
from cleaner.files import sync_folder
from cleaner.index import schema
from cleaner.index.store import Store
from cleaner.indexed import differs, digest_of, name_of, settings
from cleaner.sources import Source

#: What SQLite keeps beside a file that has a log.
_LOGS = ("-wal", "-shm")


@contextmanager
def build_in(path: Path, config: Config) -> Iterator[Store]:
    """An empty index at ``path`` to be filled, which is there at the end of the context; until then, what was.

    Raises ``IndexFileError`` and ``OSError``.
    """
    _make_folder(path)
    if _is_sound(path):
        with Store(path, schema.open_to_write(path)) as store:
            store.begin()
            store.clear()
            store.set_header(settings(config))
            yield store
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    _unlink(temporary, "", *_LOGS)
    try:
        with Store(temporary, schema.create(temporary)) as store:
            store.set_header(settings(config))
            yield store
        _unlink(path, *_LOGS)  # of the file that is replaced; they are no part of the new one
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        _unlink(temporary, "", *_LOGS)


def _is_sound(path: Path) -> bool:
    """True if there is an index that can be written over: others may be at work with it."""
    if not path.exists():
        return False
    try:
        with Store(path, schema.open_to_read(path)) as store:
            return not store.integrity()
    except IndexFileError:
        return False


def _unlink(path: Path, *suffixes: str) -> None:
    for suffix in suffixes:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _make_folder(path: Path) -> None:
    """The folder of an index; git is told to leave the index alone, but not the ledgers that may stand beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ignored = path.parent / ".gitignore"
    if path.parent.name == ".cleaner" and not ignored.exists():
        ignored.write_text(f"/.gitignore\n/{path.name}*\n", "utf-8")


def roots_of(store: Store, more: Sequence[Path]) -> list[Path]:
    """What the index is of and is still there, from where we are, with what is to be added.

    Raises ``IndexFileError``.
    """
    try:
        known = [store.path.parent / name for name in json.loads(store.header().get("roots", "[]"))]
    except (TypeError, ValueError):
        raise IndexFileError(f"index {store.path}: what it is of is damaged") from None
    known = [Path(os.path.relpath(path)) for path in known if os.path.lexists(path)]
    held = [path.absolute() for path in known]
    return [*known, *(path for path in more if not any(_is_in(path, root) for root in held))]


def _is_in(path: Path, root: Path) -> bool:
    full = Path(os.path.abspath(path))  # noqa: PTH100  # links stay as they are
    return full == root or root in full.parents


def differences(store: Store, sources: Sequence[Source], *, by_digest: bool) -> list[tuple[str, str]]:
    """How the files differ from what the index knows, each with its path; by size and time, or by digest."""
    known = {file.path: file for file in store.files()}
    found: list[tuple[str, str]] = []
    for source in sources:
        file = known.pop(name_of(source.path, store), None)
        if file is None:
            found.append(("new", str(source.path)))
        elif (by_digest or differs(file, source)) and digest_of(source.path) != file.digest:
            found.append(("changed", str(source.path)))
    gone = (os.path.relpath(store.path.parent / path) for path in known)
    return [*found, *(("gone", path) for path in sorted(gone))]
