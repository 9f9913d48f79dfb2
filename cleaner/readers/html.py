"""HTML: the page is never touched; the document is the text that trafilatura extracts from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO

import regex

from cleaner.encodings import Encoding
from cleaner.errors import InputError
from cleaner.model import Document
from cleaner.readers.base import Fields, Loaded, Unit, host

_CANONICAL = regex.compile(
    rb"""<link\b[^<>]{0,300}?\brel=["']?canonical["']?[^<>]{0,300}?\bhref=["']([^"'<>\s]{1,2000})"""
    rb"""|<meta\b[^<>]{0,300}?\bproperty=["']og:url["'][^<>]{0,300}?\bcontent=["']([^"'<>\s]{1,2000})""",
    regex.IGNORECASE,
)
_HEAD_BYTES = 1 << 17


@dataclass(frozen=True, slots=True)
class Html:
    """A reader for web pages."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")
    output_suffix: str | None = ".txt"
    says_site: bool = True

    def units(self, stream: BinaryIO, most: int) -> Iterator[tuple[int | None, bytes]]:
        """The page."""
        yield None, stream.read(most + 1)

    def sites(self, raw: bytes, fields: Fields) -> list[str]:
        """The host of the page's own address."""
        own = host(_url(raw))
        return [own] if own else []

    def load(self, unit: Unit, fields: Fields) -> Loaded | None:
        """The page's text; None for an empty file. Raises ``InputError`` if no text is found."""
        if not unit.raw.strip():
            return None
        import trafilatura  # 0.4 s of imports that other readers do without

        url = _url(unit.raw)
        try:
            text = trafilatura.extract(unit.raw, url=url)
        except Exception as error:  # whatever a page makes lxml or trafilatura raise, the run goes on
            raise InputError(unit.place, f"trafilatura failed: {type(error).__name__}: {error}") from None
        if not text:
            raise InputError(unit.place, "trafilatura found no text in the page")
        text += "\n"
        site = unit.site or host(url)
        return Loaded(Document(unit.path, text, "text", url, site), text, Encoding(), converted=True)


HTML = Html()


def _url(raw: bytes) -> str | None:
    """The page's own address, if it names one that parses."""
    match = _CANONICAL.search(raw[:_HEAD_BYTES])
    if match is None:
        return None
    url = unescape((match[1] or match[2]).decode("utf-8", "replace"))
    return url if host(url) else None
