"""What a reader is, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from cleaner.edits import Span, apply
from cleaner.encodings import Encoding
from cleaner.model import Document, Media


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record that hold its text, its id and its URL; and what pages are turned into."""

    text: str = "text"
    id: str = "id"
    url: str = "url"
    html_format: Media = "text"


@dataclass(frozen=True, slots=True)
class Unit:
    """The bytes of one document as they stand in its file; the units of a file joined are the file.

    ``path`` is relative to its tree, with ``/``; ``line`` counts from 1 where a file holds many documents;
    ``site`` is what configuration or the folder says.
    """

    reader: str
    path: str
    raw: bytes
    line: int | None = None
    site: str | None = None

    @property
    def place(self) -> str:
        """``path`` or ``path:line``, for messages."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document and the way back to bytes.

    ``source`` is the unit as text, ``encoding`` writes it, and ``spans`` gives for spans of the document's
    text those of the source; None if they are the same. ``converted`` documents were taken out of another
    form, which is not written back.
    """

    document: Document
    source: str
    encoding: Encoding
    spans: Callable[[Sequence[Span]], list[Span]] | None = None
    converted: bool = False

    def source_spans(self, spans: Sequence[Span]) -> list[Span]:
        """The spans of the source that hold these spans of the document."""
        return list(spans) if self.spans is None else self.spans(spans)

    def without(self, spans: Sequence[Span]) -> bytes:
        """The unit's bytes without these spans of the document."""
        return self.encoding.encode(apply(self.source, self.source_spans(spans)))


def host(url: str | None) -> str | None:
    """The host of a URL; None without one, or if it is none."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


class Reader(Protocol):
    """One kind of file."""

    @property
    def name(self) -> str:
        """What ``Unit.reader`` says."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Lower-case endings of its files."""
        ...

    @property
    def output_suffix(self) -> str | None:
        """The ending of what is written, where that is another form than what was read; else None.

        Such files are never written in place.
        """
        ...

    @property
    def says_site(self) -> bool:
        """True if its documents may say of which site they are."""
        ...

    def units(self, stream: BinaryIO, most: int) -> Iterator[tuple[int | None, bytes]]:
        """Line number, if there is one, and bytes of each unit. They join to the whole stream.

        Of a unit of more than ``most`` bytes no more than ``most + 1`` are read; it is the last then.
        """
        ...

    def sites(self, raw: bytes, fields: Fields) -> list[str]:
        """The sites that the unit may say it is of, from a look that costs little; more than one if in doubt."""
        ...

    def load(self, unit: Unit, fields: Fields) -> Loaded | None:
        """The unit's document; None if it holds none. Raises ``InputError``."""
        ...
