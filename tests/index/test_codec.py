from __future__ import annotations

import json
import zlib

import pytest

from cleaner.batch import Page
from cleaner.errors import IndexFileError
from cleaner.index.codec import from_survey, from_template, to_survey, to_template
from cleaner.model import Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import KEEP, Survey, survey
from tests.sites.made import SITES


@pytest.mark.parametrize("keys", [(), (None,), ("a b", None, "\0!", "\ud800", "é\U0001f600")])
def test_surveys_come_back(keys: tuple[str | None, ...]) -> None:
    assert to_survey("a", from_survey(Survey("a", keys))) == Survey("a", keys)


@pytest.mark.parametrize("site", SITES)
def test_templates_come_back_and_take_the_same(site: str) -> None:
    pages = [survey(Page(Document(own.id, own.text))) for own in SITES[site](30)]
    template = learn("a.example", pages)
    again = to_template("a.example", from_template(template))
    assert template.rounds
    assert again == template
    assert [again.strip(page.keys) for page in pages] == [template.strip(page.keys) for page in pages]


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"x", _packed(["a"])[:-2], zlib.compress(b"["), _packed({}), _packed([1]), _packed(["a"] * (2 * KEEP + 2))],
)
def test_a_damaged_survey_is_refused(data: bytes) -> None:
    with pytest.raises(IndexFileError, match="damaged"):
        to_survey("a", data)


_TABLE = {"lines": [], "ends": []}
_CONTEXT: list[list[str]] = [[], [], []]


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"surveyed": 1},
        {"surveyed": -1, "rounds": []},
        {"surveyed": 1, "rounds": [{"head": _TABLE, "tail": _TABLE}]},
        {"surveyed": 1, "rounds": [{"head": _TABLE, "tail": _TABLE, "context": [[], []]}]},
        {"surveyed": 1, "rounds": [{"head": _TABLE, "tail": _TABLE, "context": [[1], [], []]}]},
        *(
            {"surveyed": 1, "rounds": [{"head": {**_TABLE, part: [row]}, "tail": _TABLE, "context": _CONTEXT}]}
            for part, row in [
                ("lines", ["a", 0]),
                ("lines", [1, 0, 0.5, [], 1, []]),
                ("lines", ["a", 0, 1.5, [], 1, []]),
                ("lines", ["a", 0, 0.5, [9], 1, []]),
                ("lines", ["a", 0, 0.5, [], "1", []]),
                ("ends", ["middle", ["a"], 0.5, [], 1, []]),
                ("ends", ["begins", "a", 0.5, [], 1, [1]]),
            ]
        ),
    ],
)
def test_a_damaged_template_is_refused(value: object) -> None:
    with pytest.raises(IndexFileError, match="damaged"):
        to_template("a", _packed(value))
