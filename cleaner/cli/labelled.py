"""Files of labelled pages: a JSON object a line, plain or packed; as they stand, and as pages to fit on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.cli.common import complain
from cleaner.errors import InputError, UsageError
from cleaner.evaluation import Gold
from cleaner.fit.forms import Labelled
from cleaner.model import Document
from cleaner.readers.base import Fields, Unit, host
from cleaner.readers.html import HTML
from cleaner.readers.packed import PACKINGS, CorruptArchiveError, opened

#: Second-level names under which a country's sites are registered.
_SECOND = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_HTML = "html"


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file with their lines. Raises ``UsageError``."""
    packing = path.suffix if path.suffix in PACKINGS else ""
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(opened(file, packing), 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("allowed is a JSON object a line")
                    yield number, row
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, CorruptArchiveError) as error:
        raise UsageError(f"{path}:{number + (number == 0)}: {error}") from None


@dataclass(frozen=True)
class Row:
    """A labelled page as it stands in its file."""

    place: str
    gold: Gold
    record: dict[str, Any]

    @property
    def group(self) -> str:
        """The site."""
        return _registered(host(self.record.get("url")) or str(self.record.get("site", self.place)))


def pages_of(
    path: Path, fields: Sequence[str], content_field: str = "main_content", html_files: Sequence[Path] = ()
) -> tuple[list[Labelled], list[Labelled]]:
    """The texts of a file to fit on, and the web pages of others, of which labels may stand in the first.

    Raises ``UsageError`` for a record that is not labelled; web pages that cannot be read are said and left out.
    """
    rows = list(_labelled(path, content_field, {}))
    known = {row.gold.id: row for row in rows}
    web = [page for own in html_files for page in _web_pages(own, known, content_field)]
    return [_texts(row, fields) for row in rows], web


def _labelled(path: Path, content_field: str, known: Mapping[str, Row]) -> Iterator[Row]:
    for line, record in rows_of(path):
        place = f"{path}:{line}"
        before = known.get(str(record.get("id")))
        own = {"id": place, **(before.record if before else {}), **record}
        try:
            yield Row(place, Gold.of({**own, "main_content": own.get(content_field)}), own)
        except ValueError as error:
            raise UsageError(f"{place}: {error}".replace("main_content", content_field)) from None


def _texts(row: Row, fields: Sequence[str]) -> Labelled:
    if row.gold.content is None:
        raise UsageError(f"{row.place}: snippets only; texts need their content, web pages (--html) do not")
    documents = {field: Document(row.gold.id, str(row.record.get(field) or "")) for field in fields}
    return Labelled(row.group, documents, row.gold)


def _web_pages(path: Path, known: Mapping[str, Row], content_field: str) -> Iterator[Labelled]:
    for row in _labelled(path, content_field, known):
        source = row.record.get(_HTML)
        if not isinstance(source, str):
            raise UsageError(f"{row.place}: field 'html': found {type(source).__name__}, allowed is text")
        try:
            loaded = HTML.load(Unit(HTML.name, row.gold.id, source.encode("utf-8", "surrogatepass")), Fields())
        except InputError as error:
            complain(row.place, f"left out: {error.reason}")
            continue
        if loaded is not None:
            yield Labelled(row.group, {_HTML: loaded.document}, row.gold)


def _registered(name: str) -> str:
    """The registered part of a host's name: the last two labels, three under ``co.uk`` and its like."""
    labels = name.split(".")
    return ".".join(labels[-3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else -2 :])
