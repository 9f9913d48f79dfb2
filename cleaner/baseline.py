"""The baseline: findings that a corpus had when its hook was turned on, and that ``cleaner check`` passes over.

TOML, sorted, an entry a line, so that branches which add or drop different entries merge in git. An entry is a rule and
the fingerprint of the text it found, with the beginning of that text for people to read. Docs: docs/git.md.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cleaner.errors import ConfigError
from cleaner.files import replace
from cleaner.fingerprint import DIGITS, Key, fingerprint
from cleaner.reports.findings import Found
from cleaner.reports.safe import one_line

#: Raised when an entry changes its meaning.
VERSION = 1
#: Characters of a text that are shown.
_TEXT = 60

_HEAD = (
    "# Findings that `cleaner check` passes over, each a rule, a fingerprint of what it found, and how that begins.\n"
    "# Written by `cleaner baseline`; `cleaner baseline --prune` drops what is found no more.\n"
    f"version = {VERSION}\n"
)


def key(found: Found) -> Key:
    """What a finding is remembered by."""
    return found.rule, fingerprint(found.text)


def entries(found: Iterable[Found]) -> dict[Key, str]:
    """The findings as entries: how the text of each begins, by its key."""
    return {key(own): one_line(own.text, _TEXT) for own in found}


def load(path: Path) -> dict[Key, str]:
    """The entries of a baseline; none if there is no such file. Raises ``ConfigError``."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or not TOML
        raise ConfigError(f"{path}: cannot be read: {error}; merge it by hand, or run `cleaner baseline`") from None
    if table.get("version") != VERSION:
        raise ConfigError(f"{path}: version: found {table.get('version')!r}; this version of cleaner reads {VERSION}")
    rows = table.get("findings", [])
    if not isinstance(rows, list):
        raise ConfigError(f"{path}: findings: found {rows!r}; allowed is a list of entries")
    for row in rows:
        if not _is_entry(row):
            raise ConfigError(f"{path}: findings: found {row!r}; allowed: [rule, fingerprint, beginning of the text]")
    return {(rule, mark): text for rule, mark, text in rows}


def _is_entry(row: Any) -> bool:
    return (
        isinstance(row, list) and len(row) == 3 and all(isinstance(cell, str) for cell in row) and len(row[1]) == DIGITS
    )


def save(path: Path, known: Mapping[Key, str]) -> None:
    """Writes the baseline; the file is the old one or the new one. Raises ``OSError``."""
    rows = "".join(f"  {json.dumps([*own, text], ensure_ascii=False)},\n" for own, text in sorted(known.items()))
    replace(path, [f"{_HEAD}findings = [\n{rows}]\n".encode()])
