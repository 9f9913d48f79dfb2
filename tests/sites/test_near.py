"""Lines that are nearly the same on the pages of a site."""

from __future__ import annotations

import random

import pytest

from cleaner.batch import Page
from cleaner.model import Document
from cleaner.sites.learn import learn
from cleaner.sites.near import Near
from cleaner.sites.survey import keyed_lines, survey
from cleaner.sites.template import Template

_WORDS = [
    one + other for one in ("ba", "ce", "di", "fo", "gu", "ha") for other in ("ran", "sel", "tin", "vor", "pun", "mas")
]


def _pages(seed: int, *, words: int, edited: int, place: str, company: bool) -> list[tuple[Page, str]]:
    """Pages with a block of so many words, some in a row edited on each page; and the block."""
    chance = random.Random(seed)
    block = chance.choices(_WORDS, k=words)
    pages = []
    for number in range(12):
        at = chance.randrange(words - edited + 1)
        own = " ".join([*block[:at], *(f"edit{number}" for _ in range(edited)), *block[at + edited :]])
        body = [" ".join(f"{chance.choice(_WORDS)}{chance.randrange(99)}" for _ in range(30)) for _ in range(5)]
        title = f"Title {chance.random()}"
        nav, foot = (["Home | About | Blog"], ["Copyright 2024 The Site"]) if company else ([], [])
        parts = {"head": [own, title, *body], "tail": [title, *body, own], "body": [title, *body[:2], own, *body[2:]]}
        pages.append((Page(Document(f"{number:02}", "\n\n".join([*nav, *parts[place], *foot]))), own))
    return pages


def _left(template: Template, page: Page) -> str:
    keyed = keyed_lines(page)
    gone = {taken.place for taken, _ in template.strip([key for key, _ in keyed])}
    kept = [line for place, (_, line) in enumerate(keyed) if place not in gone]
    return "\n\n".join(page.document.text[line.start : line.stop] for line in kept)


@pytest.mark.parametrize("company", [True, False])
@pytest.mark.parametrize("place", ["head", "tail"])
@pytest.mark.parametrize(("words", "edited"), [(50, 1), (60, 2), (100, 1), (150, 3), (400, 4)])
def test_a_block_that_each_page_edits_elsewhere_goes(words: int, edited: int, place: str, company: bool) -> None:
    for seed in range(3):
        pages = _pages(seed, words=words, edited=edited, place=place, company=company)
        template = learn("s", [survey(page) for page, _ in pages])
        left = [_left(template, page) for page, _ in pages]
        assert not [own for (_, own), text in zip(pages, left, strict=True) if own in text]
        again = [survey(Page(Document(page.document.id, text))) for (page, _), text in zip(pages, left, strict=True)]
        assert learn("s", again).rounds == ()


@pytest.mark.parametrize(
    ("words", "edited", "place"),
    [
        (60, 2, "body"),  # what recurs nearly inside bodies is content, as what recurs exactly is
        (60, 6, "tail"),  # below the Jaccard index of 0.8 to any wording
    ],
)
def test_what_stays(words: int, edited: int, place: str) -> None:
    pages = _pages(1, words=words, edited=edited, place=place, company=True)
    template = learn("s", [survey(page) for page, _ in pages])
    assert all(own in _left(template, page) for page, own in pages)


def test_a_page_that_was_not_surveyed_and_its_kind() -> None:
    pages = _pages(2, words=60, edited=1, place="tail", company=True)
    template = learn("s", [survey(page) for page, _ in pages[:9]])
    for page, own in pages:
        assert own not in _left(template, page)
        (near,) = [(taken, entry) for taken, entry in template.strip(survey(page).keys) if taken.kind == "near"]
        assert near[1].count == 9


def test_the_order_of_surveys_changes_nothing() -> None:
    surveys = [survey(page) for page, _ in _pages(3, words=60, edited=2, place="tail", company=True)]
    expected = learn("s", surveys)
    for seed in range(5):
        assert learn("s", random.Random(seed).sample(surveys, len(surveys))) == expected


def test_the_nearest_wording_stands_for_a_line() -> None:
    one = " ".join(_WORDS[:36])
    other = " ".join([*_WORDS[:34], "and", "more"])
    near = Near((one, other))
    assert near.of(" ".join(["first", *_WORDS[1:36]])) == one
    assert near.of(" ".join(["first", *_WORDS[1:34], "and", "more"])) == other
    assert near.of("a short line") == "a short line"
    assert near.of(None) is None
