"""What of a template a document's sketch hangs on."""

from __future__ import annotations

import pytest

from cleaner.batch import Page
from cleaner.index.codec import from_template
from cleaner.indexsketches import _decisive
from cleaner.model import Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import Survey, survey
from cleaner.sites.template import Taken, Template
from tests.sites.made import SITES


def _surveys(site: str, count: int) -> list[Survey]:
    return [survey(Page(Document(own.id, own.text))) for own in SITES[site](count)]


def _taken(template: Template, pages: list[Survey]) -> list[list[Taken]]:
    return [[taken for taken, _ in template.strip(page.keys)] for page in pages]


@pytest.mark.parametrize("site", SITES)
def test_what_decides_takes_what_the_template_takes(site: str) -> None:
    pages = _surveys(site, 40)
    template = learn("a.example", pages[:30])
    assert _decisive(template) != template
    assert _taken(_decisive(template), pages) == _taken(template, pages)


def test_more_of_the_same_pages_change_the_evidence_alone() -> None:
    pages = _surveys("news", 40)
    one, other = learn("a.example", pages[:39]), learn("a.example", pages)
    assert one != other
    assert from_template(_decisive(one)) == from_template(_decisive(other))
