"""What trafilatura takes for the text of a page, and for comments."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

_LINKED_DATA = "application/ld+json"
#: Attributes that nobody reads who wants neither links nor images: a third of all, and most of their characters.
_UNREAD = ("href", "src", "srcset", "title", "alt", "width", "height", "rel", "data-src", "data-srcset", "onclick")


class Verdict(NamedTuple):
    """The page's text, and its comments."""

    text: str
    comments: str


def by_trafilatura(tree: Any) -> Verdict | None:
    """The verdict; None if trafilatura finds no text, or breaks.

    The tree is used up.
    """
    from trafilatura import bare_extraction

    _lighten(tree)
    try:
        found = bare_extraction(tree, options=_options())
    except Exception:  # whatever a page makes trafilatura raise, its lines are there
        return None
    text, comments = (getattr(found, name, None) or "" for name in ("text", "comments"))
    return Verdict(text, comments) if text else None


@cache
def _options() -> Any:
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=True)


def _lighten(tree: Any) -> None:
    """Takes out what trafilatura never reads but copies several times: head, scripts, styles, drawings, attributes.

    Linked data stays, which it looks for text in.
    """
    from lxml.etree import strip_attributes

    for head in tree.findall("head"):
        for element in list(head):
            if element.get("type") != _LINKED_DATA:
                head.remove(element)
    for element in list(tree.iter("script", "style", "svg")):
        if element.get("type") != _LINKED_DATA and element.getparent() is not None:
            element.drop_tree()
    strip_attributes(tree, *_UNREAD)
