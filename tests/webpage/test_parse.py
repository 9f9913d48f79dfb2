"""Pages on which libxml2 or lxml lose text silently unless something is done about it."""

from __future__ import annotations

import pytest

from cleaner.errors import InputError
from cleaner.webpage.parse import decoded, plain, tree_of
from tests.support import PROSE


def _text(page: str) -> str:
    return "".join(tree_of(plain(page, "a.html"), "a.html").itertext())


@pytest.mark.parametrize(
    "between",
    ["&#11;", "&#x1b;", "&#X1B;", "&#8", "&#0;", "&#xD800;", "&#xdfff", "\x0b", "\x1b", "\x00", "\ufffe", "\uffff",
     "\ud800", "<" * 50, "</p></div></body></html>", "&unknown;"],
)  # fmt: skip
def test_text_before_and_after_is_there(between: str) -> None:
    page = f"<html><body><p>{PROSE[0]}</p><p>before {between}</p><p>after</p></body></html>"
    text = _text(page)
    assert "before" in text
    assert "after" in text
    assert not any(own in text for own in "\x00\x0b\x1b\ufffe\uffff")


@pytest.mark.parametrize(
    ("reference", "character"),
    [("&#9;", "\t"), ("&#10;", "\n"), ("&#65;", "A"), ("&#x41;", "A"), ("&#110;", "n"), ("&#x1F426;", "🐦")],
)
def test_references_to_characters_that_exist_stay(reference: str, character: str) -> None:
    assert f"a{character}b" in _text(f"<html><body><p>a{reference}b</p></body></html>")


@pytest.mark.parametrize("levels", [300, 1500])
def test_deep_pages_are_whole(levels: int) -> None:
    text = _text(f"<html><body>{'<div>' * levels}inner{'</div>' * levels}<p>after</p></body></html>")
    assert "inner" in text
    assert "after" in text


def test_pages_too_deep_are_an_error_and_not_a_part() -> None:
    page = f"<html><body>{'<div>' * 3000}inner{'</div>' * 3000}<p>after</p></body></html>"
    with pytest.raises(InputError, match=r"cannot be parsed to its end: Excessive depth"):
        tree_of(page, "a.html")


def test_a_text_of_more_than_ten_megabytes_is_whole() -> None:
    text = _text(f"<html><body><p>{'heron ' * 2_000_000}</p><p>after</p></body></html>")
    assert text.count("heron") == 2_000_000
    assert "after" in text


def test_a_tag_of_many_attributes_hides_nothing() -> None:
    attributes = " ".join(f'a{number}="v"' for number in range(4000))
    assert "after" in _text(f"<html><body><p {attributes}>x</p><p>after</p></body></html>")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>na\u00efve</p>".encode(), "na\u00efve"),
        (b"\xef\xbb\xbf<p>one</p>", "one"),
        ("<p>na\u00efve</p>".encode("utf-16"), "na\u00efve"),
        ('<meta charset="iso-8859-2"><p>\u0142\u00f3d\u017a</p>'.encode("iso-8859-2"), "\u0142\u00f3d\u017a"),
        ("<meta content='text/html; charset=windows-1251'><p>\u0446\u0430\u043f\u043b\u044f</p>".encode("cp1251"),
         "\u0446\u0430\u043f\u043b\u044f"),
        (b'<meta charset="no-such"><p>one \xff two</p>', "two"),
        (b"<p>" + "na\u00efve ".encode() * 500 + b"\xff</p>", "na\u00efve"),
    ],
)  # fmt: skip
def test_encodings(raw: bytes, expected: str) -> None:
    assert expected in decoded(raw, "a.html")


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20, b"\x00\x01\x02\x03" * 100])
def test_binary_data_is_no_page(raw: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decoded(raw, "a.html")
