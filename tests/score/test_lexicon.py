from __future__ import annotations

import numpy as np
import pytest

from cleaner.score.lexicon import VOICES, Grams, Lexicon, hashes_of
from cleaner.tokens import TokenTable

VIEWS = ["Sign in to read", "", "Über 2025", "share", "12 comments"]
WRITTEN = [
    "sign",
    "in",
    "sign in",
    "to read",
    "^ sign",
    "read $",
    "über",
    "0000",
    "über 0000",
    "^ share",
    "share $",
    "00 comments",
]


def _lexicon(weights: dict[str, int], voice: int = 0) -> Lexicon:
    """A lexicon whose grams have one voice."""
    voices = np.zeros((len(weights), len(VOICES)), np.int64)
    voices[:, voice] = list(weights.values())
    return Lexicon(list(weights), voices)


def _sums(weights: dict[str, int]) -> list[int]:
    table = TokenTable.of(VIEWS)
    own: list[int] = _lexicon(weights).heard(table, Grams(table))[0][0].tolist()
    return own


def test_grams_as_written_are_those_of_texts() -> None:
    assert np.isin(hashes_of(WRITTEN), Grams(TokenTable.of(VIEWS)).hashes).all()
    assert not np.isin(
        hashes_of(["in sign", "^ in", "sign $", "000", "read share"]), Grams(TokenTable.of(VIEWS)).hashes
    ).any()


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, [0, 0, 0, 0, 0]),
        ({"sign in": -900}, [-300, 0, 0, 0, 0]),  # 4 words, 3 pairs, 2 edges: the root of 9
        ({"^ share": -500, "share": -500, "share $": 1000 - 1732}, [0, 0, 0, -1000, 0]),
        ({"00": 1000, "0000": 500}, [0, 0, 224, 0, 447]),
    ],
)
def test_a_score_is_the_sum_over_the_root_of_the_grams(weights: dict[str, int], expected: list[int]) -> None:
    assert _sums(weights) == expected


def test_a_large_table_finds_all_and_nothing_else() -> None:
    names = [f"w{number}" for number in range(5000)]
    lexicon = _lexicon(dict.fromkeys(names, 1))
    assert lexicon.find(hashes_of(names)).tolist() == list(range(5000))
    assert set(lexicon.find(hashes_of([f"x{number}" for number in range(5000)])).tolist()) == {-1}


def test_the_loudest_speak_against_the_block() -> None:
    table = TokenTable.of(VIEWS)
    lexicon = _lexicon({"sign": -310, "in": -320, "sign in": -330, "to read": -305, "^ share": -100, "über": 50})
    assert lexicon.loudest(table, Grams(table), np.asarray([3, 0, 2])) == [[], ["in", "sign in"], []]
