from __future__ import annotations

import numpy as np
import pytest

from cleaner.facts import Table, Values, gathered

ROWS = Table({"a": 0, "b": 1}, lambda: np.array([[0.5, 0.0], [1.0, 0.25]])).rows(2)
OTHER = Table({"b": 0}, lambda: np.array([[0.75]])).rows(1)


def test_each_line_has_a_mapping() -> None:
    first, second = ROWS
    assert dict(second) == {"a": 1.0, "b": 0.25}
    assert first.get("b") == 0.0
    assert "c" not in first
    assert first.get("c", 2.0) == 2.0
    assert (first, len(first)) == ({"a": 0.5, "b": 0.0}, 2)
    with pytest.raises(KeyError):
        first["c"]


def test_numbers_are_told_once_and_only_if_somebody_asks() -> None:
    asked: list[str] = []

    def tell() -> Values:
        asked.append("")
        return np.array([[0.5], [1.0]])

    first, second = Table({"a": 0}, tell).rows(2)
    assert "a" in first and len(second) == 1 and not asked
    assert (first["a"], second["a"], len(asked)) == (0.5, 1.0, 1)


def test_what_all_lines_say_is_gathered_by_name() -> None:
    lines = [*ROWS[::-1], {}, *OTHER, {"b": 0.1, "c": 0.2}, ROWS[0]]
    found = gathered(lines, ("b", "c", "a"))
    assert {name: own.tolist() for name, own in found.items()} == {
        "b": [0.25, 0.0, 0.0, 0.75, 0.1, 0.0],
        "c": [0.0, 0.0, 0.0, 0.0, 0.2, 0.0],
        "a": [1.0, 0.5, 0.0, 0.0, 0.0, 0.5],
    }
    for name in found:
        assert found[name].tolist() == [own.get(name, 0.0) for own in lines]


@pytest.mark.parametrize("lines", [[], [{}, {}]])
def test_nothing_said_is_nothing_gathered(lines: list[dict[str, float]]) -> None:
    assert gathered(lines, ("a",))["a"].tolist() == [0.0] * len(lines)


def test_a_table_without_a_name_that_is_asked_for() -> None:
    assert gathered(OTHER, ("x",))["x"].tolist() == [0.0]
