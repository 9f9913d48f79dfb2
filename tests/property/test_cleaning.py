from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply, check, restore
from cleaner.model import Media
from tests.property.strategies import texts
from tests.support import cleaned, cleaned_all

media = pytest.mark.parametrize("media", ["text", "markdown"])


@media
@given(text=texts(40))
def test_the_text_is_the_original_without_the_removals(media: Media, text: str) -> None:
    result = cleaned(text, media)
    spans = [(removal.start, removal.end) for removal in result.removals]
    check(spans, len(text))
    assert result.held or result.text == apply(text, spans)
    assert not result.held or result.text == text
    assert restore(apply(text, spans), [(start, text[start:end]) for start, end in spans]) == text


@media
@given(text=texts(40))
def test_cleaning_again_changes_nothing(media: Media, text: str) -> None:
    once = cleaned(text, media)
    assert cleaned(once.text, media).text == once.text


@media
@given(documents=st.lists(texts(16), min_size=1, max_size=5), order=st.randoms(use_true_random=False))
def test_company_and_order_of_documents_make_no_difference(media: Media, documents: list[str], order: object) -> None:
    alone = {text: cleaned(text, media).text for text in documents}
    shuffled = sorted(documents, key=lambda text: hash((text, repr(order))))
    assert [result.text for result in cleaned_all(shuffled, media)] == [alone[text] for text in shuffled]
    assert [result.text for result in cleaned_all(documents, media)] == [alone[text] for text in documents]


@media
@given(text=texts(40))
def test_a_byte_order_mark_and_the_last_line_end_stay(media: Media, text: str) -> None:
    text = "\ufeff" + text + "end of it\r\n"
    result = cleaned(text, media)
    assert result.text.startswith("\ufeff")
    assert result.text.endswith("\n")


@media
@given(text=texts(40))
def test_every_removal_has_a_reason_and_a_decision(media: Media, text: str) -> None:
    result = cleaned(text, media)
    gone = [decision for decision in result.decisions if decision.action != "keep"]
    for removal in result.removals:
        assert removal.rule and removal.reason and removal.category
        assert any(decision.start < removal.end and removal.start < decision.end for decision in gone)
    for decision, after in pairwise(result.decisions):
        assert decision.start <= after.start
