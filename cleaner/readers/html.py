"""HTML: the page is never touched; the document is its visible lines, with what the page says of each.

The page is parsed once. trafilatura's answer, taken from the same tree, is one more thing that is known of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO

import regex

from cleaner.encodings import Encoding
from cleaner.errors import InputError
from cleaner.model import Annotation, Document
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
        """The page's lines; None for an empty file. Raises ``InputError`` if no text is found, or not all of it."""
        if not unit.raw.strip():
            return None
        from cleaner.webpage.evidence import evidence  # lxml and trafilatura, which other readers do without
        from cleaner.webpage.lines import lines_of
        from cleaner.webpage.metadata import metadata_of
        from cleaner.webpage.parse import decoded, tree_of
        from cleaner.webpage.render import render
        from cleaner.webpage.verdict import by_trafilatura

        url = _url(unit.raw)
        tree = tree_of(decoded(unit.raw, unit.place), unit.place)
        lines = lines_of(tree)
        if not lines:
            raise InputError(unit.place, "no text in the page")
        text, spans = render(lines, fields.html_format)
        metadata = metadata_of(tree, url)
        facts = evidence(lines, metadata.get("title", ""), by_trafilatura(tree))
        annotations = tuple(
            Annotation(start, end, line.path, own, line.kept)
            for line, (start, end), own in zip(lines, spans, facts, strict=True)
        )
        site = unit.site or host(url)
        document = Document(unit.path, text, fields.html_format, url, site, metadata, annotations)
        return Loaded(document, text, Encoding(), converted=True)


HTML = Html()


def _url(raw: bytes) -> str | None:
    """The page's own address, if it names one that parses."""
    match = _CANONICAL.search(raw[:_HEAD_BYTES])
    if match is None:
        return None
    url = unescape((match[1] or match[2]).decode("utf-8", "replace"))
    return url if host(url) else None
