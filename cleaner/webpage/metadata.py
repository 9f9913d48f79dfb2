"""Title, author, date, address, language and site name of a page, as trafilatura reads them.

trafilatura looks through the whole tree for these, which costs as much as its extraction. So it is given a small page:
the head, the linked data, and the few elements of the body in which such things stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import chain
from typing import Any

from lxml.etree import XPath

#: Elements of the body that may hold them, by name and by the value of an attribute; and the most of each that are
#: looked at. Few elements have these attributes: looking at them is quicker than asking every element for them.
_NAMES = ("script", "h1", "time")
_VALUES = {"rel": frozenset({"author"}), "itemprop": frozenset({"author", "datePublished"})}
_ATTRIBUTES = XPath(" | ".join(f"descendant::*/@{name}" for name in _VALUES))
_MOST = 3
#: Characters of an element that is looked at.
_LONGEST = 20_000
#: Fields of trafilatura's record that are kept.
_FIELDS = ("title", "author", "date", "url", "sitename")


def metadata_of(tree: Any, url: str | None) -> dict[str, str]:
    """What is known of the page, without what is not. Never raises: a page without metadata is a page."""
    found: dict[str, str] = {}
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if language.strip():
        found["language"] = language.strip()[:35]  # the longest tag that RFC 5646 lets one expect
    from trafilatura.metadata import extract_metadata

    try:
        record = extract_metadata(_small(tree), url, extensive=False)
    except Exception:  # whatever odd dates and addresses make it raise, the text is what matters
        return found
    for name in _FIELDS:
        value = getattr(record, name, None)
        if isinstance(value, str) and value.strip():
            found[name] = " ".join(value.split())
    return found


def _small(tree: Any) -> Any:
    """A page of the head and the elements that may tell."""
    from lxml.html import Element

    page = Element("html")
    page.extend(copy(head) for head in tree.findall("head")[:1])
    body = Element("body")
    for element in _telling(tree):
        if len(element.text_content()) <= _LONGEST:
            own = copy(element)
            own.tail = None
            body.append(own)
    page.append(body)
    return page


def _telling(tree: Any) -> Iterator[Any]:
    """The elements of the body that may tell."""
    found: dict[str, list[Any]] = {name: [] for name in (*_NAMES, *_VALUES)}
    for body in tree.iterfind("body"):
        for element in body.iter(*_NAMES):
            if element.tag != "script" or element.get("type") == "application/ld+json":
                found[element.tag].append(element)
        for value in _ATTRIBUTES(body):
            if value in _VALUES[value.attrname]:
                found[value.attrname].append(value.getparent())
    return chain.from_iterable(elements[:_MOST] for elements in found.values())
