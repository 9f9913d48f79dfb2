from __future__ import annotations

import pickle

import numpy as np
import pytest

from cleaner.facts import Row, Table, gathered

TABLE = Table({"a": 0, "b": 1}, np.array([[0.5, 0.0], [1.0, 0.25]]))
OTHER = Table({"b": 0}, np.array([[0.75]]))


def test_each_line_has_a_mapping() -> None:
    first, second = TABLE.rows()
    assert dict(second) == {"a": 1.0, "b": 0.25}
    assert first.get("b") == 0.0
    assert "c" not in first
    assert first.get("c", 2.0) == 2.0
    assert (first, len(first)) == ({"a": 0.5, "b": 0.0}, 2)
    with pytest.raises(KeyError):
        first["c"]


def test_rows_outlive_a_worker() -> None:
    rows = pickle.loads(pickle.dumps(TABLE.rows()))
    assert rows == TABLE.rows()
    assert rows[0].table is rows[1].table


def test_what_all_lines_say_is_gathered_by_name() -> None:
    lines = [*TABLE.rows()[::-1], {}, Row(OTHER, 0), {"b": 0.1, "c": 0.2}, Row(TABLE, 0)]
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
    assert gathered(OTHER.rows(), ("x",))["x"].tolist() == [0.0]
