from __future__ import annotations

import pytest
from trafilatura import bare_extraction

from cleaner.webpage.parse import tree_of
from cleaner.webpage.verdict import by_trafilatura

_PROSE = "The heron stood in the ford at noon, and nobody who crossed the river that day had seen it come. " * 4
_BODY = f"<h1>The heron</h1><div class=menu><a href=/>Home</a></div><article><p>{_PROSE}</p></article>"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>A</title><style>p {{}}</style><script>var a</script></head><body>{_BODY}</body></html>",
        _BODY.replace("noon,", "noon<script>var a</script>,<style>p {}</style> at<svg><text>a</text></svg> last"),
        # a page without text of its own in elements that count: its linked data has it
        f'<head><script type="application/ld+json">{{"articleBody": "{_PROSE}"}}</script></head><body><b>{_PROSE}</b>',
        f'<body><div>A</div><script type="application/ld+json">{{"articleBody": "{_PROSE}"}}</script><b>{_PROSE}</b>',
        # attributes of links and images, in tables and lists, where links are many
        f'<article><p title="a" width="1">{_PROSE}</p><ul><li><a href="/a" title="b" rel="c">one</a></li>'
        f'<li><a href="/b" onclick="a()">two</a> {_PROSE}</li></ul><figure><img src="a.png" srcset="b" alt="a heron"'
        f' data-src="c" height="2"></figure><table width="9"><tr><td width="1"><a href="/c">three</a></td></tr></table>'
        f'<p><graphic src="a.png" alt="b" title="c"></graphic>{_PROSE[::-1]}</p></article>',
        # what says that posts are the page's text
        '<head><script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script></head>'
        f'<body><div id="comments"><p>{_PROSE}</p><p>{_PROSE[::-1]}</p></div>',
    ],
)
def test_what_trafilatura_does_not_get_makes_no_difference(page: str) -> None:
    whole = bare_extraction(tree_of(page, "page"), fast=True)
    verdict = by_trafilatura(tree_of(page, "page"))
    assert verdict is not None
    assert verdict.text == getattr(whole, "text", None)
    assert verdict.comments == (getattr(whole, "comments", None) or "")
