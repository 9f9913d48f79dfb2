"""One line a finding, for hooks and annotations: plain text, JSON, and GitHub's workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from cleaner.model import Cleaned
from cleaner.reports.safe import one_line, visible
from cleaner.reports.terminal import line_numbers

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
    text: str


def findings(path: str, line: int | None, cleaned: Cleaned) -> Iterator[Found]:
    """The findings of a document; ``line`` is its line where a file holds many."""
    if cleaned.held:
        return
    text = cleaned.document.text
    number = line_numbers(text)
    for removal in cleaned.removals:
        gone = text[removal.start : removal.end]
        first = min(removal.start + len(gone) - len(gone.lstrip()), removal.end - 1)
        last = max(first, removal.start + len(gone.rstrip()) - 1)
        yield Found(
            path,
            line or number(first),
            line or number(last),
            removal.rule,
            removal.category,
            removal.reason,
            round(removal.score, 3),
            gone.strip(),
        )


def as_text(found: Found) -> str:
    """``path:line: category/rule: reason``"""
    why = f"{found.rule}: {visible(found.reason)}"
    return f'{one_line(found.path, 1000)}:{found.line}: {why}: "{one_line(found.text, _TEXT)}"'


def as_github(found: Found) -> str:
    """A warning that GitHub shows beside the line."""
    message = _escaped(f'{visible(found.reason)}: "{one_line(found.text, _TEXT)}"')
    path, title = _escaped(visible(found.path), property_=True), _escaped(found.rule, property_=True)
    return f"::warning file={path},line={found.line},title={title}::{message}"


def as_json(found: Found) -> str:
    """An object."""
    return json.dumps(asdict(found), ensure_ascii=True)


def _escaped(text: str, *, property_: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
