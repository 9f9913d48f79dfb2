from __future__ import annotations

import pytest

from cleaner.readers.base import Unit
from cleaner.run import grouped


@pytest.mark.parametrize(
    ("size", "expected"), [(1, [512, 88]), (1 << 17, [16] * 37 + [8]), (1 << 20, [2] * 300), (1 << 22, [1] * 600)]
)
def test_units_are_taken_many_at_a_time(size: int, expected: list[int]) -> None:
    raw = b" " * size
    units = [(0, Unit("text", f"{number}", raw)) for number in range(600)]
    batches = list(grouped(units))
    assert [len(batch) for batch in batches] == expected
    assert [item for batch in batches for item in batch] == units
