"""Bytes → a tree of lxml that holds the whole page, or an error that says why there is none.

libxml2 takes most of what the web writes, but some of it silently wrong: it hands on control characters that lxml then
refuses to write, ends at 256 levels and at text of 10 MB unless told otherwise, and drops all that follows a lone
surrogate or the first ``</html>``. What is told or repaired here is parsed whole; what stops it all the same is an
error. Comments are left out, but those that keep what stands between them: they become elements.
"""

from __future__ import annotations

from typing import Any

import regex

from cleaner.encodings import NotTextError, decode
from cleaner.errors import InputError
from cleaner.keepmarks import MARK

#: Bytes in which a page declares its encoding: the standard asks for the first 1024, pages are laxer.
_DECLARATION_BYTES = 1 << 12
#: Share of broken characters up to which a page is UTF-8 with a few slips.
_SLIPS = 0.001

_CHARSET = regex.compile(rb"""<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", regex.IGNORECASE)
#: Characters that XML 1.0 does not have, and references to them.
_NO_XML = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = regex.compile(
    r"&\#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|[xX][dD][89a-fA-F][0-9a-fA-F]{2})(?![0-9a-fA-F]);?"
)
#: Those of them that are one byte in UTF-8.
_CONTROLS = bytes(sorted({*range(0x20)} - {*b"\t\n\r"}))
#: Ends of the page after which libxml2 reads no more; browsers do.
_END = regex.compile(r"</(?:body|html)\s*>", regex.IGNORECASE)
#: Share of control characters from which a page is no page but binary data.
_BINARY = 0.01


def decoded(raw: bytes, place: str) -> str:
    """The page's text: UTF-8 or what a byte order mark says, what the page declares, the best guess, in this order.

    The page is not written back, so a few broken bytes are replaced, and :func:`plain` is what comes back. Raises
    ``InputError`` for binary data.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        head = _CHARSET.search(raw[:_DECLARATION_BYTES])
        text = _declared(raw, head[1].decode("ascii", "replace") if head else "") or _guessed(raw, place)
    if "\x00" in text[:_DECLARATION_BYTES]:
        text = _guessed(raw, place)
    return plain(text, place)


def plain(text: str, place: str) -> str:
    """The text with spaces for the characters that XML does not have. Raises ``InputError`` if they are too many."""
    if _is_plain(text):
        return text
    repaired, count = _NO_XML.subn(" ", text)
    if count > _BINARY * len(text):
        raise InputError(place, "binary data, not a page")
    return repaired


def _is_plain(text: str) -> bool:
    """True if XML has all of its characters. Nearly all pages are plain, and looking at bytes is quicker."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return False
    return len(raw.translate(None, _CONTROLS)) == len(raw) and "\ufffe" not in text and "\uffff" not in text


def _declared(raw: bytes, name: str) -> str:
    """What the declared encoding makes of the page; empty if it does not fit."""
    try:
        text = raw.decode(name) if name else ""
    except (LookupError, UnicodeError, ValueError):
        return ""
    return text if isinstance(text, str) else ""


def _guessed(raw: bytes, place: str) -> str:
    replaced = raw.decode("utf-8", "replace")
    if replaced.count("\ufffd") <= _SLIPS * len(replaced):
        return replaced
    try:
        return decode(raw)[0]
    except NotTextError as error:
        if "binary" in str(error):
            raise InputError(place, str(error)) from None
        return replaced


def tree_of(text: str, place: str) -> Any:
    """The root element of a :func:`plain` text.

    Raises ``InputError`` if the page holds no element, or not all of it could be parsed.
    """
    from lxml.etree import ElementDefaultClassLookup, ParserError, XMLSyntaxError
    from lxml.html import HtmlElement, HTMLParser, document_fromstring

    parser = HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    # one class for all, since nothing here fills in forms: lxml.html asks Python for the class of every element
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    marked = MARK.sub(r"<cleaner-\1></cleaner-\1>", text) if "cleaner:" in text else text
    repaired = _END.sub("", _REFERENCE.sub(" ", marked))
    try:
        tree = document_fromstring(repaired.encode(), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(place, f"no page: {error}") from None
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            raise InputError(place, f"the page cannot be parsed to its end: {entry.message.strip()}")
    return tree
