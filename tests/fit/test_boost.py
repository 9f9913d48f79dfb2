from __future__ import annotations

import numpy as np
import pytest

from cleaner.fit import boost


def _data() -> tuple[dict[str, np.ndarray], np.ndarray]:
    chance = np.random.default_rng(1)
    columns = {name: chance.integers(0, 6, 4000).astype(np.float32) for name in "abcd"}
    columns["same"] = np.ones(4000, np.float32)
    return columns, (columns["a"] > 2) & (columns["b"] > 2) | (columns["c"] == 5)


def test_what_is_written_down_adds_up_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    import sklearn.ensemble

    models = []

    class Kept(sklearn.ensemble.HistGradientBoostingClassifier):
        def fit(self, *args: object, **options: object) -> Kept:
            models.append(self)
            return super().fit(*args, **options)

    monkeypatch.setattr(sklearn.ensemble, "HistGradientBoostingClassifier", Kept)
    columns, label = _data()
    fitted = boost.fit_sum(columns, label, np.ones(len(label)), 150, 30.0)
    total = fitted.total(fitted.bins(columns, np.arange(len(label))))
    values = np.stack([columns[name] for name in "abcd"], 1)
    # weights are whole thousandths
    assert np.abs(total / 1000 - models[-1].decision_function(values)).max() < 0.001 * len(fitted.weights)
    assert ((total > 0) == label).all()
    assert "same" not in fitted.edges


def test_a_tree_says_at_each_place_the_mean_of_what_follows() -> None:
    columns, label = _data()
    fitted = boost.fit_sum(columns, label, np.ones(len(label)), 150, 30.0)
    first = fitted.weights[0].tolist()
    assert min(first[7:]) <= first[0] <= max(first[7:])
    assert all(min(first[2 * n + 1 : 2 * n + 3]) <= first[n] <= max(first[2 * n + 1 : 2 * n + 3]) for n in range(7))


def test_the_same_rows_give_the_same_trees() -> None:
    columns, label = _data()
    one, other = (boost.fit_sum(columns, label, np.ones(len(label)), 150, 30.0) for _ in range(2))
    assert (one.bias, one.questions, one.weights.tolist()) == (other.bias, other.questions, other.weights.tolist())
