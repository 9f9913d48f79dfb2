"""A tree → its lines of text in order, each with the elements it stands in.

What begins and ends lines follows html_text (Zyte): block elements, table rows and ``<br>``; of ``<pre>`` every line
is one. Left out is what no browser shows: the head, scripts, styles, templates, embedded documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

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
#: Elements that are more to a line than where it stands.
_NOTED = frozenset({"a", "pre", "td", "th"}) | _MARKS
_ROLES = {
    "navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main",
    "article": "article", "search": "form", "dialog": "dialog", "alertdialog": "dialog", "menu": "nav",
    "menubar": "nav",
}  # fmt: skip


#: What ends a line of ``<pre>``.
_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
#: Attributes that tell of lines.
_TELLING = frozenset({"class", "id", "style", "role", "hidden", "aria-hidden"})
#: Characters of a class or id that are looked at.
_LOOKED_AT = 300


class Line(NamedTuple):
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
    hidden: bool = False
    linked: int = 0
    cells: tuple[int, ...] = ()
    kept: int = 0


#: What the lines in an element have in common: path, parents, mask, near and hidden, as in ``Line``.
_Place = tuple[tuple[str, ...], tuple[int, ...], int, int, bool]


def lines_of(tree: Any) -> list[Line]:
    """The lines of a tree of lxml."""
    walk = _Walk()
    walk.through(tree)
    walk.flush()
    return walk.lines


class _Walk:
    """The way through a tree: the open elements, and the line that is being put together.

    Where an element stands is made out once a line begins in it: half of a page's elements hold none.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._open: list[Any] = [None]
        #: the places of the first open elements, as many as were made out
        self._places: list[_Place] = [((), (), 0, 0, False)]
        self._count = self._links = self._pre = 0
        self._chunks: list[str] = []
        self._around = self._places[0]
        self._linked = 0
        self._cells: list[int] = []
        self._space = self._apart = False
        self._marks = self._kept = 0

    def through(self, tree: Any) -> None:
        """Goes through a tree. This runs for every element and every text of a page: it calls little."""
        from lxml.etree import iterwalk

        events = iterwalk(tree, events=("start", "end"))
        for event, element in events:
            tag, begins = element.tag, event == "start"
            if begins and tag in _UNSEEN:  # only what follows it counts
                events.skip_subtree()
                self._open.append(element)
                continue
            if tag in BLOCKS:
                if self._chunks:
                    self.flush()
                self._space = self._apart = False
            elif tag not in _PHRASES and not self._pre:
                self._apart = True
            if begins:
                self._open.append(element)
                if tag in _NOTED:
                    self._enter(tag)
                text = element.text
            else:
                if tag in _NOTED:
                    self._leave(tag)
                self._open.pop()
                if len(self._places) > len(self._open):
                    self._places.pop()
                text = element.tail if len(self._open) > 1 else None
            if not text:
                continue
            if self._pre:
                self._add_lines(text)
            elif words := text.split():
                self._space = self._space or text[0].isspace()
                self._put(" ".join(words))
                self._space = text[-1].isspace()
            else:
                self._space = True

    def _enter(self, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag == "pre":
            self._pre += 1
        elif tag in _MARKS:
            self._mark(tag)
        elif self._chunks:
            self._cells.append(sum(map(len, self._chunks)))

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self._links -= 1
        elif tag == "pre":
            self._pre -= 1

    def _here(self) -> _Place:
        """The place of the innermost open element."""
        for element in self._open[len(self._places) :]:
            self._count += 1
            self._places.append(self._inside(element))
        return self._places[-1]

    def _inside(self, element: Any) -> _Place:
        path, parents, mask, near, hidden = self._places[-1]
        name, own = element.tag, 0
        if keys := element.keys():
            own, undisplayed, role = _look(element, keys)
            hidden = hidden or undisplayed
            name = _ROLES.get(role, name)
        if name in BLOCKS:
            return (*path, name), (*parents, self._count), own | mask, own, hidden
        return (*path, name), parents, own | mask, own | near, hidden

    def _mark(self, tag: str) -> None:
        self.flush()
        if tag == "cleaner-end":
            self._kept = 0
        elif not self._kept:
            self._marks += 1
            self._kept = self._marks

    def _add_lines(self, text: str) -> None:
        """Adds text of ``<pre>``."""
        head, *rest = _ENDS.split(text)
        self._put(head)
        for line in rest:
            self.flush()
            self._put(line)

    def _put(self, words: str) -> None:
        if not words:
            return
        if not self._chunks:
            self._around = self._here()
        elif self._space or (self._apart and _parts(self._chunks[-1], words)):
            self._chunks.append(" ")
        self._space = self._apart = False
        self._chunks.append(words)
        if self._links:
            self._linked += len(words)

    def flush(self) -> None:
        """Ends the line."""
        text = "".join(self._chunks).rstrip()
        if text:
            linked = min(self._linked, len(text))
            self.lines.append(Line(text, *self._around, linked, tuple(self._cells), self._kept))
        self._chunks.clear()
        self._cells.clear()
        self._linked = 0
        self._space = self._apart = False


def _parts(before: str, words: str) -> bool:
    """True if a space belongs between elements that have none: not before a comma, not after a dropped initial."""
    if words[0] in _CLOSING or before[-1] in _OPENING:
        return False
    return not (len(before) == 1 and before.isupper() and words[0].islower())


def _look(element: Any, keys: Sequence[str]) -> tuple[int, bool, str]:
    """The traits of an element, whether it is hidden, and its role."""
    mask, hidden, role = 0, False, ""
    for key in keys:
        if key not in _TELLING:  # most have a long value, which is not worth reading
            continue
        value = element.get(key)
        if key == "class" or key == "id":
            mask |= traits(value[:_LOOKED_AT])
        elif key == "style":
            hidden = hidden or ("display" in value and "display:none" in value.replace(" ", "").lower())
        elif key == "role":
            role = value
        elif key == "hidden" or value == "true":
            hidden = True
    return mask, hidden, role
