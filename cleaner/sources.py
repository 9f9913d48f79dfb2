"""Inputs → the files to read, in a stable order, each with its reader and its place in the output tree."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.config import Config
from cleaner.errors import UsageError
from cleaner.model import Media
from cleaner.readers import SUFFIXES, for_path
from cleaner.readers.base import Reader

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Folders that never hold documents of a corpus.
_NEVER = (".git", ".cleaner")


@dataclass(frozen=True, slots=True)
class Source:
    """A file: where it is, the tree it belongs to, its path in that tree and in the output, with ``/``."""

    path: Path
    root: Path
    relative: str
    target: str
    reader: Reader
    packing: str
    size: int
    site: str | None = None

    def place(self, line: int | None) -> str:
        """``path`` or ``path:line``, as a person would type it."""
        return str(self.path) if line is None else f"{self.path}:{line}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that is not read, and why. ``error`` if somebody should look at it."""

    place: str
    reason: str
    error: bool = True


@dataclass(slots=True)
class Inputs:
    """What was found: files sorted by target, and what was passed over."""

    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def discover(inputs: Sequence[Path], config: Config) -> Inputs:
    """The files under the inputs, each once, and what was passed over."""
    found = Inputs()
    chosen = Chosen(config)
    alone = len(inputs) == 1
    for given in inputs:
        if given.is_dir():
            prefix = "" if alone else f"{given.resolve().name}/"
            for path in _walk(given, given, chosen, found):
                _add(found, chosen, path, given, path.relative_to(given).as_posix(), prefix, named=False)
        elif not os.path.lexists(given):
            found.skipped.append(Skipped(str(given), "no such file or folder"))
        else:
            root = Path() if _is_below(given, Path.cwd()) else given.parent
            relative = os.path.relpath(given, root).replace(os.sep, "/")
            _add(found, chosen, given, root, relative, None, named=True)
    found.sources = _unique(found.sources)
    found.skipped.sort(key=lambda skipped: skipped.place)
    return found


def _unique(sources: Sequence[Source]) -> list[Source]:
    """Sorted, and of a file that was found twice the one from the larger tree, whatever the order of the inputs."""
    sources = sorted(sources, key=lambda source: (-len(source.relative), source.target, source.path))
    unique = {os.path.abspath(source.path): source for source in reversed(sources)}  # noqa: PTH100
    return sorted(unique.values(), key=lambda source: (source.target, source.path))


def _walk(folder: Path, top: Path, chosen: Chosen, found: Inputs) -> Iterator[Path]:
    """Files below a folder. Links and special files are passed over and noted."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        found.skipped.append(Skipped(str(folder), f"cannot be listed: {error.strerror}"))
        return
    for entry in entries:
        path = Path(entry.path)
        if chosen.excludes(path, path.relative_to(top).as_posix(), is_folder=entry.is_dir(follow_symlinks=False)):
            continue
        if entry.is_symlink():
            if for_path(path) or path.is_dir():
                found.skipped.append(Skipped(str(path), "a symbolic link, which is not followed", error=False))
        elif entry.is_dir():
            if entry.name not in _NEVER:
                yield from _walk(path, top, chosen, found)
        elif entry.is_file():
            yield path
        elif for_path(path):
            found.skipped.append(Skipped(str(path), "neither a file nor a folder", error=False))


def _add(
    found: Inputs, chosen: Chosen, path: Path, root: Path, relative: str, prefix: str | None, *, named: bool
) -> None:
    if not chosen.includes(path, relative) or not set(_NEVER).isdisjoint(Path(relative).parts):
        return
    kind = for_path(path)
    if kind is None:
        if named:
            allowed = ", ".join(SUFFIXES)
            found.skipped.append(Skipped(str(path), f"no reader for it; allowed: {allowed}, each also .gz or .zst"))
        return
    try:
        status = path.lstat()
    except OSError as error:
        found.skipped.append(Skipped(str(path), f"cannot be read: {error.strerror}"))
        return
    if not stat.S_ISREG(status.st_mode):
        what = "a symbolic link, which is not followed" if stat.S_ISLNK(status.st_mode) else "not a regular file"
        found.skipped.append(Skipped(str(path), what))
        return
    reader, packing = kind
    place = path.name if prefix is None else prefix + relative
    target = _target(place, reader, packing, chosen.html_format)
    site = chosen.site(path, relative)
    found.sources.append(Source(path, root, relative, target, reader, packing, status.st_size, site))


def _target(place: str, reader: Reader, packing: str, html_format: Media) -> str:
    if reader.output_suffix is None:
        return place
    bare = place[: len(place) - len(packing)]
    return bare[: bare.rindex(".")] + (".md" if html_format == "markdown" else reader.output_suffix)


def refuse_collisions(sources: Sequence[Source]) -> None:
    """Raises ``UsageError`` if two of the sources, sorted as they are, would be written to one place."""
    for one, other in pairwise(sources):
        if one.target == other.target:
            raise UsageError(
                f"{one.path} and {other.path} would both be written to {one.target}; "
                "clean them in two runs, or rename one"
            )


def _is_below(path: Path, folder: Path) -> bool:
    return folder in Path(os.path.abspath(path)).parents  # noqa: PTH100  # links stay as they are


class Chosen:
    """include, exclude and sites of a configuration, as gitignore patterns over paths from its folder."""

    def __init__(self, config: Config) -> None:
        self._base = config.base.resolve() if config.base != Path() else Path.cwd()
        self.html_format = config.html_format
        self._include = _spec(config.include) if config.include else None
        self._exclude = _spec(config.exclude) if config.exclude else None
        self._sites = [(_spec([pattern]), site) for pattern, site in config.sites.items()]

    def _names(self, path: Path, relative: str) -> str:
        full = os.path.abspath(path)  # noqa: PTH100
        try:
            name = Path(full).relative_to(self._base).as_posix()
        except ValueError:
            name = relative
        return os.fsencode(name).decode("utf-8", "replace")  # what matches patterns takes no other bytes

    def includes(self, path: Path, relative: str) -> bool:
        name = self._names(path, relative)
        if self._include is not None and not self._include.match_file(name):
            return False
        return self._exclude is None or not self._exclude.match_file(name)

    def excludes(self, path: Path, relative: str, *, is_folder: bool) -> bool:
        return self._exclude is not None and self._exclude.match_file(self._names(path, relative) + "/" * is_folder)

    def site(self, path: Path, relative: str) -> str | None:
        name = self._names(path, relative)
        return next((site for spec, site in self._sites if spec.match_file(name)), None)


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # a hook without patterns need not wait for it

    return GitIgnoreSpec.from_lines(patterns)
