"""A score in words: three terms a block (itself, what stands beside it, its place in the page) with reasons.

What the last sum's tables add is gathered in these three. A reason names what weighed most against the block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from cleaner.model import Term
from cleaner.score.features import BEGINNINGS, ENDINGS, KINDS
from cleaner.score.scorer import Scores, Stack
from cleaner.score.tables import Bins, Names
from cleaner.tokens import I64

ITSELF, BESIDE, PLACE, REST = "learned/itself", "learned/beside", "learned/place", "learned/rest"
GROUPS = (ITSELF, BESIDE, PLACE)

_BESIDE = ("at", "around 1", "around 3", "3 before", "3 after", "rules around")
_PLACES = (
    "around 7", "around 15", "around 30", "around 8", "around 20", "all ", "page", "content", "best", "since", "until",
    "section", "place", "blocks", "prose",
)  # fmt: skip

#: Column → how its bin reads, from its lower and upper edge.
_WORDINGS: dict[str, Callable[[float, float], str]] = {
    "words": lambda low, high: _range(low, high, "word"),
    "length of words": lambda low, high: "long words" if low > 6 else "short words",
    "capitals": lambda low, high: "many capitals" if low >= 0.5 else "few capitals",
    "digits": lambda low, high: "many digits" if low > 0.05 else "few digits",
    "marks": lambda low, high: "many marks" if low > 0.3 else "no sentence marks",
    "last": lambda low, high: f"ends in {ENDINGS[max(0, int(low))]}",
    "first": lambda low, high: f"begins with {BEGINNINGS[max(0, int(low))]}",
    "kind": lambda low, high: f"a {[*KINDS, 'marked heading'][max(0, int(low))].replace('_', ' ')}",
    "copies": lambda low, high: "stands more than once",
    "is copy": lambda low, high: "stands earlier too",
    "function words": lambda low, high: "few function words" if low < 0.2 else "function words",
    "rules": lambda low, high: "rules hit it" if low > 0 else "no rule hits it",
    "copy rule": lambda low, high: "a copy",
}


def _range(low: float, high: float, unit: str) -> str:
    least, most = max(0, int(low)), int(high) - 1 if np.isfinite(high) else 0
    count = f"{most}" if most in (1, least) else f"up to {most}" if not least else f"{least} to {most}" if most else ""
    count = count or f"{least} or more"
    return f"{count} {unit}{'' if count == '1' else 's'}"


@lru_cache(maxsize=512)
def group(names: Names) -> int:
    """Which of the three terms a table belongs to, by its widest column."""
    return max(map(_group, names))


def _group(name: str) -> int:
    plain = name.split(": ")[-1]
    if plain.startswith(_PLACES):
        return 2
    return 1 if plain.startswith(_BESIDE) or " at" in plain or plain.startswith("words around") else 0


class Wording:
    """Writes the terms of a batch's blocks."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores

    def terms(self, rows: I64) -> list[tuple[Term, ...]]:
        """For each row its terms, in points of the sum, above 0 where they speak against the block."""
        result: list[tuple[Term, ...]] = [()] * len(rows)
        weights = self.scores.weights
        for sighted, stack in ((True, weights.sighted), (False, weights.blind)):
            picked = np.flatnonzero(self.scores.sighted[rows] == sighted)
            if len(picked):
                for number, own in zip(picked.tolist(), self._terms(stack, sighted, rows[picked]), strict=True):
                    result[number] = own
        return result

    def _terms(self, stack: Stack, sighted: bool, rows: I64) -> list[tuple[Term, ...]]:
        near, far = self.scores.bins[sighted]
        parts = stack.far.parts(far, rows)
        numbers = np.asarray([group(names) for names in stack.far.tables])
        sums = -np.stack([parts[numbers == number].sum(0) for number in range(3)], 1) / 1000
        terms: list[tuple[Term, ...]] = []
        for (itself, beside, place), reason in zip(
            sums.tolist(), self._reasons(stack, near, sighted, rows), strict=True
        ):
            terms.append(
                (
                    Term(ITSELF, itself, reason),
                    Term(BESIDE, beside, "beside boilerplate" if beside > 0 else "beside content"),
                    Term(PLACE, place, "where a page's boilerplate stands" if place > 0 else "where content stands"),
                )
            )
        return terms

    def _reasons(self, stack: Stack, near: Bins, sighted: bool, rows: I64) -> Iterator[str]:
        """For each row the looks that weigh most against its block, and its words that do."""
        told = [names[0] for names in stack.near.tables if len(names) == 1 and names[0] in _WORDINGS]
        bins = np.stack([near[name][rows] for name in told])
        weights = np.stack([stack.near.tables[name,][own] for name, own in zip(told, bins, strict=True)])
        loudest = np.argsort(weights, axis=0, kind="stable")[:2]
        phrases = [
            [_wording(stack, name, number) for number in range(len(stack.near.edges[name]) + 1)] for name in told
        ]
        where = np.take_along_axis(bins, loudest, 0)
        words = self.scores.loudest(rows) if sighted else [[]] * len(rows)
        for one, other, one_bin, other_bin, grams in zip(*loudest.tolist(), *where.tolist(), words, strict=True):
            reason = f"{phrases[one][one_bin]}, {phrases[other][other_bin]}"
            yield f"{reason}, words: {', '.join(map(repr, grams))}" if grams else reason


def _wording(stack: Stack, name: str, number: int) -> str:
    edges = stack.near.edges[name]
    low = float(edges[number - 1]) if number else 0.0
    return _WORDINGS[name](low, float(edges[number]) if number < len(edges) else float("inf"))
