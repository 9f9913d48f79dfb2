"""A tree → its lines of text in order, each with the elements it stands in.

What begins and ends lines follows html_text (Zyte): block elements, table rows and ``<br>``; of ``<pre>`` every line
is one. Left out is what no browser shows: the head, scripts, styles, templates, embedded documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cleaner.webpage.traits import traits

#: Elements that stand on lines of their own.
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
#: Elements within words and sentences; the words of others never run together with those beside them.
_PHRASES = frozenset((
    "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
))  # fmt: skip
_CLOSING = frozenset(',:;.!?")]}\u2019\u201d\u3002\u3001\uff0c%')
_OPENING = frozenset('([{\u201c\u2018"')
#: Elements that show no text of the page.
_UNSEEN = frozenset(
    ("head", "script", "style", "template", "iframe", "object", "embed", "applet", "link", "meta", "noframes", "title",
     "canvas", "audio", "video")
)  # fmt: skip
#: What marks of :mod:`cleaner.keepmarks` are in a tree.
_MARKS = frozenset({"cleaner-keep", "cleaner-end"})
_ROLES = {
    "navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main",
    "article": "article", "search": "form", "dialog": "dialog", "alertdialog": "dialog", "menu": "nav",
    "menubar": "nav",
}  # fmt: skip


#: What ends a line of ``<pre>``.
_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
#: Characters of a class or id that are looked at.
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, and the elements around it from the outermost, as names and, blocks only, as numbers.

    ``mask`` holds the traits of all these elements, ``near`` those of the innermost block and what is inside it.
    ``linked`` counts the characters inside links; ``cells`` says where the second and later cells of a row begin;
    ``kept`` is the number of the mark that keeps it, 0 if none does.
    """

    text: str
    path: tuple[str, ...]
    parents: tuple[int, ...]
    mask: int = 0
    near: int = 0
    linked: int = 0
    hidden: bool = False
    cells: tuple[int, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun and not ended."""

    name: str
    number: int
    mask: int = 0
    near: int = 0
    hidden: bool = False


def lines_of(tree: Any) -> list[Line]:
    """The lines of a tree of lxml."""
    from lxml.etree import iterwalk

    walk = _Walk()
    events = iterwalk(tree, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if element.tag in _UNSEEN:
                events.skip_subtree()
                walk.stack.append(_Open(element.tag, 0))
            else:
                walk.begin(element)
        else:
            walk.end(element)
    walk.flush()
    return walk.lines


class _Walk:
    """The way through a tree: the open elements, and the line that is being put together."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.stack: list[_Open] = []
        self._count = self._links = self._pre = 0
        self._chunks: list[str] = []
        self._around: tuple[_Open, ...] = ()
        self._linked = 0
        self._cells: list[int] = []
        self._space = self._apart = False
        self._marks = self._kept = 0

    def begin(self, element: Any) -> None:
        """Goes into an element."""
        tag, attributes = element.tag, element.attrib
        if tag in _MARKS:
            self._mark(tag)
        self._count += 1
        above = self.stack[-1] if self.stack else _Open("", 0)
        own, hidden = _look(attributes) if attributes else (0, False)
        name = _ROLES.get(attributes.get("role", ""), tag) if attributes else tag
        near = own if name in BLOCKS else own | above.near
        self._border(tag)
        if tag in ("td", "th") and self._chunks:
            self._cells.append(sum(map(len, self._chunks)))
        self.stack.append(_Open(name, self._count, own | above.mask, near, hidden or above.hidden))
        self._links += tag == "a"
        self._pre += tag == "pre"
        self._add(element.text)

    def end(self, element: Any) -> None:
        """Leaves an element; of one that is not seen only what follows it counts."""
        tag = element.tag
        self._border(tag)
        self._links -= tag == "a"
        self._pre -= tag == "pre"
        self.stack.pop()
        if self.stack:
            self._add(element.tail)

    def _mark(self, tag: str) -> None:
        self.flush()
        if tag == "cleaner-end":
            self._kept = 0
        elif not self._kept:
            self._marks += 1
            self._kept = self._marks

    def _border(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
        elif tag not in _PHRASES and not self._pre:
            self._apart = True

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._pre:
            head, *rest = _ENDS.split(text)
            self._put(head)
            for line in rest:
                self.flush()
                self._put(line)
            return
        words = " ".join(text.split())
        self._space = self._space or text[0].isspace()
        if words:
            self._put(words)
            self._space = text[-1].isspace()

    def _put(self, words: str) -> None:
        if not words:
            return
        if not self._chunks:
            self._around = tuple(self.stack)
        elif self._space or (self._apart and _parts(self._chunks[-1], words)):
            self._chunks.append(" ")
        self._space = self._apart = False
        self._chunks.append(words)
        if self._links:
            self._linked += len(words)

    def flush(self) -> None:
        """Ends the line."""
        text = "".join(self._chunks).rstrip()
        if text.strip():
            path = tuple(own.name for own in self._around)
            parents = tuple(own.number for own in self._around if own.name in BLOCKS)
            own = self._around[-1]
            linked, cells = min(self._linked, len(text)), tuple(self._cells)
            self.lines.append(Line(text, path, parents, own.mask, own.near, linked, own.hidden, cells, self._kept))
        self._chunks.clear()
        self._cells.clear()
        self._linked = 0
        self._space = self._apart = False


def _parts(before: str, words: str) -> bool:
    """True if a space belongs between elements that have none: not before a comma, not after a dropped initial."""
    if words[0] in _CLOSING or before[-1] in _OPENING:
        return False
    return not (len(before) == 1 and before.isupper() and words[0].islower())


def _look(attributes: Any) -> tuple[int, bool]:
    """The traits of an element, and whether it is hidden."""
    mask = 0
    for key in ("class", "id"):
        value = attributes.get(key)
        if value:
            mask |= traits(value[:_LOOKED_AT])
    style = attributes.get("style", "")
    undisplayed = "display" in style and "display:none" in style.replace(" ", "").lower()
    return mask, undisplayed or "hidden" in attributes or attributes.get("aria-hidden") == "true"
