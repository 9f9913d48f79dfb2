"""The file of decisions: what people said of removals, as ``cleaner review`` writes it and a person may edit it.

Sorted, a table a decision, so that two people's decisions merge in git. Beside it lie the labels that are drawn from
it, JSON Lines in the form of labelled pages. Docs: docs/reports.md.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

from cleaner.errors import ConfigError
from cleaner.files import replace as write
from cleaner.fingerprint import DIGITS, fingerprint
from cleaner.judgements import Choice, Judgements
from cleaner.reports.safe import visible

#: Raised when a field changes its meaning or goes.
VERSION = 1
#: What is drawn from ``cleaner.decisions.toml`` has its name up to the first dot, and this.
_LABELS = ".labels.jsonl"
#: A removal whose sum is under this was in doubt: accepting it says something a fit can learn from.
DOUBTFUL = 8.0

_HEAD = (
    "# What people decided about removals: written by `cleaner review`, heeded by clean, diff and check.\n"
    f"version = {VERSION}\n"
)


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision. Without a ``fingerprint``, for which a file may give a ``text``, it is about all the rule names.

    ``text``, ``score`` (None: the removal was certain) and ``place`` say what was looked at; ``example`` makes the
    text a keep example of the rule, which ``cleaner rules test`` then holds it to.
    """

    rule: str
    verdict: Choice
    fingerprint: str = ""
    text: str = ""
    score: float | None = None
    place: str = ""
    example: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.fingerprint


def load(path: Path) -> list[Decided]:
    """The decisions of a file, none if there is no such file. Raises ``ConfigError``."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or not TOML
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    if table.get("version") != VERSION:
        raise ConfigError(f"{path}: version: found {table.get('version')!r}; this version of cleaner reads {VERSION}")
    entries = table.get("decision", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: decision: found {entries!r}; allowed are [[decision]] tables")
    return [_decided(entry, f"{path}: decision {number}") for number, entry in enumerate(entries, 1)]


_KINDS: dict[str, type | tuple[type, ...]] = {
    "rule": str, "verdict": str, "fingerprint": str, "text": str, "score": (int, float), "place": str, "example": bool,
}  # fmt: skip


def _decided(entry: Any, place: str) -> Decided:
    if not isinstance(entry, dict) or not {"rule", "verdict"} <= entry.keys():
        raise ConfigError(f"{place}: rule and verdict are needed")
    for key, value in entry.items():
        if key not in _KINDS:
            raise ConfigError(f"{place}: unknown key {key!r}; allowed: {', '.join(_KINDS)}")
        if not isinstance(value, _KINDS[key]):
            raise ConfigError(f"{place}: {key}: found {value!r}")
    if entry["verdict"] not in get_args(Choice):
        raise ConfigError(f"{place}: verdict: found {entry['verdict']!r}; allowed: {' | '.join(get_args(Choice))}")
    if len(entry.get("fingerprint", "")) not in (0, DIGITS):
        raise ConfigError(f"{place}: fingerprint: found {entry['fingerprint']!r}; allowed: {DIGITS} digits, or none")
    own = Decided(**entry)
    return replace(own, fingerprint=own.fingerprint or (fingerprint(own.text) if own.text else ""))


def judgements(decided: Iterable[Decided]) -> Judgements:
    """The decisions as the cleaning heeds them."""
    decided = list(decided)
    return Judgements(
        {own.key: own.verdict for own in decided if own.fingerprint},
        {own.rule: own.verdict for own in decided if not own.fingerprint},
    )


def dump(decided: Iterable[Decided]) -> str:
    """The text of a file of decisions."""
    return _HEAD + "".join(map(_table, sorted(decided, key=lambda own: own.key)))


def _table(own: Decided) -> str:
    rows = ["\n[[decision]]"]
    for entry in fields(own):
        value = getattr(own, entry.name)
        if value is None or value is False or value == "":
            continue
        # in visible text nothing but line ends needs an escape, and a JSON string is a TOML string
        shown = visible(value) if isinstance(value, str) else value
        rows.append(f"{entry.name} = {json.dumps(shown, ensure_ascii=False)}")
    return "\n".join(rows) + "\n"


def labels(decided: Iterable[Decided]) -> str:
    """What a fit can learn: kept texts, and those that went rightly though there was doubt. JSON Lines.

    Each is a page of one block: its ``text``, and as ``main_content`` what of it should be left.
    """
    rows = [
        {
            "id": f"{own.rule} {own.fingerprint}",
            "text": own.text,
            "main_content": own.text if own.verdict == "keep" else "",
            "label": own.verdict,
            "score": own.score,
        }
        for own in sorted(decided, key=lambda own: own.key)
        if own.text and (own.verdict == "keep" or (own.score is not None and own.score < DOUBTFUL))
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def change(path: Path, put: Iterable[Decided] = (), drop: Iterable[tuple[str, str]] = ()) -> list[Decided]:
    """Adds decisions, in place of others about the same, and takes some back; the file is the old or the new one.

    What somebody else wrote to the file meanwhile stays. Raises ``ConfigError`` and ``OSError``.
    """
    entries: Mapping[tuple[str, str], Decided] = {own.key: own for own in load(path)}
    entries = {**entries, **{own.key: own for own in put}}
    gone = set(drop)
    left = [own for key, own in entries.items() if key not in gone]
    write(path, [dump(left).encode()])
    write(labels_path(path), [labels(left).encode("utf-8", "backslashreplace")])
    return left


def labels_path(path: Path) -> Path:
    """Where the labels of a file of decisions lie: ``cleaner.labels.jsonl`` beside ``cleaner.decisions.toml``."""
    return path.with_name(path.name.split(".")[0] + _LABELS)
