from __future__ import annotations

from hypothesis import given

from cleaner.edits import Origin, apply, check, merge, restore
from tests.property.strategies import texts_with_cuts


@given(texts_with_cuts())
def test_restore_undoes_apply(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    cuts = [(start, text[start:end]) for start, end in spans]
    assert restore(apply(text, spans), cuts) == text


@given(texts_with_cuts())
def test_pieces_are_the_same_text_and_avoid_the_cuts(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    left = apply(text, spans)
    origin = Origin(spans)
    for start in range(0, len(left), max(1, len(left) // 7)):
        for end in {start + 1, (start + len(left) + 1) // 2, len(left)}:
            if start < end:
                pieces = origin.pieces(start, end)
                assert "".join(text[a:b] for a, b in pieces) == left[start:end]
                check(sorted([*pieces, *spans]), len(text))


@given(texts_with_cuts())
def test_merging_changes_nothing_of_what_is_cut(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    assert apply(text, merge(reversed(spans))) == apply(text, spans)


@given(texts_with_cuts())
def test_a_place_that_stays_is_found_where_it_stands_after_the_cuts(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    origin = Origin(spans)
    for at in range(len(text) + 1):
        gone = sum(min(end, at) - start for start, end in spans if start < at)
        assert origin.after(at) == at - gone
