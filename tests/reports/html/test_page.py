from __future__ import annotations

import re

import pytest

from cleaner.reports.html import POLICY, count, percent, render
from cleaner.reports.html.page import entry, page_of, pages
from tests.browser.hostile import PAYLOADS
from tests.files import SIGNUP, A, B
from tests.support import PROSE, cleaned


def _page(place: str, text: str, *, review: bool = False, **policy: float) -> str:
    ((_, page),) = pages(entry(place, cleaned(text, **policy)), None, None, review=review)
    return page


def test_a_page_holds_what_goes_and_why() -> None:
    page = _page("a.txt", f"{A}\n\n{SIGNUP}\n\n{B}\n")
    assert f'<del class="c0" id="r1" tabindex="0" aria-describedby="n1">{SIGNUP}</del>' in page
    assert "asks to sign up" in page
    assert "+6.0" in page


def test_a_document_that_is_left_whole_says_so() -> None:
    assert "would lose" in _page("a.txt", f"{A}\n\n{SIGNUP}\n", max_removed=0.01)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("review", [False, True])
def test_nothing_of_a_document_becomes_markup(payload: str, review: bool) -> None:
    plain = _page("a.txt", f"{A} x\n\nSign up now x\n\n{B} Click here x.\n", review=review)
    page = _page(
        f"{payload}.txt", f"{A} {payload}\n\nSign up now {payload}\n\n{B} Click here {payload}.\n", review=review
    )
    tags = re.compile(r"<(/?\w+)")
    assert set(tags.findall(page)) <= set(tags.findall(plain))
    assert page.count("<script") == plain.count("<script")
    assert " style=" not in page
    assert not re.search(r"<[^>]*\son\w+=", page)
    page.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", page)


def test_the_policy_allows_nothing_inline_and_no_connection() -> None:
    page = _page("a.txt", f"{A}\n\n{SIGNUP}\n")
    assert f'http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#39;")}"' in page
    assert "unsafe" not in POLICY
    assert "connect-src" not in POLICY
    assert "connect-src 'self'" in _page("a.txt", f"{A}\n\n{SIGNUP}\n", review=True).replace("&#39;", "'")


def test_long_documents_are_split_and_every_removal_is_on_its_page() -> None:
    text = "\n\n".join(part for n in range(1200) for part in (f"{n} {PROSE[n % 5]}", f"Sign up now {n}")) + "\n"
    own = entry("a.txt", cleaned(text))
    made = dict(pages(own, None, None, review=False))
    assert list(made) == [f"{own.page}.html", f"{own.page}-2.html", f"{own.page}-3.html"]
    for number, name in page_of(own).items():
        assert f'id="r{number}"' in made[name]
    assert f'href="{own.page}-2.html"' in made[f"{own.page}.html"]


def test_pages_lead_to_their_neighbours() -> None:
    first, second = (entry(name, cleaned(f"{A}\n\n{SIGNUP}\n")) for name in ("a.txt", "b.txt"))
    ((_, page),) = pages(first, None, second, review=False)
    assert f'rel="next" href="{second.page}.html"' in page
    assert 'rel="prev"' not in page


def test_a_place_is_a_name_only_by_its_hash() -> None:
    assert re.fullmatch(r"[0-9a-f]{20}", entry("../../etc/passwd\ud800", cleaned(A)).page)


def test_a_value_that_is_missing_is_an_error() -> None:
    import jinja2

    with pytest.raises(jinja2.UndefinedError):
        render("skipped.html", root="", review=False, title="a")


@pytest.mark.parametrize(("share", "shown"), [(0, "0.0\u2009%"), (1, "100.0\u2009%"), (0.00001, "< 0.1\u2009%")])
def test_figures(share: float, shown: str) -> None:
    assert percent(share) == shown
    assert count(1234567) == "1\u2009234\u2009567"
