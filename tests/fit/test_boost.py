from __future__ import annotations

import numpy as np
import pytest

from cleaner.fit import boost


def _data() -> tuple[dict[str, np.ndarray], np.ndarray]:
    chance = np.random.default_rng(1)
    columns = {name: chance.integers(0, 6, 4000).astype(np.float32) for name in "abcd"}
    return columns, (columns["a"] > 2) & (columns["b"] > 2) | (columns["c"] == 5)


def test_tables_add_up_to_the_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    models = []
    trees = boost._trees
    monkeypatch.setattr(boost, "_trees", lambda *args, **options: models.append(trees(*args, **options)) or models[-1])
    columns, label = _data()
    fitted = boost.fit_sum(columns, label, np.ones(len(label)))
    total = fitted.total(fitted.bins(columns, np.arange(len(label))))
    bins = np.stack([columns[name] for name in "abcd"], 1)
    assert np.abs(total / 1000 - models[-1].decision_function(bins)).max() < 0.1
    assert ((total > 0) == label).mean() > 0.98
    assert ("a", "b") in fitted.tables


def test_the_same_rows_give_the_same_tables() -> None:
    columns, label = _data()
    one, other = (boost.fit_sum(columns, label, np.ones(len(label))) for _ in range(2))
    assert one.bias == other.bias
    assert all((table == other.tables[names]).all() for names, table in one.tables.items())
