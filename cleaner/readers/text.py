"""Plain text: a file is a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.encodings import NotTextError, decode
from cleaner.errors import InputError
from cleaner.model import Document, Media
from cleaner.readers.base import Fields, Loaded, Unit


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A reader for files that are one document each."""

    name: str
    suffixes: tuple[str, ...]
    media: Media
    output_suffix: str | None = None
    says_site: bool = False

    def units(self, stream: BinaryIO, most: int) -> Iterator[tuple[int | None, bytes]]:
        """The file."""
        yield None, stream.read(most + 1)

    def sites(self, raw: bytes, fields: Fields) -> list[str]:
        """None: a plain file does not say."""
        return []

    def load(self, unit: Unit, fields: Fields) -> Loaded | None:
        """The document; None for an empty file. Raises ``InputError`` for what is not text."""
        if not unit.raw:
            return None
        try:
            text, encoding = decode(unit.raw)
        except NotTextError as error:
            raise InputError(unit.place, str(error)) from None
        return Loaded(Document(unit.path, text, self.media, site=unit.site), text, encoding)


TEXT = WholeFile("text", (".txt", ".text"), "text")
