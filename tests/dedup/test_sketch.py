from __future__ import annotations

import numpy as np
import pytest

from cleaner.dedup.bands import Shape
from cleaner.dedup.sketch import sketches
from tests.support import PROSE

TEXT = "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "other", [TEXT.upper(), TEXT.replace("\n\n", " \r\n"), f"# {TEXT}", TEXT.replace(",", " —"), TEXT.replace("'", "’")]
)
def test_only_words_count(other: str) -> None:
    one, two = sketches([TEXT, other], Shape())
    assert one.digest == two.digest
    assert one.words == two.words == len(TEXT.replace("'", " ").split())
    assert one.shingles.tolist() == two.shingles.tolist()
    assert one.keys.tolist() == two.keys.tolist()


def test_the_order_of_words_counts() -> None:
    one, two = sketches(["a b c d e f", "b c d e f a"], Shape())
    assert one.digest != two.digest
    assert len(np.intersect1d(one.shingles, two.shingles)) == 1


@pytest.mark.parametrize(
    ("text", "words", "shingles"), [("", 0, 0), ("... --", 0, 0), ("a b c d", 4, 0), ("a b c d e", 5, 1)]
)
def test_short_texts(text: str, words: int, shingles: int) -> None:
    (own,) = sketches([text], Shape())
    assert (own.words, len(own.shingles), len(own.keys)) == (words, shingles, 16 if shingles else 0)


def test_company_makes_no_difference() -> None:
    alone = [sketches([text], Shape())[0] for text in PROSE]
    for one, other in zip(alone, sketches(PROSE, Shape()), strict=True):
        assert (one.digest, one.keys.tolist(), one.shingles.tolist()) == (
            other.digest,
            other.keys.tolist(),
            other.shingles.tolist(),
        )
    assert sketches([], Shape()) == []
