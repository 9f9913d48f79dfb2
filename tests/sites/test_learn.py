"""What is learned from a site, and what it takes from its pages."""

from __future__ import annotations

import random

import pytest

from cleaner.batch import Page
from cleaner.model import Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import keyed_lines, survey
from cleaner.sites.template import Template
from tests.sites.made import SITES, Made, news


def _page(own: Made, text: str | None = None) -> Page:
    return Page(Document(own.id, own.text if text is None else text))


def _left(template: Template, page: Page) -> str:
    keyed = keyed_lines(page)
    gone = {taken.place for taken, _ in template.strip([key for key, _ in keyed])}
    lines = [line for place, (_, line) in enumerate(keyed) if place not in gone]
    return "\n".join(page.document.text[line.start : line.stop] for line in lines)


@pytest.mark.parametrize("count", [8, 60])
@pytest.mark.parametrize("site", SITES)
def test_the_template_goes_and_the_content_stays(site: str, count: int) -> None:
    pages = SITES[site](count)
    template = learn(site, [survey(_page(own)) for own in pages])
    assert [_left(template, _page(own)) for own in pages] == [own.content for own in pages]


@pytest.mark.parametrize("site", SITES)
def test_what_is_left_has_no_template(site: str) -> None:
    pages = SITES[site](60)
    template = learn(site, [survey(_page(own)) for own in pages])
    again = learn(site, [survey(_page(own, _left(template, _page(own)))) for own in pages])
    assert again.rounds == ()


def test_the_order_of_surveys_changes_nothing() -> None:
    surveys = [survey(_page(own)) for own in news(40)]
    shuffled = random.Random(7).sample(surveys, len(surveys))
    assert learn("s", surveys) == learn("s", shuffled)


def test_a_site_of_too_few_documents_has_none() -> None:
    surveys = [survey(_page(own)) for own in news(4)]
    assert learn("s", surveys).rounds == ()
    assert learn("s", surveys, least=4).rounds != ()


def test_a_page_that_was_not_surveyed_is_stripped_alike() -> None:
    pages = news(60)
    template = learn("s", [survey(_page(own)) for own in pages[:50]])
    assert [_left(template, _page(own)) for own in pages[50:]] == [own.content for own in pages[50:]]


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("A quotation that many carry, word for word, in the middle of what they say.", 1),
        ("}", 1),
        ("Parameters", 1),
        ("| name | default | meaning |", 2),
    ],
)
def test_what_recurs_inside_bodies_stays(lines: str, place: int) -> None:
    pages = []
    for own in news(30):
        rows = own.content.split("\n")
        rows.insert(place + 1, lines)
        pages.append(Made(own.id, own.text.replace(own.content, "\n".join(rows)), "\n".join(rows)))
    template = learn("s", [survey(_page(own)) for own in pages])
    assert [_left(template, _page(own)) for own in pages] == [own.content for own in pages]


def test_a_near_copy_of_a_footer_goes_too() -> None:
    footer = "This work may be copied for any purpose so long as the name of the maker and this notice are kept whole"
    pages = news(30)
    texts = [
        own.text + footer.replace("whole", "whole" if number else "intact") + "\n" for number, own in enumerate(pages)
    ]
    template = learn("s", [survey(_page(own, text)) for own, text in zip(pages, texts, strict=True)])
    assert [_left(template, _page(own, text)) for own, text in zip(pages, texts, strict=True)] == [
        own.content for own in pages
    ]


def test_entries_say_in_how_many_documents_they_stand() -> None:
    template = learn("s", [survey(_page(own)) for own in news(30)])
    entry = template.rounds[0].head.lines["home news weather letters", 1]
    assert (entry.count, template.surveyed, entry.documents) == (30, 30, ("page-000", "page-001", "page-002"))
