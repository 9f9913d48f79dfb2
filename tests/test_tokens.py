from __future__ import annotations

import numpy as np
import pytest

from cleaner import tokens
from cleaner.tokens import TokenTable


def _is_same(one: str, other: str) -> bool:
    blocks = TokenTable.of([one, other]).blocks
    return bool(blocks[0] == blocks[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, World!", "hello world"),
        ("a-b", "a b"),
        ("  x  ", "x"),
        ("ÄRGER", "ärger"),
        ("ΟΔΟΣ", "οδος"),
        ("", "..."),
        ("don't", "don t"),
        ("a\ud800b", "a?b"),
    ],
)
def test_same_words_same_hash(one: str, other: str) -> None:
    assert _is_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "b a"),
        ("ab", "a b"),
        ("a", "a a"),
        ("strasse", "straße"),
        ("e\u0301", "\u00e9"),
        ("stop", "ſtop"),
        ("snake_case", "snake case"),
        ("1.5", "15"),
        ("a", ""),
        ("😀", "😁"),
        ("x" * 300, "x" * 301),
    ],
)
def test_other_words_other_hash(one: str, other: str) -> None:
    assert not _is_same(one, other)


@pytest.mark.parametrize(
    ("views", "counts"),
    [
        ([], []),
        ([""], [0]),
        (["", "", ""], [0, 0, 0]),
        (["a", "", "b c"], [1, 0, 2]),
        (["...", "a"], [0, 1]),
        (["漢字 仮名"], [2]),
    ],
)
def test_counts(views: list[str], counts: list[int]) -> None:
    table = TokenTable.of(views)
    assert table.counts.tolist() == counts
    assert table.view_of.tolist() == [view for view, count in enumerate(counts) for _ in range(count)]
    assert [bool(value) for value in table.blocks.tolist()] == [bool(count) for count in counts]


def test_shingles_stay_within_a_view() -> None:
    hashes, views = TokenTable.of(["a b c d", "e a b c d f", "x a b c d f"]).shingles
    assert views.tolist() == [1, 1, 2, 2]
    assert hashes[1] == hashes[3]
    assert hashes[0] != hashes[2]


def test_a_word_longer_than_a_chunk_is_one_word() -> None:
    long = "x" * (tokens._CHUNK + 100)
    table = TokenTable.of([f"a {long} b", long])
    assert table.counts.tolist() == [3, 1]
    assert table.words[1] == table.words[3]


def test_powers_are_kept_for_few_lengths_only() -> None:
    """Batches differ in length; what is kept between them must not grow with their number."""
    tokens._many_powers.cache_clear()
    for count in range(1, 3000):
        assert len(tokens._powers(3, count)) == count
    assert tokens._many_powers.cache_info().currsize <= 12
    assert tokens._powers(3, 4).tolist() == [1, 3, 9, 27]


def test_mix_spreads() -> None:
    mixed = tokens.mix(np.arange(1000, dtype=np.uint64))
    assert len(set((mixed >> np.uint64(48)).tolist())) > 950


@pytest.mark.parametrize("between", [" ", ""], ids=["words", "one word"])
def test_no_collision_can_be_written_down(between: str) -> None:
    """A polynomial modulo 2**64 over a Thue-Morse sequence is the same as over its complement."""
    bits = [number.bit_count() & 1 for number in range(4096)]
    assert not _is_same(between.join("ab"[bit] for bit in bits), between.join("ba"[bit] for bit in bits))
