"""Small weights for tests: words about signing in against everything else, by one table each."""

from __future__ import annotations

import numpy as np

from cleaner.score.lexicon import Lexicon
from cleaner.score.scorer import Weights
from cleaner.score.tables import Sum

SIGHTED = Sum(10, {"words": np.asarray([3.0, 8.0])}, {("words",): np.asarray([-2000, 0, 2000])})
BLIND = Sum(
    -5,
    {"words": np.asarray([5.0]), "kind": np.asarray([1.0])},
    {("kind", "words"): np.asarray([[0, -500], [0, 7]]), ("words",): np.asarray([-3000, 3000])},
)
LEXICON = Lexicon(["sign in", "the"], np.asarray([[-900, -300, 0, -20], [300, 0, 40, 0]]), 20)
SMALL = Weights(LEXICON, SIGHTED, BLIND)
