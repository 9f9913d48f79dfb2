from __future__ import annotations

from typing import Any

import pytest

from tests.gold import faults

SOURCE = "One\nad\nTwo →ad Three\nFour\nFour\nmaybe\n\nFive\n"
GOLD: dict[str, Any] = {
    "remove": [{"lines": [2, 2]}, {"lines": [3, 3], "part": "→ad"}],
    "optional": [{"lines": [6, 6]}],
    "one_of": [[{"lines": [4, 4]}, {"lines": [5, 5]}]],
}


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("One\nTwo  Three\nFour\nFive", []),
        ("One\n\nTwo  Three\nFour\nmaybe\nFive\n", []),
        ("One\nad\nTwo  Three\nFour\nFive", [("left in", "ad")]),
        ("One\nTwo  Three\nFour\nFour\nFive", [("left in", "Four")]),
        ("One\nTwo  Three\nFive", [("lost", "Four")]),
        ("One\nTwo →ad Three\nFour\nFive", [("left in", "Two →ad Three")]),
        ("One\nTwo  Three\nFour\nFive\nSix", [("foreign", "Six")]),
        ("One\nZero\nTwo  Three\nFour\nFive", [("foreign", "Zero")]),
        ("Two  Three\nFour", [("lost", "One"), ("lost", "Five")]),
        ("", [("lost", "One"), ("lost", "Two →ad Three"), ("lost", "Four"), ("lost", "Five")]),
    ],
)
def test_faults(output: str, expected: list[tuple[str, str]]) -> None:
    assert faults(SOURCE, GOLD, output) == expected
