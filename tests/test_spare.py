from __future__ import annotations

import pytest

from cleaner.spare import spared
from tests.support import PROSE, page

TIMELINE = "1983\nThe gutter is replaced.\nMay 2025\nLight is seen.\nJune 2025\nThe room closes.\nMarch 2027\nIt opens."


@pytest.mark.parametrize(
    ("text", "gone", "weak", "stay"),
    [
        (f"Quick summary\n{PROSE[0]}", {0}, {0}, {0}),
        (f"Quick summary\n{PROSE[0]}", {0}, set(), set()),
        (f"Quick summary\n{PROSE[0]}", {0, 1}, {0, 1}, {1}),  # it may be the title
        (f"Quick summary\n{PROSE[0]}", {0, 1}, {0}, set()),
        (f"Log in\nThe heron in the ford\n{PROSE[0]}", {0, 1, 2}, {1, 2}, {1}),
        (f"{PROSE[0]}\nQuick summary", {1}, {1}, set()),
        ("Sign in\nMy account", {0}, {0}, set()),
        (TIMELINE, {4, 5, 6, 7}, {4, 5, 6, 7}, {4, 5, 6, 7}),
        (TIMELINE, {4, 5, 6, 7}, {5, 6, 7}, {5}),
        (TIMELINE, {2, 4, 5}, {2, 4, 5}, set()),
        (TIMELINE, {2, 3}, {2, 3}, set()),
    ],
)
def test_what_stays_for_its_neighbours(text: str, gone: set[int], weak: set[int], stay: set[int]) -> None:
    assert spared(page(text), gone, weak) == stay
