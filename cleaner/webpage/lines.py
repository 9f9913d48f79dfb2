"""A tree → its lines of text in order, each with the elements it stands in.

What begins and ends lines follows html_text (Zyte): block elements, table rows and ``<br>``; of ``<pre>`` every line
is one. Left out is what no browser shows: the head, scripts, styles, templates, embedded documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
_ROLES = {
    "navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main",
    "article": "article", "search": "form", "dialog": "dialog", "alertdialog": "dialog", "menu": "nav",
    "menubar": "nav",
}  # fmt: skip


@dataclass(slots=True)
class Line:
    """A line: its text, the elements it stands in from the outermost, the same by number, and their traits.

    ``linked`` counts its characters inside links, ``near`` holds the traits of its own element and the one around it.
    """

    text: str
    path: tuple[str, ...]
    parents: tuple[int, ...]
    mask: int
    near: int
    linked: int
    hidden: bool
    cells: tuple[int, ...] = ()


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended."""

    tag: str
    number: int
    mask: int
    near: int
    hidden: bool


@dataclass(slots=True)
class _Walk:
    """The way through a tree."""

    lines: list[Line] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    chunks: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    pre: int = 0
    space: bool = False
    apart: bool = False
    at: tuple[_Open, ...] = ()

    def text(self, text: str | None) -> None:
        if not text:
            return
        if self.pre:
            head, *rest = text.split("\n")
            self._add(head, head)
            for line in rest:
                self.flush()
                self._add(line, line)
            return
        words = " ".join(text.split())
        if not words:
            self.space = True
            return
        if text[0].isspace():
            self.space = True
        self._add(words, text)
        self.space = text[-1].isspace()

    def _add(self, words: str, source: str) -> None:
        if not words:
            return
        if not self.chunks:
            self.at = tuple(self.stack)
        elif self.space or (self.apart and self._parts(words)):
            self.chunks.append(" ")
        self.space = self.apart = False
        self.chunks.append(words)
        if self.links:
            self.linked += len(words)

    def _parts(self, words: str) -> bool:
        """True if a space belongs between elements that have none: not before a comma, not after a dropped initial."""
        before = self.chunks[-1]
        if words[0] in _CLOSING or before[-1] in _OPENING:
            return False
        return not (len(before) == 1 and before.isupper() and words[0].islower())

    def flush(self) -> None:
        """Ends the line."""
        text = "".join(self.chunks)
        text = text.rstrip() if self.pre else text.strip()
        if text.strip():
            own = self.at[-1]
            path = tuple(o.tag for o in self.at)
            parents = tuple(o.number for o in self.at if o.tag in BLOCKS)
            self.lines.append(Line(text, path, parents, own.mask, own.near, min(self.linked, len(text)), own.hidden))
        self.chunks.clear()
        self.linked = 0
        self.space = self.apart = False


def lines_of(tree: Any) -> list[Line]:
    """The lines of a tree of lxml."""
    from lxml.etree import iterwalk

    walk = _Walk()
    number = 0
    events = iterwalk(tree, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                walk.text(element.tail)
            continue
        if event == "start":
            number += 1
            attributes = element.attrib
            if tag in _UNSEEN:
                events.skip_subtree()
                walk.stack.append(_Open(tag, number, 0, 0, True))
                continue
            above = walk.stack[-1] if walk.stack else None
            own, hidden = _look(tag, attributes)
            name = _ROLES.get(attributes.get("role", ""), tag) if attributes else tag
            walk.stack.append(
                _Open(
                    name if name != "body" else tag,
                    number,
                    own | (above.mask if above else 0),
                    own | (above.near & ~0 if above and tag not in BLOCKS else 0),
                    hidden or (above is not None and above.hidden),
                )
            )
            if tag in BLOCKS:
                walk.flush()
            elif tag not in _PHRASES and not walk.pre:
                walk.apart = True
            if tag == "a":
                walk.links += 1
            elif tag == "pre":
                walk.pre += 1
            walk.text(element.text)
        else:
            if tag in BLOCKS:
                walk.flush()
            elif tag not in _PHRASES and not walk.pre:
                walk.apart = True
            if tag not in _UNSEEN:
                if tag == "a":
                    walk.links -= 1
                elif tag == "pre":
                    walk.pre -= 1
            walk.stack.pop()
            if walk.stack:
                walk.text(element.tail)
    walk.flush()
    return walk.lines


def _look(tag: str, attributes: Any) -> tuple[int, bool]:
    """Traits of an element, and whether it is hidden."""
    if not attributes:
        return 0, False
    mask = 0
    for key in ("class", "id"):
        value = attributes.get(key)
        if value:
            mask |= traits(value[:300])
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    style = attributes.get("style")
    if style and "display" in style and "none" in style.replace(" ", "").partition("display:")[2][:4]:
        hidden = True
    return mask, hidden
