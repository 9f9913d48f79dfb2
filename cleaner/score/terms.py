"""A score in words: terms a block (itself, what stands beside it, its place, on web pages its markup) with reasons.

What the last sum's tables add is gathered in these. A reason names what weighed most against the block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

import numpy as np

from cleaner.model import Term
from cleaner.score.features import ENDINGS, KINDS
from cleaner.score.rows import F64
from cleaner.score.scorer import BLIND, WEB, Scores
from cleaner.score.tables import Bins, Names, Sum
from cleaner.score.web import KEPT, LINKED
from cleaner.tokens import I64

ITSELF, BESIDE, PLACE = "learned/itself", "learned/beside", "learned/place"
MARKUP, REST = "learned/markup", "learned/rest"

_BESIDE = ("around 1", "around 3", "6 after", "rules around", "length around 3", "function words around 1")
_PLACES = (
    "around 7", "around 15", "around 30", "length around", "function words around", "all ", "page", "over page",
    "content", "share of content", "best", "since", "until", "section", "place", "blocks", "words in page",
    "words before", "words a block", "prose", "words of prose", "title", "after title", "known",
)  # fmt: skip

#: Column → how its bin reads, from its lower and upper edge.
_WORDINGS: dict[str, Callable[[float, float], str]] = {
    "words": lambda low, high: _range(low, high, "word"),
    "capitals": lambda low, high: "many capitals" if low >= 0.5 else "few capitals",
    "digits": lambda low, high: "many digits" if low > 0.05 else "few digits",
    "marks": lambda low, high: "many marks" if low > 0.3 else "no sentence marks",
    "last": lambda low, high: f"ends in {ENDINGS[max(0, int(low))]}",
    "kind": lambda low, high: f"a {[*KINDS, 'marked heading'][max(0, int(low))].replace('_', ' ')}",
    "copies": lambda low, high: "stands more than once",
    "is copy": lambda low, high: "stands earlier too",
    "words of its own": lambda low, high: "words that stand only here" if low > 0.5 else "words of the rest",
    "rules": lambda low, high: "rules hit it" if low > 0 else "no rule hits it",
    "copy rule": lambda low, high: "a copy",
    KEPT: lambda low, high: "trafilatura keeps it" if low >= 0.5 else "trafilatura leaves it out",
    LINKED: lambda low, high: "links" if low >= 0.5 else "few links",
    "html_hidden": lambda low, high: "hidden" if low > 0 else "not hidden",
    "html_alike_kept": lambda low, high: "such lines are kept" if low > 0.5 else "such lines are left out",
    "html_around3_kept": lambda low, high: "in a part that is kept" if low > 0.5 else "in a part that is left out",
}
_MARKUP = ("html_", "kept", "linked", "words since kept", "words until kept", "words off kept", "words of kept run")


def _range(low: float, high: float, unit: str) -> str:
    least, most = max(0, int(low)), int(high) - 1 if np.isfinite(high) else 0
    count = f"{most}" if most in (1, least) else f"up to {most}" if not least else f"{least} to {most}" if most else ""
    count = count or f"{least} or more"
    return f"{count} {unit}{'' if count == '1' else 's'}"


@lru_cache(maxsize=16)
def _parts(own: Sum) -> list[Sum]:
    """What the terms are the sums of."""
    return [own.part([names for names in own.tables if _group(names) == number]) for number in range(4)]


def _group(names: Names) -> int:
    """Which of the terms a table belongs to, by its widest column."""
    return max(map(_group_of, names))


def _group_of(name: str) -> int:
    plain = name.split(": ")[-1]
    if plain.startswith(_MARKUP):
        return 3
    if plain in _BESIDE:
        return 1
    return 2 if plain.startswith(_PLACES) else 0


class Terms:
    """Puts a batch's blocks into words; ``weights`` is what the score adds to the sum of each."""

    def __init__(self, scores: Scores, weights: F64) -> None:
        self.scores, self.weights = scores, weights

    def tell(self, views: Sequence[int]) -> list[tuple[str, tuple[Term, ...]]]:
        """For each view the reason and the terms, in points of the sum, above 0 where they speak against it."""
        rows = np.asarray(views, np.int64)
        told: list[tuple[str, tuple[Term, ...]]] = [("", ())] * len(rows)
        makes = self.scores.make[rows]
        for make in np.flatnonzero(np.bincount(makes)).tolist():
            picked = np.flatnonzero(makes == make)
            for number, weight, terms in zip(
                picked.tolist(), self.weights[rows[picked]].tolist(), self._terms(make, rows[picked]), strict=True
            ):
                rest = Term(REST, weight - sum(term.weight for term in terms), "the common sum, less what rules add")
                told[number] = f"reads like boilerplate: {terms[0].reason}", (*terms, rest)
        return told

    def _terms(self, make: int, rows: I64) -> list[tuple[Term, ...]]:
        own, (at, all_bins) = self.scores.weights.sums[make], self.scores.bins[make]
        bins = all_bins[:, np.searchsorted(at, rows)]
        sums = -np.stack([part.total(bins) for part in _parts(own)], 1) / 1000
        terms: list[tuple[Term, ...]] = []
        for (itself, beside, place, markup), reason in zip(
            sums.tolist(), self._reasons(own, bins, make != BLIND, rows), strict=True
        ):
            told = (
                Term(ITSELF, itself, reason),
                Term(BESIDE, beside, "beside boilerplate" if beside > 0 else "beside content"),
                Term(PLACE, place, "where a page's boilerplate stands" if place > 0 else "where content stands"),
            )
            of_page = "marked up as boilerplate" if markup > 0 else "marked up as content"
            terms.append((*told, Term(MARKUP, markup, of_page)) if make == WEB else told)
        return terms

    def _reasons(self, own: Sum, bins: Bins, sighted: bool, rows: I64) -> Iterator[str]:
        """For each row the looks that weigh most against its block, and its words that do."""
        told = [names[0] for names in own.tables if len(names) == 1 and names[0] in _WORDINGS]
        looks = bins[np.asarray([own.places[name] for name in told], np.intp)]
        weights = np.asarray([own.tables[name,][look] for name, look in zip(told, looks, strict=True)], np.int64)
        loudest = np.argsort(weights.reshape(looks.shape), axis=0, kind="stable")[:2]
        phrase = cache(lambda column, number: _wording(own, told[column], number))
        where = np.take_along_axis(looks, loudest, 0)
        words = self.scores.loudest(rows) if sighted else [[]] * len(rows)
        for columns, at, grams in zip(loudest.T.tolist(), where.T.tolist(), words, strict=True):
            reasons = list(map(phrase, columns, at))
            yield ", ".join([*reasons, f"words: {', '.join(map(repr, grams))}"] if grams else reasons)


def _wording(own: Sum, name: str, number: int) -> str:
    edges = own.edges[name]
    low = float(edges[number - 1]) if number else 0.0
    return _WORDINGS[name](low, float(edges[number]) if number < len(edges) else float("inf"))
