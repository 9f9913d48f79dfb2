from __future__ import annotations

from typing import Any

import pytest

from cleaner.webpage.metadata import metadata_of
from cleaner.webpage.parse import tree_of

HEAD = """
<title>On Herons | The Gazette</title>
<meta property="og:title" content="On Herons"><meta name="author" content="Ada Moor">
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<meta property="og:site_name" content="The Gazette">
<link rel="canonical" href="https://gazette.example.org/herons">
"""


def _metadata(page: str, url: str | None = None) -> dict[str, str]:
    return metadata_of(tree_of(page, "a.html"), url)


def test_what_the_head_says() -> None:
    page = f"<html lang='en-GB'><head>{HEAD}</head><body><p>text</p></body></html>"
    assert _metadata(page) == {
        "language": "en-GB",
        "title": "On Herons",
        "author": "Ada Moor",
        "date": "2021-03-04",
        "url": "https://gazette.example.org/herons",
        "sitename": "The Gazette",
    }


def test_what_the_body_says() -> None:
    page = (
        "<html><body><h1>On Herons</h1><time datetime='2021-03-04'>4 March 2021</time>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "@context": "https://schema.org", '
        '"author": {"@type": "Person", "name": "Ada Moor"}}</script><p>text</p></body></html>'
    )
    found = _metadata(page, "https://gazette.example.org/herons")
    assert (found["title"], found["author"], found["date"]) == ("On Herons", "Ada Moor", "2021-03-04")
    assert found["url"] == "https://gazette.example.org/herons"


def test_a_page_that_says_nothing_of_itself() -> None:
    assert _metadata("<html><body><p>text</p></body></html>") == {}


def test_the_page_is_as_it_was() -> None:
    page = tree_of(f"<html><head>{HEAD}</head><body><h1>a</h1><p>text</p></body></html>", "a.html")
    before = [(own.tag, own.text, own.tail) for own in page.iter()]
    metadata_of(page, None)
    assert [(own.tag, own.text, own.tail) for own in page.iter()] == before


def test_a_page_whose_metadata_break_trafilatura_is_still_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("year 30210 is out of range")

    monkeypatch.setattr("trafilatura.metadata.extract_metadata", broken)
    assert metadata_of(tree_of("<html lang=de><body><p>a</p></body></html>", "a.html"), None) == {"language": "de"}
