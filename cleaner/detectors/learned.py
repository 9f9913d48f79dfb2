"""The learned score as a detector: what a block's looks, words, place and company add to what rules say of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from cleaner.batch import Batch, Page
from cleaner.model import LEARNED, Finding

if TYPE_CHECKING:
    from cleaner.score.scorer import Weights

NAME = f"{LEARNED}/learned"
#: A score that just reaches its page's bar stands at this sum, which is the threshold unless configured.
MIDDLE = 5.0
#: Sums below this are not worth a finding.
_LEAST = 2.5
#: Where rules alone add up to this, or one is certain, the score has nothing to add that a reader needs.
_ENOUGH = 5.0


class Learned:
    """A finding for each block that looks like boilerplate.

    The score has read the rules' hits too, so it adds only what its total exceeds their sum: a block's sum is the
    larger of the two.
    """

    RULES: ClassVar = {NAME: "looks, words, place and company of boilerplate"}

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block."""
        # imported where it is used: weights may be none
        from cleaner.score.scorer import Scores
        from cleaner.score.terms import Terms

        scores = Scores(self.weights, batch, found)
        sums = MIDDLE - (scores.total - scores.bar) / 1000
        rules = _by_rules(batch.pages, found, len(sums))
        excess = sums - rules
        hits = np.flatnonzero((batch.tokens.counts > 0) & (sums >= _LEAST) & (excess > 0) & (rules < _ENOUGH))
        wording = Terms(scores, excess, rules)
        findings = [
            Finding(block, NAME, LEARNED, "", weight, wording=wording)
            for block, weight in zip(scores.rows.within[hits].tolist(), excess[hits].tolist(), strict=True)
        ]
        ends = np.searchsorted(scores.rows.page[hits], np.arange(len(batch.pages) + 1)).tolist()
        return [findings[start:end] for start, end in pairwise(ends)]


def _by_rules(pages: Sequence[Page], found: Sequence[Sequence[Finding]], blocks: int) -> np.ndarray:
    """What the findings so far add up to, a sum a block of the batch."""
    sums = np.zeros(blocks)
    for page, findings in zip(pages, found, strict=True):
        for finding in findings:
            if finding.cut is None:
                certain = finding.certain and finding.copy_of is None
                sums[page.first + finding.block] += _ENOUGH if certain else finding.weight
    return sums
