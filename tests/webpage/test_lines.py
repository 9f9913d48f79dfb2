from __future__ import annotations

import pytest

from cleaner.webpage.lines import Line, lines_of
from cleaner.webpage.parse import tree_of
from cleaner.webpage.traits import BITS


def _lines(body: str) -> list[Line]:
    return lines_of(tree_of(f"<html><head><title>T</title></head><body>{body}</body></html>", "a.html"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("one<br>two<br/><br/>three", ["one", "two", "three"]),
        ("<p>  one\n   two\t three </p>", ["one two three"]),
        ("<p>a\u00a0b\u2028c</p>", ["a b c"]),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", ["one", "two", "three"]),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("<pre>one\n  two\r\n\nthree</pre>", ["one", "  two", "three"]),
        ("<dl><dt>one</dt><dd>two</dd></dl>", ["one", "two"]),
        ("", []),
        (" <p> </p>\n<div>\u00a0</div> ", []),
    ],
)
def test_where_lines_begin_and_end(body: str, expected: list[str]) -> None:
    assert [line.text for line in _lines(body)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a <b>bold</b> word", "a bold word"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H2O and x2"),
        ("un<em>believ</em>able", "unbelievable"),
        ("<span>T</span>he heron", "The heron"),
        ("<a>News</a><a>Sport</a>", "News Sport"),
        ("<span>From</span><span>20</span>", "From 20"),
        ("see <a>this</a>, and (<a>that</a>)", "see this, and (that)"),
        ("<button>Yes</button><button>No</button>", "Yes No"),
        ("one<!-- note --> two", "one two"),
        ("<custom-tag>one</custom-tag>two", "one two"),
    ],
)
def test_words_neither_run_together_nor_fall_apart(body: str, expected: str) -> None:
    assert [line.text for line in _lines(f"<p>{body}</p>")] == [expected]


@pytest.mark.parametrize(
    "unseen",
    ["<script>var a</script>", "<style>a{}</style>", "<template><p>a</p></template>", "<iframe>a</iframe>",
     "<object>a</object>", "<noframes>a</noframes>"],
)  # fmt: skip
def test_what_no_browser_shows_is_left_out_and_what_follows_is_not(unseen: str) -> None:
    assert [line.text for line in _lines(f"<p>before {unseen}after</p>")] == ["before after"]


def test_a_line_knows_the_elements_around_it_and_their_links_and_traits() -> None:
    nav, text = _lines(
        '<nav class="main-menu"><ul><li><a href="/">Home</a></li></ul></nav>'
        '<div id="articleBody"><p class="lead">Go <a href="/x">here</a>.</p></div>'
    )
    assert nav.path == ("html", "body", "nav", "ul", "li", "a")
    assert (nav.linked, len(nav.text)) == (4, 4)
    assert nav.mask & BITS["nav"]
    assert not nav.near & BITS["nav"]  # its own elements say nothing
    assert text.path[-2:] == ("div", "p")
    assert text.linked == 4
    assert text.mask & BITS["content"]
    assert nav.parents[0] == text.parents[0]
    assert nav.parents[-1] != text.parents[-1]


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ('<div role="navigation">', "nav"),
        ('<div role="main">', "main"),
        ('<div role="contentinfo">', "footer"),
        ('<div role="button">', "div"),
        ("<main>", "main"),
    ],
)
def test_roles_name_elements(element: str, name: str) -> None:
    [line] = _lines(f"{element}text")
    assert line.path[-1] == name


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ('style="color: red; display : none"', True),
        ("hidden", True),
        ('aria-hidden="true"', True),
        ('style="display:block"', False),
        ('aria-hidden="false"', False),
        ("", False),
    ],
)
def test_hidden_lines_are_there_and_say_so(attributes: str, hidden: bool) -> None:
    [line] = _lines(f"<div {attributes}><p>text</p></div>")
    assert line.hidden is hidden


def test_cells_of_a_row() -> None:
    [line] = _lines("<table><tr><td>one two</td><td></td><td>three</td></tr></table>")
    assert [line.text[a:b].strip() for a, b in zip((0, *line.cells), (*line.cells, None), strict=True)] == [
        "one two", "", "three",
    ]  # fmt: skip
