"""Held against figures worked out by hand; the definitions are those of the labelled pages' own scorer."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.evaluation import Evaluation, Figures, Gold, bag, overlap, share
from cleaner.model import Cleaned, Document, Removal


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        ("", "", (1, 1, 1)),
        ("a", "", (0, 0, 0)),
        ("", "a", (0, 0, 0)),
        ("a b", "c", (0, 0, 0)),
        ("A, b!", "a b", (1, 1, 1)),
        ("a a b", "a b b", (2 / 3, 2 / 3, 2 / 3)),
        ("a b c d", "a b", (0.5, 1, 2 / 3)),
    ],
)
def test_words_are_compared_as_multisets_in_lower_case(
    found: str, wanted: str, expected: tuple[float, float, float]
) -> None:
    own = overlap(bag(found), bag(wanted))
    assert (own.precision, own.recall, own.f1) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("snippets", "expected"), [((), None), (("The Heron",), 1.0), (("heron", "crane"), 0.5), (("heronry",), 0.0)]
)
def test_share_of_snippets(snippets: tuple[str, ...], expected: float | None) -> None:
    assert share("the heron stood", snippets) == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"main_content": "x"}, "field 'id'"),
        ({"id": "a"}, "no labels"),
        ({"id": "a", "with": []}, "no labels"),
        ({"id": "a", "main_content": 7}, "field 'main_content'"),
        ({"id": "a", "with": "snippet"}, "field 'with'"),
        ({"id": "a", "without": [1]}, "field 'without'"),
    ],
)
def test_what_is_no_label_is_named(row: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Gold.of(row)


def test_figures_are_means_over_pages_by_type() -> None:
    evaluation = Evaluation()
    evaluation.add(Gold("1", "article", "a b", ("a",), ("c",)), "a b")
    evaluation.add(Gold("2", "forum", "a b"), "a b c d")
    assert evaluation.types["all"].pages == 2
    assert evaluation.types["all"].mean("f1") == pytest.approx((1 + 2 / 3) / 2)
    assert evaluation.types["all"].mean("precision") == pytest.approx(0.75)
    assert evaluation.types["forum"].mean("recall") == 1
    assert evaluation.types["all"].mean("wanted") == 1  # of the one page that has snippets
    assert evaluation.types["forum"].mean("wanted") is None
    assert evaluation.by_snippets() is None


def test_pages_labelled_by_snippets_are_summed_up() -> None:
    evaluation = Evaluation()
    evaluation.add(Gold("1", wanted=("stays", "lost"), unwanted=("menu",)), "this stays, and the menu")
    evaluation.add(Gold("2", wanted=("here",), unwanted=("gone",)), "here")
    assert evaluation.by_snippets() == Figures(2 / 3, 2 / 3)
    assert evaluation.types == {}


def _cleaned(text: str, *cuts: tuple[str, str]) -> Cleaned:
    removals = []
    left = text
    for category, part in cuts:
        start = text.index(part)
        removals.append(Removal(start, start + len(part), f"{category}/x", category, "", 5.0))
        left = left.replace(part, "")
    return Cleaned(Document("1", text), left, tuple(removals))


def test_a_removal_costs_the_words_that_the_page_then_lacks() -> None:
    evaluation = Evaluation()
    cleaned = _cleaned(
        "The heron stood. Share this heron. It flew.", ("share", "Share this heron. "), ("legal", "It flew.")
    )
    evaluation.add(Gold("1", content="the heron stood it flew"), cleaned.text, cleaned)
    share_, legal = evaluation.categories["share"], evaluation.categories["legal"]
    assert (share_.removals, share_.words, share_.wrong) == (1, 3, 0)
    assert (legal.removals, legal.words, legal.wrong) == (1, 2, 2)
    assert [(loss.wrong, loss.rule, loss.text) for loss in evaluation.worst(9)] == [(2, "legal/x", "It flew.")]


def test_a_document_left_whole_costs_nothing() -> None:
    evaluation = Evaluation()
    cleaned = _cleaned("The heron.", ("legal", "heron"))
    held = Cleaned(cleaned.document, cleaned.document.text, cleaned.removals, held="a limit")
    evaluation.add(Gold("1", content="the heron"), held.text, held)
    assert evaluation.categories == {}


def test_the_worst_are_the_same_whatever_the_order_of_the_pages() -> None:
    pages = [(f"{n:03}", "word " * (n % 7 + 1)) for n in range(300)]
    shown = []
    for order in (pages, pages[::-1]):
        evaluation = Evaluation()
        for name, text in order:
            cleaned = _cleaned(text, ("legal", text))
            evaluation.add(Gold(name, content=text), cleaned.text, cleaned)
        shown.append([(loss.wrong, loss.page) for loss in evaluation.worst(50)])
    assert shown[0] == shown[1]
    assert shown[0][0] == (7, "006")
