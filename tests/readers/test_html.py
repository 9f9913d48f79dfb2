from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import InputError
from cleaner.readers.base import Fields, Loaded, Unit
from cleaner.readers.html import HTML
from tests.files import SIGNUP, A, B, C, D, cleaner, entries, put, tree

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


HOSTILE = {
    "control characters": "<p>one &#11;&#x1b;\x0b two</p>",
    "300 levels": "<div>" * 300 + "<p>one two</p>" + "</div>" * 300,
    "1,900 levels": "<b>" * 1900 + "one two" + "</b>" * 1900,
    "a lone surrogate": "<p>one \ud800 &#xD800; two</p>",
    "a tag of many attributes": "<p " + " ".join(f"a{n}=v" for n in range(5000)) + ">one two</p>",
    "an end before the end": "<p>one two</p></body></html>",
    "a text of many words": f"<p>{'one two ' * 200_000}</p>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_pages_that_break_parsers_come_out_whole(body: str) -> None:
    page = f"<html><body><p>{A}</p>{body}<p>{B}</p></body></html>"
    loaded = _load(page.encode("utf-8", "surrogatepass"))
    assert loaded is not None
    text = loaded.document.text
    assert text.index(A) < text.index("one") < text.rindex("two") < text.index(B)


def test_a_page_too_deep_to_be_parsed_is_a_named_failure(project: Path) -> None:
    put(project, {"in/deep.html": "<div>" * 3000 + A, "in/fine.html": _page("")})
    done = cleaner("clean", "in", "-o", "out", code=2)
    assert "in/deep.html: the page cannot be parsed to its end: Excessive depth" in done.stderr
    assert list(tree(project / "out")) == ["fine.txt"]


def test_a_page_that_breaks_trafilatura_is_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> str:
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    loaded = _load(_page(""))
    assert loaded is not None
    assert A in loaded.document.text
    assert not any("html_kept_by_trafilatura" in own.evidence for own in loaded.document.annotations)


def test_each_line_is_annotated_where_it_stands() -> None:
    loaded = _load(_page(""))
    assert loaded is not None
    document = loaded.document
    assert [document.text[own.start : own.end] for own in document.annotations] == document.text[:-1].split("\n\n")
    assert document.annotations[0].path == ("html", "body", "article", "h1")


def test_markdown_on_request(project: Path) -> None:
    put(project, {"in/page.html": _page("")})
    cleaner("clean", "in", "-o", "out", "--html-format", "markdown")
    assert tree(project / "out")["page.md"].decode().startswith(f"# On Herons\n\n{A}\n\n{B}")
    assert "html_format: found 'word'" in cleaner("check", "in", "--html-format", "word", code=2).stderr


def test_metadata_goes_to_the_ledger(project: Path) -> None:
    put(project, {"in/page.html": _page("<title>On Herons</title><meta name=author content='Ada Moor'>")})
    cleaner("clean", "in", "-o", "out")
    [entry] = [own for own in entries(project / "out") if "document" in own]
    assert entry["metadata"]["title"] == "On Herons"
    assert entry["metadata"]["author"] == "Ada Moor"


@pytest.mark.parametrize("name", ["page.html", "page.htm.gz"])
def test_pages_are_read_cleaned_and_their_text_restored(project: Path, name: str) -> None:
    raw = _page("").encode()
    put(project / "in", {name: gzip.compress(raw) if name.endswith("gz") else raw})
    before = tree(project / "in")
    loaded = _load(raw)
    assert loaded is not None
    cleaner("clean", "in", "-o", "out")
    cleaned = tree(project / "out")["page.txt"].decode()
    assert cleaned == loaded.document.text.replace(f"{SIGNUP}\n\n", "")
    assert tree(project / "in") == before
    assert "HTML is never edited" in cleaner("clean", "in", "--in-place", code=2).stderr
    cleaner("restore", "out")
    assert tree(project / "out") == {"page.txt": loaded.document.text.encode()}
    assert tree(project / "in") == before
