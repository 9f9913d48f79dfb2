"""A page as its template sees it: its lines near both ends, each as its words.

The survey of a document is a small value that depends on nothing else, so that a site's surveys may be kept, joined,
and taken out again in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from cleaner.batch import Page
from cleaner.model import OPAQUE, Document
from cleaner.text import lines

#: Lines that are noted from each end. Walks look at half of that, so that what is left after a cut is known as well.
KEEP = 512
#: Words from which a line is noted by its two ends and a digest.
LONG = 1000

#: A line's words in lower case, with a space between; its text after a NUL where it has none. None: what stands there
#: is not known, or may not be cut.
Key = str | None

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: where it stands, and in which block."""

    start: int
    stop: int
    block: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The keys of a document's lines, in order, blank ones left out; a None stands for the middle of a long one."""

    document: str
    keys: tuple[Key, ...]


def survey(page: Page) -> Survey:
    """The survey of a page."""
    return Survey(page.document.id, tuple(key for key, _ in keyed_lines(page)))


def keyed_lines(page: Page) -> list[tuple[Key, Line]]:
    """The lines of a page that its survey holds, each with its key."""
    found = list(_lines(page))
    if len(found) > 2 * KEEP:
        middle = found[KEEP][1]
        found = [*found[:KEEP], (None, middle), *found[-KEEP:]]
    return [(None if text is None else key_of(text), line) for text, line in found]


def _lines(page: Page) -> Iterator[tuple[str | None, Line]]:
    text = page.document.text
    for number, block in enumerate(page.blocks):
        if block.kind == "break":
            continue
        body = text[block.start : block.stop]
        if block.kind in OPAQUE:
            yield None, Line(block.start, block.stop, number)
        elif "\n" not in body and "\r" not in body:
            yield page.views[number], Line(block.start, block.stop, number)
        else:
            for start, stop in lines(body):
                if body[start:stop].strip():
                    yield body[start:stop], Line(block.start + start, block.start + stop, number)


def key_of(text: str) -> str:
    """A line's key.

    >>> key_of("Home | Up | 47.3 Memory")
    'home up 47 3 memory'
    """
    words = _WORD.findall(text.lower())
    if len(words) > LONG:
        digest = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()
        words = [*words[: LONG // 2], digest, *words[-LONG // 2 :]]
    return " ".join(words) or "\0" + text.strip()


def words_of(key: Key) -> tuple[str, ...]:
    """The words of a key; none if the line has none, or is not known."""
    return () if key is None or key.startswith("\0") else tuple(key.split(" "))


def site_of(document: Document, site_from: str) -> str | None:
    """The group in which the document's blocks may repeat; None if it belongs to none.

    That is its site, if it brings one; else, as ``site_from`` allows, its top folder or the whole corpus.
    """
    if document.site:
        return document.site
    return fallback(document.id, site_from)


def fallback(path: str, site_from: str) -> str | None:
    """The group of a document that brings no site; ``path`` is its path in its tree."""
    if site_from == "corpus":
        return "the corpus"
    if site_from == "folder":
        return f"{path.partition('/')[0]}/" if "/" in path else "./"
    return None
