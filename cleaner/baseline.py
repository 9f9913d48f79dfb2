"""The baseline: findings that a corpus had when its hook was turned on, and that ``cleaner check`` passes over.

JSON, sorted, an entry a line, each line with its comma, so that branches which add or drop different entries merge in
git. (TOML would read as well, and takes ten times as long.) An entry is a file, a rule and the fingerprint of the text
it found, with the beginning of that text for people to read. A line's number is none of it, so edits above do not
matter; and the entries of a file that is gone count for any other, so that files may move. Docs: docs/git.md.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.detectors.learned import NAME as LEARNED
from cleaner.errors import ConfigError
from cleaner.files import replace
from cleaner.fingerprint import DIGITS, Key, fingerprint
from cleaner.reports.findings import Found
from cleaner.reports.safe import one_line

#: Raised when an entry changes its meaning.
VERSION = 1
#: Characters of a text that are shown.
_TEXT = 60


class Entry(NamedTuple):
    """A finding of a file, whose path counts from the baseline's folder."""

    file: str
    rule: str
    fingerprint: str

    @property
    def key(self) -> Key:
        return self.rule, self.fingerprint


@dataclass(frozen=True)
class Baseline:
    """The entries of the file ``path``, each with the beginning of its text."""

    path: Path
    entries: Mapping[Entry, str]

    def entry(self, found: Found) -> Entry:
        """What a finding is remembered as."""
        file = os.path.relpath(found.path, self.path.parent).replace(os.sep, "/")
        return Entry(file, found.rule, fingerprint(found.text))

    def knows(self, entry: Entry) -> bool:
        """True if the finding was there before, in this file or in one that is gone.

        What the learned score adds to a sum changes with its weights and the page around, and so does which rule leads.
        So a text of the file that went by it is known under any rule, and one that went by a rule is known by it.
        """
        if entry in self.entries or entry.key in self._moved:
            return True
        rules = self._rules.get((entry.file, entry.fingerprint), ())
        return LEARNED in rules or (entry.rule == LEARNED and bool(rules))

    @cached_property
    def _rules(self) -> Mapping[tuple[str, str], set[str]]:
        """The rules under which each text of a file is known."""
        rules: dict[tuple[str, str], set[str]] = {}
        for entry in self.entries:
            rules.setdefault((entry.file, entry.fingerprint), set()).add(entry.rule)
        return rules

    @cached_property
    def _moved(self) -> frozenset[Key]:
        gone = {file for file in {entry.file for entry in self.entries} if not os.path.lexists(self.path.parent / file)}
        return frozenset(entry.key for entry in self.entries if entry.file in gone)

    def with_today(self, found: Iterable[Found], *, prune: bool) -> Baseline:
        """The baseline of today's findings: all of them, or when pruning those that were known, under today's names.

        Without pruning, known findings that are gone stay, but for those that moved.
        """
        today = {self.entry(own): one_line(own.text, _TEXT) for own in found}
        if prune:
            return Baseline(self.path, {own: text for own, text in today.items() if self.knows(own)})
        moved = self._moved & {own.key for own in today}
        stay = {
            own: text
            for own, text in self.entries.items()
            if own.key not in moved or os.path.lexists(self.path.parent / own.file)
        }
        return Baseline(self.path, stay | today)

    def save(self) -> None:
        """Writes the file; it is the old one or the new one. Raises ``OSError``."""
        rows = (json.dumps([*own, text], ensure_ascii=False) for own, text in sorted(self.entries.items()))
        lines = "".join(f"{row},\n" for row in rows)
        head = f'{{"version": {VERSION}, "about": "written by `cleaner baseline`", "findings": [\n'
        replace(self.path, [f"{head}{lines}null]}}\n".encode("utf-8", "surrogateescape")])


def load(path: Path) -> Baseline:
    """The baseline of a file, empty if there is none. Raises ``ConfigError``."""
    try:
        table = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
    except FileNotFoundError:
        return Baseline(path, {})
    except (OSError, ValueError) as error:  # ValueError: not JSON, for one after a merge that stopped
        raise ConfigError(f"{path}: cannot be read: {error}; merge it by hand, or write it anew") from None
    found = table.get("version") if isinstance(table, dict) else table
    if found != VERSION:
        raise ConfigError(f"{path}: version: found {found!r}; this version of cleaner reads {VERSION}")
    rows = table.get("findings")
    if not isinstance(rows, list):
        raise ConfigError(f"{path}: findings: found {rows!r}; allowed is a list of entries")
    for row in rows:
        if row is not None and not _is_entry(row):
            raise ConfigError(f"{path}: findings: found {row!r}; allowed: [file, rule, fingerprint, beginning]")
    return Baseline(path, {Entry(*row[:3]): row[3] for row in rows if row is not None})


def _is_entry(row: Any) -> bool:
    is_strings = isinstance(row, list) and len(row) == 4 and all(isinstance(cell, str) for cell in row)
    return is_strings and len(row[2]) == DIGITS
