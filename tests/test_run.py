from __future__ import annotations

import pytest

from cleaner.readers.base import Unit
from cleaner.run import grouped


@pytest.mark.parametrize(
    ("reader", "size", "expected"),
    [
        ("text", 1, [256, 44]),
        ("text", 1 << 17, [4] * 75),
        ("text", 1 << 20, [1] * 300),
        # most of a page is markup
        ("html", 1 << 17, [16] * 18 + [12]),
        ("html", 1 << 20, [2] * 150),
    ],
)
def test_units_are_taken_many_at_a_time(reader: str, size: int, expected: list[int]) -> None:
    units = [(0, Unit(reader, f"{number}", b" " * size)) for number in range(300)]
    batches = list(grouped(units))
    assert [len(batch) for batch in batches] == expected
    assert [item for batch in batches for item in batch] == units
