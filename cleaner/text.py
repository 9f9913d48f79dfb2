"""Lines with their own endings, and the folding under which texts are compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

import regex

#: ``str.splitlines`` also splits at form feeds, U+0085, U+2028 and others, which stand inside lines here.
_LINE_END = re.compile(r"\r\n|\n|\r")

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033"
_DASH = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACE = (
    "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_FOLD = dict(zip(_SINGLE + _DOUBLE + _DASH + _SPACE, "'" * 7 + '"' * 5 + "-" * 7 + " " * len(_SPACE), strict=True))

_TERMINAL = regex.compile(r"""[.!?:;,\u2026\u3002\uff01\uff1f]["')\]\u00bb]*$""")


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each line, its ending (``\\n``, ``\\r\\n`` or ``\\r``) left out."""
    start = 0
    if "\r" in text:
        for ending in _LINE_END.finditer(text):
            yield start, ending.start()
            start = ending.end()
    else:
        while (stop := text.find("\n", start)) >= 0:
            yield start, stop
            start = stop + 1
    yield start, len(text)


def rows(text: str, start: int = 0) -> tuple[list[int], list[str]]:
    """Where each line begins, of those from code point ``start`` on, and the line without white space at its end.

    >>> rows("one \\r\\ntwo")
    ([0, 6], ['one', 'two'])
    """
    if "\r" in text:
        spans = [span for span in lines(text) if span[0] >= start]
        return [first for first, _ in spans], [text[first:stop].rstrip() for first, stop in spans]
    parts = text.split("\n")
    begins = [0, *accumulate([len(part) + 1 for part in parts[:-1]])]
    skipped = bisect_left(begins, start)
    return begins[skipped:], [part.rstrip() for part in parts[skipped:]]


def fold(text: str) -> str:
    """Straight quotes, hyphens and plain spaces; every code point keeps its place.

    >>> fold("\u201cDon\u2019t\u201d \u2014 he\u00a0said")
    '"Don\\'t" - he said'
    """
    # a look for each character and a replacement for those that occur is far faster than str.translate
    for char, plain in _FOLD.items():
        if char in text:
            text = text.replace(char, plain)
    return text


def is_terminated(folded: str) -> bool:
    """True if the text ends as a sentence or clause does, a closing quote aside."""
    return _TERMINAL.search(folded) is not None


def sentence(view: str, least: int) -> int:
    """The words of a view that ends as a sentence does and has at least so many of them; else 0."""
    words = view.count(" ") + 1
    return words if words >= least and is_terminated(view) else 0
