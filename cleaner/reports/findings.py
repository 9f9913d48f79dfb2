"""The findings of ``cleaner check``: one line each for hooks and annotations, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from cleaner.model import Cleaned
from cleaner.reports.lines import first_character, line_numbers
from cleaner.reports.safe import one_line, visible

#: Raised when a field of the JSON form changes its meaning or goes.
VERSION = 1

_TEXT = 80


@dataclass(frozen=True, slots=True)
class Found:
    """A removal as ``cleaner check`` reports it: the lines ``line`` to ``end_line`` of ``path``."""

    path: str
    line: int
    end_line: int
    rule: str
    category: str
    reason: str
    score: float
    certain: bool
    text: str


def findings(path: str, line: int | None, cleaned: Cleaned) -> Iterator[Found]:
    """The findings of a document; ``line`` is its line where a file holds many."""
    if cleaned.held:
        return
    text = cleaned.document.text
    number = line_numbers(text)
    for removal in cleaned.removals:
        gone = text[removal.start : removal.end]
        first = first_character(removal, text)
        last = max(first, removal.start + len(gone.rstrip()) - 1)
        yield Found(
            path,
            line or number(first),
            line or number(last),
            removal.rule,
            removal.category,
            removal.reason,
            round(removal.score, 3),
            removal.certain,
            gone.strip(),
        )


def as_text(found: Sequence[Found]) -> str:
    """``path:line: category/rule: reason: "text"``, a line a finding."""
    return "\n".join(map(_text, found))


def _text(found: Found) -> str:
    why = f"{found.rule}: {visible(found.reason)}"
    return f'{one_line(found.path, 1000)}:{found.line}: {why}: "{one_line(found.text, _TEXT)}"'


def as_github(found: Sequence[Found]) -> str:
    """Warnings that GitHub shows beside the lines."""
    return "\n".join(map(_github, found))


def _github(found: Found) -> str:
    message = _escaped(f'{visible(found.reason)}: "{one_line(found.text, _TEXT)}"')
    path, title = _escaped(visible(found.path), property_=True), _escaped(found.rule, property_=True)
    lines = f"line={found.line},endLine={found.end_line}"
    return f"::warning file={path},{lines},title={title}::{message}"


def as_json(found: Sequence[Found]) -> str:
    """One object; a line a finding, so that two outputs can be compared by lines."""
    rows = ",\n ".join(json.dumps(asdict(own), ensure_ascii=True) for own in found)
    return f'{{"version": {VERSION}, "findings": [{rows}]}}'


def _escaped(text: str, *, property_: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
