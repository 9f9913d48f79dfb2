"""The frame around the text of a web page, told by what the page says of each line: an additive score.

For every feature there is a table of steps; what a line scores is the sum over all tables, and is shown as the sums of
a few groups of them. The tables were fitted on labelled pages as a generalised additive model, by boosting one step at
a time (Lou, Caruana and Gehrke 2012), so nothing is in the sum that the tables do not show. Only what speaks for a
removal is claimed: a line that the score would keep is left to the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cleaner.batch import Batch, Page
from cleaner.detectors.webfeatures import KEPT, features
from cleaner.model import Finding

#: What a claim adds up to at the least: as much as a removal takes unless configured.
FLOOR = 5.0
#: Where a sum starts, and the weight under which a group is counted there and not shown by itself.
_START, _SMALL = "frame/line", 0.1

#: Beginning of a feature's name → group; the longest that fits counts.
_GROUPS = {
    "html_kept": "verdict", "kept": "verdict", "page_kept": "verdict", "html_alike": "verdict",
    "html_around": "around", "html_in_prose_body": "around", "html_in_half": "around", "html_in_most": "around",
    "html_in_all": "around", "html_in": "element", "html_hidden": "element", "html_depth": "element",
    "html_class": "class", "html_link": "links", "links": "links", "shape": "shape", "place": "place", "page": "place",
    "prose": "company", "length": "company",
}  # fmt: skip

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Tables:
    """The fitted model: ``base``, and for each feature the edges of its steps and what each of them adds.

    The sum speaks for a removal; it reaches ``FLOOR`` where one is worth more than it costs. Values up to the first
    edge get the first weight, those beyond the last edge the last: ``len(weights) == len(edges) + 1``.
    """

    base: float
    steps: Mapping[str, tuple[_Floats, _Floats]]

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Tables:
        """From lines of feature, edge and weight with tabs between; ``base`` has no edge, a last weight ``inf``.

        Lines that begin with ``#`` are comments. Raises ``ValueError`` for any other line.
        """
        base = 0.0
        steps: dict[str, tuple[list[float], list[float]]] = {}
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or not line.strip():
                continue
            try:
                name, edge, weight = line.rstrip("\n").split("\t")
                if name == "base":
                    base = float(weight)
                    continue
                edges, weights = steps.setdefault(name, ([], []))
                edges.append(float(edge))
                weights.append(float(weight))
            except ValueError:
                raise ValueError(f"line {number}: found {line!r}, allowed: feature, edge and weight") from None
        return cls(base, {name: (np.array(edges[:-1]), np.array(weights)) for name, (edges, weights) in steps.items()})


class Frame:
    """Findings in the category ``frame``, for pages of whose lines trafilatura's verdict is known."""

    RULES: ClassVar = {
        "frame/line": "where the sum of any line of a page starts",
        "frame/verdict": "what trafilatura keeps of this line, those around it and those like it",
        "frame/around": "what the elements around it hold: prose, links, text that is kept",
        "frame/element": "the elements it stands in",
        "frame/class": "what the classes and ids of these elements say they are for",
        "frame/links": "how much of it and of the lines around it is links",
        "frame/shape": "its length, its words and how it ends",
        "frame/place": "where it stands in the page",
        "frame/company": "the length of the lines around it, and how much of them is prose",
    }

    def __init__(self, tables: Tables, chosen: Set[str] = RULES.keys()) -> None:
        self.tables, self.chosen = tables, chosen

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, by block, a group of features each; they add up to ``FLOOR`` or more."""
        if self.chosen.isdisjoint(self.RULES):
            return [[] for _ in batch.pages]
        return [self._of_page(page) if _has_verdict(page) else [] for page in batch.pages]

    def _of_page(self, page: Page) -> list[Finding]:
        sums = self.sums(page)
        found: list[Finding] = []
        for block in np.flatnonzero(sum(sums.values()) >= FLOOR):
            terms = {rule: float(own[block]) for rule, own in sums.items()}
            small = [rule for rule, weight in terms.items() if abs(weight) < _SMALL and rule != _START]
            terms[_START] = terms.get(_START, 0.0) + sum(terms.pop(rule) for rule in small)
            found += [Finding(int(block), rule, "frame", self.RULES[rule], weight) for rule, weight in terms.items()]
        return found

    def sums(self, page: Page) -> dict[str, _Floats]:
        """For each group of features, in the order of ``RULES``, what it adds for each block."""
        names, matrix = features(page, self.tables.steps.keys())
        sums = {rule: np.zeros(len(matrix)) for rule in self.RULES if rule in self.chosen}
        if _START in sums:
            sums[_START] += self.tables.base
        for column, name in enumerate(names):
            rule = f"frame/{group_of(name)}"
            if name in self.tables.steps and rule in sums:
                edges, weights = self.tables.steps[name]
                sums[rule] += weights[np.searchsorted(edges, matrix[:, column], side="left")]
        return sums


def group_of(feature: str) -> str:
    """The group that a feature's steps are shown under."""
    return _GROUPS[max((start for start in _GROUPS if feature.startswith(start)), key=len)]


def _has_verdict(page: Page) -> bool:
    return any(KEPT in annotation.evidence for annotation in page.document.annotations)
