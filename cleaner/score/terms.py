"""A score in words: terms a block (itself, what stands beside it, its place, on web pages its markup) with reasons.

What the answers in the last sum's trees add is gathered in these, by the column asked about. A reason names what
weighed most against the block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from cleaner.model import Term
from cleaner.score.features import ENDINGS, KINDS
from cleaner.score.rows import F64
from cleaner.score.scorer import BLIND, WEB, Part, Scores
from cleaner.score.trees import Bins, Sum
from cleaner.score.web import COMMENT, ELEMENTS, KEPT, LIKE_TITLE, LINKED, TRAITS
from cleaner.tokens import I64

ITSELF, BESIDE, PLACE = "learned/itself", "learned/beside", "learned/place"
MARKUP, START, LESS = "learned/markup", "learned/start", "learned/less"

#: Bits for the number of a column, or of a bin.
_BITS = 10
#: How a bin reads, from its lower and upper edge.
Wording = Callable[[float, float], str]

_BESIDE = ("around 1", "around 3", "6 after", "rules around", "length around 3", "function words around 1")
_PLACES = (
    "around 7", "around 15", "around 30", "length around", "function words around", "all ", "page", "over page",
    "content", "share of content", "best", "since", "until", "section", "place", "blocks", "words in page",
    "words before", "words a block", "prose", "words of prose", "title", "after title", "known",
)  # fmt: skip


def _there(some: str, none: str) -> Wording:
    """What is said where a column has something, and where it has nothing."""
    return lambda low, high: some if low > 0 else none


#: Columns of a block's own looks.
_LOOKS: dict[str, Wording] = {
    "words": lambda low, high: _range(low, high, "word"),
    "capitals": lambda low, high: "many capitals" if low >= 0.5 else "few capitals",
    "digits": lambda low, high: "many digits" if low > 0.05 else "few digits",
    "marks": lambda low, high: "many marks" if low > 0.3 else "no sentence marks",
    "last": lambda low, high: f"ends in {ENDINGS[max(0, int(low))]}",
    "kind": lambda low, high: f"a {[*KINDS, 'marked heading'][max(0, int(low))].replace('_', ' ')}",
    "copies": lambda low, high: "stands more than once",
    "is copy": lambda low, high: "stands earlier too",
    "shared: over page": lambda low, high: "words that stand in content too" if low > 0 else "words content lacks",
    "words of its own": lambda low, high: "words of its own" if low > 0.5 else "words that stand elsewhere too",
    "rules": lambda low, high: "rules hit it" if low > 0 else "no rule hits it",
    "copy rule": lambda low, high: "a copy",
}
#: The same for what a web page says of a line.
_SAID: dict[str, Wording] = {
    KEPT: lambda low, high: "kept by trafilatura" if low >= 0.5 else "left out by trafilatura",
    LINKED: lambda low, high: "links" if low >= 0.5 else "few links",
    COMMENT: _there("a comment", "no comment"),
    LIKE_TITLE: _there("like the title", "unlike the title"),
    "html_hidden": _there("hidden", "not hidden"),
    "html_alike_kept": lambda low, high: "such lines are kept" if low > 0.5 else "such lines are left out",
    "html_around3_kept": lambda low, high: "in a part that is kept" if low > 0.5 else "in a part that is left out",
    **{f"html_in_{name}": _there(f"in {name}", f"not in {name}") for name in ELEMENTS},
    **{f"html_class_{name}": _there(f"class says {name}", f"no class says {name}") for name in TRAITS},
}
_MARKUP = ("html_", "kept", "linked", "words since kept", "words until kept", "words off kept", "words of kept run")


def _range(low: float, high: float, unit: str) -> str:
    least, most = max(0, int(low)), int(high) - 1 if np.isfinite(high) else 0
    count = f"{most}" if most in (1, least) else f"up to {most}" if not least else f"{least} to {most}" if most else ""
    count = count or f"{least} or more"
    return f"{count} {unit}{'' if count == '1' else 's'}"


def _group_of(name: str) -> int:
    kind, _, plain = name.rpartition(": ")
    if kind == "shared":
        return 0
    if plain.startswith(_MARKUP):
        return 3
    if plain in _BESIDE:
        return 1
    return 2 if plain.startswith(_PLACES) else 0


class Terms:
    """Puts a batch's blocks into words.

    ``weights`` is what the score adds to the sum of each block, ``rules`` what rules add.
    """

    def __init__(self, scores: Scores, weights: F64, rules: F64) -> None:
        self.scores, self.weights, self.rules = scores, weights, rules

    def tell(self, views: Sequence[int]) -> list[tuple[str, tuple[Term, ...]]]:
        """For each view the reason and the terms, in points of the sum, above 0 where they speak against it."""
        rows = np.asarray(views, np.int64)
        told: list[tuple[str, tuple[Term, ...]]] = [("", ())] * len(rows)
        for part, judged in enumerate(self.scores.parts):
            picked = np.flatnonzero(self.scores.part[rows] == part)
            if len(picked):
                for number, own in zip(picked.tolist(), self._told(judged, rows[picked]), strict=True):
                    told[number] = own
        return told

    def _told(self, part: Part, rows: I64) -> Iterator[tuple[str, tuple[Term, ...]]]:
        own, make = part.sum, part.make
        bins = part.bins[:, np.searchsorted(part.at, rows)]
        moved = -own.told(bins)  # a row a column
        groups = np.asarray([_group_of(name) for name in own.edges])
        itself, beside, place, markup = (moved[groups == number].sum(0) for number in range(4))
        looks = _loudest(own, bins, moved, _LOOKS)
        if make != BLIND:
            looks = map(_with_words, looks, self.scores.loudest(rows))
        said = _loudest(own, bins, moved, _SAID) if make == WEB else [""] * len(rows)
        rules = self.rules[rows]
        start = self.weights[rows] + rules - (itself / 1000 + markup / 1000 + beside / 1000 + place / 1000)
        numbers = np.stack((itself, beside, place, markup)).tolist()
        for first, less, one, two, three, four, look, sign in zip(
            start.tolist(), rules.tolist(), *numbers, looks, said, strict=True
        ):
            reason = sign if sign and four > one else look
            yield (
                f"reads like boilerplate: {reason}",
                (
                    Term(START, first, "where each block of this page starts"),
                    Term(ITSELF, one / 1000, look),
                    *((Term(MARKUP, four / 1000, sign),) if sign else ()),
                    _beside(two),
                    _place(three),
                    *((Term(LESS, -less, "what rules add already"),) if less else ()),
                ),
            )


@lru_cache(maxsize=1 << 13)
def _beside(milli: int) -> Term:
    return Term(BESIDE, milli / 1000, "beside boilerplate" if milli > 0 else "beside content")


@lru_cache(maxsize=1 << 13)
def _place(milli: int) -> Term:
    return Term(PLACE, milli / 1000, "where a page's boilerplate stands" if milli > 0 else "where content stands")


def _loudest(own: Sum, bins: Bins, moved: I64, wordings: Mapping[str, Wording]) -> Iterator[str]:
    """For each block the two columns of which wordings are there that weigh most against it."""
    places = [place for place, name in enumerate(own.edges) if name in wordings]
    told = [name for name in own.edges if name in wordings]
    loudest = np.argsort(-moved[places], axis=0, kind="stable")[:2]
    where = np.take_along_axis(bins[places].astype(np.int64), loudest, 0)

    # many blocks say the same: a number for what each says, put into words once
    said = np.zeros(bins.shape[1], np.int64)
    for columns, numbers in zip(loudest, where, strict=True):
        said = said << 2 * _BITS | columns << _BITS | numbers

    @cache
    def phrases(packed: int) -> str:
        shifts = range(2 * _BITS * (len(loudest) - 1), -1, -2 * _BITS)
        pairs = (divmod(packed >> shift & (1 << 2 * _BITS) - 1, 1 << _BITS) for shift in shifts)
        return ", ".join(_phrase(own, told[column], number, wordings) for column, number in pairs)

    return map(phrases, said.tolist())


def _phrase(own: Sum, name: str, number: int, wordings: Mapping[str, Wording]) -> str:
    edges = own.edges[name]
    low = float(edges[number - 1]) if number else 0.0
    return wordings[name](low, float(edges[number]) if number < len(edges) else float("inf"))


def _with_words(look: str, grams: Sequence[str]) -> str:
    return ", ".join([look, f"words: {', '.join(map(repr, grams))}"] if grams else [look])
