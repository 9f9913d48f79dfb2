"""Surveys and templates as bytes: JSON under zlib, looked over when read. Never pickle, which runs what it reads."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from cleaner.errors import IndexFileError
from cleaner.sites.near import Near
from cleaner.sites.slots import End
from cleaner.sites.survey import KEEP, Survey
from cleaner.sites.template import Entry, Round, Table, Template
from cleaner.sites.walk import Context, Numbered, Way

#: Bytes that a value may unpack to: a template of 2,000 pages takes about one in a hundred of it.
_MOST_BYTES = 1 << 28
_LEVEL = 6

_ENDS = ("begins", "ends")


def from_survey(survey: Survey) -> bytes:
    """The keys of a survey."""
    return _packed(survey.keys)


def to_survey(document: str, data: bytes) -> Survey:
    """The survey of which these are the keys. Raises ``IndexFileError``."""
    keys = _unpacked(data)
    if not isinstance(keys, list) or len(keys) > 2 * KEEP + 1 or not all(_is_key(key) for key in keys):
        raise _damaged("a survey")
    return Survey(document, tuple(keys))


def from_template(template: Template) -> bytes:
    """The rounds of a template, and how many documents it was learned from."""
    return _packed({"surveyed": template.surveyed, "rounds": [_round(own) for own in template.rounds]})


def to_template(site: str, data: bytes) -> Template:
    """The template of a site. Raises ``IndexFileError``."""
    table = _unpacked(data)
    try:
        return Template(site, _number(table["surveyed"]), tuple(_to_round(own) for own in table["rounds"]))
    except (KeyError, TypeError, ValueError):
        raise _damaged("a template") from None


def _round(own: Round) -> dict[str, Any]:
    context = own.context
    return {
        "head": _table(own.head),
        "tail": _table(own.tail),
        "context": [sorted(names) for names in (context.lines, context.first, context.last)],
        "near": own.near.wordings,
    }


def _to_round(data: Mapping[str, Any]) -> Round:
    lines, first, last = (frozenset(_strings(names)) for names in data["context"])
    near = Near(tuple(_strings(data["near"])))
    return Round(_to_table(data["head"]), _to_table(data["tail"]), Context(lines, first, last), near)


def _table(table: Table) -> dict[str, Any]:
    return {
        "lines": [[*line, *_entry(entry)] for line, entry in table.lines.items()],
        "ends": [[kind, words, *_entry(entry)] for (kind, words), entry in table.ends.items()],
    }


def _to_table(data: Mapping[str, Any]) -> Table:
    lines: dict[Numbered, Entry] = {}
    ends: dict[End, Entry] = {}
    for text, number, *entry in data["lines"]:
        lines[_string(text), _number(number)] = _to_entry(*entry)
    for kind, words, *entry in data["ends"]:
        ends[_ENDS[_ENDS.index(kind)], tuple(_strings(words))] = _to_entry(*entry)  # type: ignore[index]
    return Table(lines, ends)


def _entry(entry: Entry) -> list[Any]:
    return [entry.share, sorted(entry.ways), entry.count, entry.documents]


def _to_entry(share: Any, ways: Any, count: Any, documents: Any) -> Entry:
    if not isinstance(share, float) or not 0 <= share <= 1:
        raise ValueError
    return Entry(share, frozenset(Way(way) for way in ways), _number(count), tuple(_strings(documents)))


def _is_key(key: Any) -> bool:
    return key is None or isinstance(key, str)


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _strings(values: Iterable[Any]) -> list[str]:
    return [_string(value) for value in values]


def _number(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError
    return value


def _packed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), _LEVEL)


def _unpacked(data: bytes) -> Any:
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(data, _MOST_BYTES)
        if not reader.eof:
            raise _damaged("a value")
        return json.loads(text)
    except (zlib.error, ValueError, TypeError, RecursionError):
        raise _damaged("a value") from None


def _damaged(what: str) -> IndexFileError:
    return IndexFileError(f"{what} in the index is damaged")
