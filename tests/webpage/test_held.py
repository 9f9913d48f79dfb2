from __future__ import annotations

import pytest

from cleaner.webpage.held import held
from cleaner.webpage.words import words_of


def _held(lines: list[str], text: str) -> list[bool]:
    words = words_of([*lines, text])
    result: list[bool] = held(words.before(len(lines)), words.of(len(lines))).tolist()
    return result


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        (["a b c"], "a b c", [True]),
        (["A, b!"], "a b", [True]),
        (["a b"], "b a", [False]),
        ([], "a", []),
        (["", "a"], "a", [False, True]),
        (["a"], "", [False]),
        # the text joins lines, or cuts them
        (["one two", "three"], "one two three", [True, True]),
        (["one two three"], "one two\nthree", [True]),
        # a short line that stands twice is the one in the right place
        (["share", "the heron stood in the ford", "share"], "the heron stood in the ford share", [False, True, True]),
        (["home", "the heron stood in the ford", "home"], "the heron stood in the ford", [False, True, False]),
        # a long line may have moved, or have lost a word
        (["it left the village by the old road", "the heron stood in the ford at noon"],
         "the heron stood in the ford at noon it left the village by the old road", [True, True]),
        (["the heron stood in the deep ford all of the long morning and slept"],
         "the heron stood in the deep ford all of the long morning", [True]),
        (["the heron stood in the ford at noon and in the evening"], "a crane flew over the lake", [False]),
        (["over the lake a crane flew low and slow"], "a crane flew over the lake", [False]),
        # a line of more words than it is known by
        (["the heron " * 40], "the heron " * 40, [True]),
    ],
)  # fmt: skip
def test_which_lines_a_text_holds(lines: list[str], text: str, expected: list[bool]) -> None:
    assert _held(lines, text) == expected


def test_short_lines_follow_the_longest_chain() -> None:
    lines = ["b", "a", "b", "c", "a"]
    assert _held(lines, "a b c") == [False, True, True, True, False]


def test_a_line_is_counted_once() -> None:
    assert _held(["a", "a", "a"], "a a").count(True) == 2
