"""Small weights for tests: words about signing in against everything else, by one table each."""

from __future__ import annotations

import numpy as np

from cleaner.score.lexicon import Lexicon
from cleaner.score.scorer import Stack, Weights
from cleaner.score.tables import Sum

NEAR = Sum(10, {"words": np.asarray([3.0, 8.0])}, {("words",): np.asarray([-2000, 0, 2000])})
FAR = Sum(
    -5,
    {"near: own": np.asarray([-1000.0, 1000.0]), "kind": np.asarray([1.0])},
    {("near: own",): np.asarray([-3000, 0, 3000]), ("kind", "near: own"): np.asarray([[0, -500, 0], [0, 0, 7]])},
)
SMALL = Weights(Lexicon({"sign in": -900, "the": 300}, 20), Stack(NEAR, FAR), Stack(NEAR, FAR))
