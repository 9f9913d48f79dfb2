"""Readers: files → units → documents, and where a document's text stands in its unit.

A reader is one file with an object that fits :class:`~cleaner.readers.base.Reader`, and one line in the table
below. Compression is not a reader's matter: ``.gz`` and ``.zst`` come off first (:mod:`.packed`).
"""

from __future__ import annotations

from pathlib import PurePath

from cleaner.readers.base import Reader
from cleaner.readers.html import HTML
from cleaner.readers.jsonl import JSONL
from cleaner.readers.markdown import MARKDOWN
from cleaner.readers.packed import PACKINGS
from cleaner.readers.text import TEXT

READERS: dict[str, Reader] = {reader.name: reader for reader in (TEXT, MARKDOWN, HTML, JSONL)}
_BY_SUFFIX = {suffix: reader for reader in READERS.values() for suffix in reader.suffixes}

#: All endings that have a reader, for messages.
SUFFIXES = tuple(sorted(_BY_SUFFIX))


def for_path(path: PurePath) -> tuple[Reader, str] | None:
    """The reader for a path and its packing (``""``, ``.gz`` or ``.zst``); None if there is no reader."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    packing = suffixes.pop() if suffixes and suffixes[-1] in PACKINGS else ""
    reader = _BY_SUFFIX.get(suffixes[-1]) if suffixes else None
    return (reader, packing) if reader else None
