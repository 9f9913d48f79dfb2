"""JSON Lines: a line is a record with a document in one field. Only that value's bytes ever change.

The value is edited as it stands in the line, escapes and all: dumping the record again would change escapes,
duplicate keys and large numbers.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, BinaryIO

from cleaner.edits import Span
from cleaner.encodings import Encoding
from cleaner.errors import InputError
from cleaner.model import Document
from cleaner.readers.base import Fields, Loaded, Unit, host

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
#: A field whose value is a string without escapes but of slashes. Quotes inside a text are escaped, so none is there.
_STRING_FIELD = re.compile(rb'(?<!\\)"(\w+)"[ \t]*:[ \t]*"((?:[^"\\]|\\/){1,2000})"')
#: Numbers stay strings where nothing reads them: Python refuses to make an int of thousands of digits.
_DECODER = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) <= 20 else digits)


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A reader for files of one record a line."""

    name: str = "jsonl"
    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    output_suffix: str | None = None
    says_site: bool = True

    def units(self, stream: BinaryIO, most: int) -> Iterator[tuple[int | None, bytes]]:
        """The lines, with their ends."""
        yield from enumerate(iter(lambda: stream.readline(most + 1), b""), 1)

    def sites(self, raw: bytes, fields: Fields) -> list[str]:
        """What stands in fields of the record, or of what is nested in it, that are named so."""
        found = []
        for name, value in _STRING_FIELD.findall(raw):
            if name == b"site":
                found.append(value.decode("utf-8", "replace"))
            elif name.decode("utf-8", "replace") == fields.url and (
                own := host(value.replace(b"\\/", b"/").decode("utf-8", "replace"))
            ):
                found.append(own)
        return found

    def load(self, unit: Unit, fields: Fields) -> Loaded | None:
        """The record's document; None for a blank line or a null text. Raises ``InputError``."""
        try:
            line = unit.raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(unit.place, f"byte {error.start} of the line is not valid UTF-8") from None
        if not line.strip("\ufeff \t\r\n"):
            return None
        record, literals = _parse(line, unit.place)
        if fields.text not in record:
            names = ", ".join(list(record)[:12]) or "none"
            raise InputError(unit.place, f"no field {fields.text!r}; the record has: {names} (see --text-field)")
        text = record[fields.text]
        if text is None:
            return None
        if not isinstance(text, str):
            raise InputError(
                unit.place, f"field {fields.text!r} holds {type(text).__name__}; allowed is a string or null"
            )
        start, end = literals[fields.text]
        document = _document(unit, record, text, fields)
        return Loaded(
            document, line, Encoding(), lambda spans: _in_literal(line[start + 1 : end - 1], start + 1, spans)
        )


JSONL = JsonLines()


def _document(unit: Unit, record: dict[str, Any], text: str, fields: Fields) -> Document:
    own_id, url, site = record.get(fields.id), record.get(fields.url), record.get("site")
    url = url if isinstance(url, str) else None
    if not isinstance(site, str):
        site = unit.site or host(url)
    metadata = {"id": str(own_id)} if isinstance(own_id, str | int) else {}
    return Document(unit.place, text, "text", url, site, metadata)


def _parse(line: str, place: str) -> tuple[dict[str, Any], dict[str, Span]]:
    """The record, and where each value's literal stands; of a key that stands twice the last counts."""
    at = _skip(line, 1 if line.startswith("\ufeff") else 0)
    if line[at : at + 1] != "{":
        found = line[at : at + 30].strip()
        raise InputError(place, f"found {found!r}; allowed is a JSON object a line")
    record: dict[str, Any] = {}
    literals: dict[str, Span] = {}
    try:
        at = _skip(line, at + 1)
        while line[at] != "}":
            key, at = scanstring(line, at + 1) if line[at] == '"' else _fail(line, at, "a key in double quotes")
            at = _skip(line, at)
            at = _skip(line, at + 1) if line[at] == ":" else _fail(line, at, "a colon")
            record[key], end = _DECODER.raw_decode(line, at)
            literals[key] = at, end
            at = _skip(line, end)
            if line[at] == ",":
                at = _skip(line, at + 1)
                if line[at] != '"':
                    _fail(line, at, "another key")
            elif line[at] != "}":
                _fail(line, at, "a comma or the end of the object")
        if _skip(line, at + 1) != len(line):
            _fail(line, _skip(line, at + 1), "the end of the line")
    except json.JSONDecodeError as error:
        raise InputError(place, f"not valid JSON: {error.msg}, column {error.pos + 1}") from None
    except (IndexError, StopIteration):
        raise InputError(place, "not valid JSON: the line ends inside the object") from None
    except RecursionError:
        raise InputError(place, "JSON nested too deeply") from None
    return record, literals


def _fail(line: str, at: int, wanted: str) -> Any:
    raise json.JSONDecodeError(f"found {line[at : at + 12].strip()!r} where {wanted} should be", line, at)


def _skip(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    return match.end() if match else at


def _in_literal(literal: str, offset: int, spans: Sequence[Span]) -> list[Span]:
    """Spans of the decoded string as spans of its literal, which begins at ``offset`` of the line."""
    ends, gained, total = [], [0], 0  # decoded places from which the literal runs ahead, and by how much
    for escape in _ESCAPE.finditer(literal):
        total += escape.end() - escape.start() - 1
        ends.append(escape.end() - total)
        gained.append(total)

    def place(at: int) -> int:
        return offset + at + gained[bisect_right(ends, at)]

    return [(place(start), place(end)) for start, end in spans]
