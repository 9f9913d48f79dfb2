from __future__ import annotations

from itertools import pairwise

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
    own: list[int] = _lexicon(weights).heard(Grams(table))[0][0].tolist()
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


@pytest.mark.parametrize("seed", range(5))
def test_each_voice_is_the_sum_of_what_the_grams_of_the_block_say(seed: int) -> None:
    chance = np.random.default_rng(seed)
    views = [" ".join(chance.choice(["sign", "in", "to", "read"], count)) for count in (0, 1, 2, 40, 3000)]
    names = ["sign", "in", "sign in", "to to", "^ read", "read $"]
    voices = chance.integers(-8000, 8000, (len(names), len(VOICES)))
    table = TokenTable.of(views)
    heard, _ = Lexicon(names, voices).heard(Grams(table))
    weights = dict(zip(names, voices, strict=True))
    for view, sums in zip(views, heard.T, strict=True):
        words = view.split()
        grams = [*words, *(" ".join(two) for two in pairwise(words)), *_edges(words)]
        total = sum((weights[gram] for gram in grams if gram in weights), np.zeros(len(VOICES), np.int64))
        assert sums.tolist() == np.rint(total / np.sqrt(2 * len(words) + 1)).tolist()


def _edges(words: list[str]) -> list[str]:
    return [f"^ {words[0]}", f"{words[-1]} $"] if words else []


def test_of_a_block_with_more_grams_than_add_up_the_first_are_heard() -> None:
    table = TokenTable.of(["buy " * 2000, "buy"])
    heard, _ = _lexicon({"buy": 1 << 20}, voice=1).heard(Grams(table))
    assert heard[1].tolist() == [round(512 * (1 << 20) / 4001**0.5), round((1 << 20) / 3**0.5)]
    assert not heard[[0, 2, 3]].any()


def test_a_large_table_finds_all_and_nothing_else() -> None:
    names = [f"w{number}" for number in range(5000)]
    lexicon = _lexicon(dict.fromkeys(names, 1))
    assert lexicon.find(hashes_of(names)).tolist() == list(range(5000))
    assert set(lexicon.find(hashes_of([f"x{number}" for number in range(5000)])).tolist()) == {-1}


def test_the_loudest_speak_against_the_block() -> None:
    table = TokenTable.of(VIEWS)
    lexicon = _lexicon({"sign": -310, "in": -320, "sign in": -330, "to read": -305, "^ share": -100, "über": 50})
    assert lexicon.loudest(Grams(table)) == [["in", "sign in"], [], [], [], []]
