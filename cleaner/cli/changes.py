"""``--since``: the files that changed since a revision, and the findings that stand in changed lines of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.readers import for_path
from cleaner.reports.findings import Found
from cleaner.repository import changed
from cleaner.sources import Source


class Changes:
    """What git has as changed since a revision. Raises ``UsageError`` if it cannot tell."""

    def __init__(self, rev: str) -> None:
        files = {path: own for path, own in changed(rev).items() if not path.is_symlink()}
        self._of = {os.path.realpath(path): own for path, own in files.items()}

    def files(self, inputs: Sequence[Path]) -> list[Path]:
        """Those of the inputs that changed, folders taken apart, and what is not there, for others to say so."""
        chosen: list[Path] = []
        for given in inputs or [Path()]:
            if given.is_dir():
                chosen += self._below(given)
            elif os.path.realpath(given) in self._of or not given.exists():
                chosen.append(given)
        return chosen

    def _below(self, folder: Path) -> Iterator[Path]:
        """The changed files in a folder that have a reader."""
        full = Path(os.path.realpath(folder))
        for path in sorted(map(Path, self._of)):
            if full in path.parents and path.is_file() and for_path(path):
                yield folder / path.relative_to(full)

    def among(self, source: Source, found: Sequence[Found]) -> list[Found]:
        """The findings of a changed file that touch its changed lines; of an archive's lines git knows nothing."""
        stretches = self._of.get(os.path.realpath(source.path))
        if stretches is None or source.packing:
            return list(found)
        return [one for one in found if any(one.line <= last and first <= one.end_line for first, last in stretches)]
