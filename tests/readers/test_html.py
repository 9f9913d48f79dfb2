from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cleaner.errors import InputError
from cleaner.readers.base import Fields, Loaded, Unit
from cleaner.readers.html import HTML
from tests.files import SIGNUP, A, B, C, D, cleaner, put, tree

BODY = f"<body><article><h1>On Herons</h1><p>{A}</p><p>{SIGNUP}</p><p>{B}</p><p>{C} {D}</p></article></body>"


def _load(page: str | bytes, site: str | None = None) -> Loaded | None:
    raw = page.encode() if isinstance(page, str) else page
    return HTML.load(Unit("html", "a.html", raw, None, site), Fields())


def _page(head: str) -> str:
    return f"<html><head>{head}</head>{BODY}</html>"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://example.org/a?b=1&amp;c=2">', "https://example.org/a?b=1&c=2"),
        ("<LINK REL=canonical HREF='http://example.org/'/>", "http://example.org/"),
        ('<meta property="og:url" content="https://m.example.org/x" />', "https://m.example.org/x"),
        ('<link rel="canonical" href="/relative">', None),
        ('<link rel="canonical" href="http://[bad">', None),
        ('<link rel="stylesheet" href="https://example.org/s.css">', None),
        ('<link rel="canonical" title="' + "x" * 400 + '" href="https://example.org/">', None),
        ("", None),
    ],
)
def test_the_address_a_page_names(head: str, url: str | None) -> None:
    loaded = _load(_page(head))
    assert loaded is not None
    assert loaded.document.url == url
    assert loaded.document.site == (url.split("/")[2] if url else None)
    assert _load(_page(head), "mine").document.site == "mine"  # type: ignore[union-attr]


def test_the_document_is_the_text_and_never_markup() -> None:
    loaded = _load(_page("<title>x</title>"))
    assert loaded is not None
    assert A in loaded.document.text
    assert "<p>" not in loaded.document.text
    assert loaded.document.text.endswith("\n")
    assert loaded.converted
    assert loaded.without([]) == loaded.document.text.encode()


@pytest.mark.parametrize("page", ["", " \n\t"])
def test_an_empty_page_holds_no_document(page: str) -> None:
    assert _load(page) is None


@pytest.mark.parametrize(
    "page", ["<p></p>", "plain text", b"\x00\x01\xff\xfe\x80", "<" * 5000, "<html>" * 3000, b"\x89PNG\r\n"]
)
def test_what_gives_no_text_is_an_error_or_text_and_never_a_crash(page: str | bytes) -> None:
    try:
        loaded = _load(page)
    except InputError as error:
        assert error.place == "a.html"
    else:
        assert loaded is not None
        assert loaded.document.text.strip()


@pytest.mark.parametrize("name", ["page.html", "page.htm.gz"])
def test_pages_are_read_cleaned_and_their_text_restored(project: Path, name: str) -> None:
    raw = _page("").encode()
    put(project / "in", {name: gzip.compress(raw) if name.endswith("gz") else raw})
    before = tree(project / "in")
    loaded = _load(raw)
    assert loaded is not None
    cleaner("clean", "in", "-o", "out")
    cleaned = tree(project / "out")["page.txt"].decode()
    assert cleaned == loaded.document.text.replace(f"{SIGNUP}\n", "")
    assert tree(project / "in") == before
    assert "HTML is never edited" in cleaner("clean", "in", "--in-place", code=2).stderr
    cleaner("restore", "out")
    assert tree(project / "out") == {"page.txt": loaded.document.text.encode()}
    assert tree(project / "in") == before
