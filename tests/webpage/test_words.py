from __future__ import annotations

import pytest
import regex

from cleaner.webpage.words import words_of


@pytest.mark.parametrize(
    "texts",
    [
        [""],
        ["", "", ""],
        ["The heron stood", "", "in the_ford at 9 o\u2019clock \u2014 \u201calone\u201d."],
        ["\u0915\u094d\u0937 e\u0301t\u00e9 x\u00b2 \u2460 \u6f22\u5b57 \u4eee\u540d", "\U0001f426 heron \U0001d7d8"],
        ["one\ntwo", "three\r\nfour\u2028five"],
        ["a\ud800b c"],
        ["x" * 3000],
    ],
)
def test_words_are_those_of_regex(texts: list[str]) -> None:
    words = words_of(texts)
    expected = [regex.findall(r"\w+", text.lower()) for text in texts]
    assert words.counts.tolist() == [len(own) for own in expected]
    named = dict(zip((word for own in expected for word in own), words.hashes.tolist(), strict=True))
    assert [words.of(number).tolist() for number in range(len(texts))] == [[named[w] for w in own] for own in expected]
    assert len(set(named.values())) == len(named)


def test_upper_case_and_what_stands_around_a_word_make_no_difference() -> None:
    words = words_of(["HERONS \u039f\u0394\u039f\u03a3", "\u201cherons\u201d, \u03bf\u03b4\u03bf\u03c2!"])
    assert words.of(0).tolist() == words.of(1).tolist()


def test_the_words_of_the_first_texts() -> None:
    words = words_of(["one two", "", "three"])
    assert words.before(2).counts.tolist() == [2, 0]
    assert words.before(2).hashes.tolist() == words.of(0).tolist()
    assert not len(words.before(0).hashes)
