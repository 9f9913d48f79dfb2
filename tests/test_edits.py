from __future__ import annotations

import pytest

from cleaner.edits import Origin, Span, apply, check, merge, restore


@pytest.mark.parametrize(
    "spans", [[(1, 1)], [(2, 1)], [(0, 7)], [(-1, 2)], [(0, 3), (2, 4)], [(3, 4), (0, 1)], [(7, 8)]]
)
def test_spans_that_are_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match=r"span -?\d+:-?\d+ is empty, overlaps, or lies outside 0:6"):
        check(spans, 6)
    with pytest.raises(ValueError, match="span"):
        apply("abcdef", spans)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(0, 6)], ""),
        ([(0, 1)], "bcdef"),
        ([(5, 6)], "abcde"),
        ([(1, 3), (3, 5)], "af"),
        ([(1, 2), (4, 5)], "acdf"),
    ],
)
def test_apply_and_restore(spans: list[Span], expected: str) -> None:
    assert apply("abcdef", spans) == expected
    assert restore(expected, [(start, "abcdef"[start:end]) for start, end in spans]) == "abcdef"


@pytest.mark.parametrize(
    "cuts", [[(4, "x")], [(0, "ab"), (1, "x")], [(-1, "x")], [(3, "x"), (5, "y")], [(2, "x"), (1, "y")]]
)
def test_a_cut_beyond_the_text_is_refused(cuts: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match="lies outside the text"):
        restore("abc", cuts)


@pytest.mark.parametrize(
    ("cuts", "place", "expected"),
    [
        ([], (0, 3), [(0, 3)]),
        ([(0, 2)], (0, 1), [(2, 3)]),
        ([(2, 4)], (0, 2), [(0, 2)]),
        ([(2, 4)], (2, 3), [(4, 5)]),
        ([(2, 4)], (1, 3), [(1, 2), (4, 5)]),
        ([(2, 4), (4, 6)], (1, 3), [(1, 2), (6, 7)]),
        ([(1, 2), (3, 4)], (0, 4), [(0, 1), (2, 3), (4, 6)]),
        ([(0, 1), (1, 2)], (0, 2), [(2, 4)]),
    ],
)
def test_pieces(cuts: list[Span], place: Span, expected: list[Span]) -> None:
    assert Origin(cuts).pieces(*place) == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(3, 4), (0, 1)], [(0, 1), (3, 4)]),
        ([(0, 2), (2, 3)], [(0, 3)]),
        ([(0, 9), (1, 2)], [(0, 9)]),
        ([(0, 1), (2, 3)], [(0, 1), (2, 3)]),
    ],
)
def test_merge(spans: list[Span], expected: list[Span]) -> None:
    assert merge(spans) == expected
