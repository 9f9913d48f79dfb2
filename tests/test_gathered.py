from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from cleaner.dedup.bands import Shape
from cleaner.dedup.sketch import sketches
from cleaner.gathered import Gathered, Groups

WORDS = [f"w{number}" for number in range(4000)]


def _groups(texts: Sequence[str], threshold: float = 0.8, memory: int = 1 << 24, out: Sequence[int] = ()) -> Groups:
    gathered = Gathered(1)
    for number, sketch in enumerate(sketches(texts, Shape.of(threshold))):
        gathered.add(sketch, np.zeros(1, np.uint64))
        if number in out:
            gathered.leave_out(number)
    try:
        return gathered.groups(threshold, memory)
    finally:
        gathered.close()


def _rows(groups: Groups) -> list[tuple[int, int, int]]:
    columns = (groups.cluster.tolist(), groups.number.tolist(), groups.copy_of.tolist())
    return list(zip(*columns, strict=True))


def _text(start: int, end: int, seed: int = 0) -> str:
    return " ".join(random.Random(seed).sample(WORDS, len(WORDS))[start:end])


def _overlap(one: str, other: str) -> float:
    sets = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one.split(), other.split())]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


def _corpus(seed: int) -> list[str]:
    """Families of near and exact copies, texts alone, and texts shorter than a shingle."""
    chance = random.Random(seed)
    made = ["one two", "One, two!", "three", "four five six seven"]
    for family in range(60):
        words = _text(0, 120, seed=1000 * seed + family).split()
        made.append(" ".join(words))
        for _ in range(chance.choice((0, 1, 1, 4))):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            made.append(" ".join(words[: chance.choice((len(words), len(words) - 3))]))
    chance.shuffle(made)
    return made


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        (["a b c d e f", "z y x w v u"], []),
        (["a b", "A, b.", "a", "b a"], [(0, 0, -1), (0, 1, 0)]),  # too short for shingles: by their words alone
        ([_text(0, 50), _text(0, 52)], [(1, 1, -1), (1, 0, 1)]),  # the longer one stays
        ([_text(5, 50), _text(0, 50), _text(5, 50), _text(100, 150)], [(1, 1, -1), (1, 0, 1), (1, 2, 1)]),
        ([_text(100, 150), _text(0, 50), _text(100, 150)], [(0, 0, -1), (0, 2, 0)]),
    ],
)
def test_groups(texts: list[str], expected: list[tuple[int, int, int]]) -> None:
    assert _rows(_groups(texts)) == expected


def test_the_ends_of_a_chain_are_no_copies_of_each_other() -> None:
    texts = [_text(0, 100), _text(8, 108), _text(16, 116)]
    assert _overlap(texts[0], texts[1]) > 0.8 > _overlap(texts[0], texts[2])
    groups = _groups(texts)
    assert _rows(groups) == [(0, 0, -1), (0, 1, 0), (0, 2, -1)]
    assert groups.similarity.tolist() == [1.0, _overlap(texts[0], texts[1]), _overlap(texts[0], texts[2])]


def test_every_copy_is_at_the_threshold_to_one_that_stays_and_no_two_that_stay_are() -> None:
    texts = _corpus(1)
    groups = _groups(texts)
    rows = list(zip(groups.number.tolist(), groups.copy_of.tolist(), groups.similarity.tolist(), strict=True))
    copies = {number for number, copy_of, _ in rows if copy_of >= 0}
    assert len(copies) > 40
    for number, copy_of, similarity in rows:
        if number in copies:
            assert copy_of not in copies
            if len(texts[number].split()) >= 5:
                assert similarity == pytest.approx(_overlap(texts[number], texts[copy_of]))
                assert similarity >= 0.8
    staying = [text for number, text in enumerate(texts) if number not in copies and len(text.split()) >= 5]
    assert all(_overlap(one, other) < 0.8 for at, one in enumerate(staying) for other in staying[:at])


@pytest.mark.parametrize("memory", [1, 1 << 12, 1 << 16, 1 << 30])
def test_the_result_does_not_depend_on_the_memory(memory: int) -> None:
    texts = _corpus(2)
    one, other = _groups(texts), _groups(texts, memory=memory)
    assert _rows(one) == _rows(other)
    assert one.similarity.tolist() == other.similarity.tolist()


def test_what_is_left_out_stands_for_nobody() -> None:
    texts = [_text(0, 50), _text(0, 50), _text(0, 49), _text(0, 48)]
    assert _rows(_groups(texts)) == [(0, 0, -1), (0, 1, 0), (0, 2, 0), (0, 3, 0)]
    gathered = Gathered(1)
    for number, sketch in enumerate(sketches(texts, Shape())):
        gathered.add(sketch, np.zeros(1, np.uint64))
        if number == 1:
            gathered.leave_out(0)
    assert _rows(gathered.groups(0.8, 1 << 24)) == [(2, 2, -1), (2, 3, 2)]


def test_thousands_of_near_copies_of_one_text_are_found_without_comparing_all() -> None:
    words = _text(0, 200).split()
    texts = [" ".join([*words[:number], f"x{number}", *words[number + 1 :]]) for number in range(200)]
    texts += [" ".join([*words[:60], f"y{number}", *words[61:]]) for number in range(2000)]
    groups = _groups(texts)
    assert len(set(groups.cluster.tolist())) == 1
    assert (groups.copy_of >= 0).sum() == len(texts) - 1


@pytest.mark.parametrize(("threshold", "copies"), [(0.5, 2), (0.8, 1), (1.0, 0)])
def test_the_threshold(threshold: float, copies: int) -> None:
    groups = _groups([_text(0, 100), _text(4, 100), _text(35, 100)], threshold)
    assert (groups.copy_of >= 0).sum() == copies
