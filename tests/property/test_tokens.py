from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from cleaner import tokens
from cleaner.tokens import SHINGLE, TokenTable
from tests.property.strategies import one_line

_WORD = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")


def _words(view: str) -> list[bytes]:
    return _WORD.findall(view.lower().encode("utf-8", "replace"))


def _shingles(words: Sequence[bytes]) -> list[tuple[bytes, ...]]:
    return [tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def _check_table(views: list[str]) -> None:
    table = TokenTable.of(views)
    words = [_words(view) for view in views]
    assert table.counts.tolist() == [len(own) for own in words]
    flat = [word for own in words for word in own]
    _check_bijection(flat, table.words.tolist())
    filled = [(own, value) for own, value in zip(words, table.blocks.tolist(), strict=True) if own]
    _check_bijection([tuple(own) for own, _ in filled], [value for _, value in filled])
    hashes, owners = table.shingles
    expected = [(shingle, view) for view, own in enumerate(words) for shingle in _shingles(own)]
    assert owners.tolist() == [view for _, view in expected]
    _check_bijection([shingle for shingle, _ in expected], hashes.tolist())


def _check_bijection(values: Sequence[object], hashes: Sequence[int]) -> None:
    assert len(values) == len(hashes)
    assert len(set(values)) == len(set(hashes)) == len(set(zip(values, hashes, strict=True)))


@given(st.lists(one_line(), max_size=8))
def test_hashes_are_equal_exactly_where_the_words_are(views: list[str]) -> None:
    _check_table(views + views[:2])


@given(st.lists(one_line(), max_size=8), st.integers(1, 40))
def test_chunks_make_no_difference(views: list[str], chunk: int) -> None:
    whole = TokenTable.of(views)
    with patch.object(tokens, "_CHUNK", chunk):
        parts = TokenTable.of(views)
        _check_table(views)
    assert parts.words.tolist() == whole.words.tolist()
    assert parts.first.tolist() == whole.first.tolist()


@given(st.lists(one_line(), min_size=1, max_size=6))
def test_a_view_has_the_same_hashes_in_any_company(views: list[str]) -> None:
    table = TokenTable.of(views)
    for number, (start, end) in enumerate(pairwise(table.first.tolist())):
        alone = TokenTable.of([views[number]])
        assert alone.words.tolist() == table.words[start:end].tolist()
        assert alone.blocks.tolist() == [table.blocks[number]]
