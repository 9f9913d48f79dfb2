"""Detectors: each looks at a batch and claims things about blocks; none edits.

A new detector is one file with a class that fits :class:`Coded`, its name in ``_CODED`` and in :func:`standard`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from cleaner.batch import Batch
from cleaner.detectors.contents import Contents
from cleaner.detectors.learned import Learned
from cleaner.detectors.patterns import Patterns
from cleaner.detectors.plugs import Plugs
from cleaner.detectors.prefilter import Prefilter
from cleaner.detectors.repeats import Repeats
from cleaner.detectors.replies import Replies
from cleaner.detectors.template import SiteTemplate
from cleaner.detectors.threads import Threads
from cleaner.model import Finding
from cleaner.ruleset import RuleSet

if TYPE_CHECKING:
    from cleaner.score.scorer import Weights


class Detector(Protocol):
    """Claims about the blocks of a batch."""

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        """Findings a page, in the order of the batch.

        ``found`` holds what the detectors before this one claimed, a page each. A page's findings depend
        on that page alone.
        """
        ...


class Coded(Detector, Protocol):
    """A detector whose rules are code: name → reason."""

    RULES: ClassVar[dict[str, str]]


_CODED: tuple[type[Coded], ...] = (Plugs, Repeats, Threads, Replies, Contents, SiteTemplate, Learned)
#: Rules that are code: name → reason, for ``cleaner rules list``, ``--select`` and ``--ignore``.
BUILT_IN = {name: reason for kind in _CODED for name, reason in kind.RULES.items()}


def standard(
    rules: RuleSet,
    prefilter: Prefilter,
    is_chosen: Callable[[str], bool] = lambda name: True,
    weights: Weights | None = None,
) -> list[Detector]:
    """The detectors in their order; ``prefilter`` was made for the same rules.

    Without ``weights`` nothing is scored by learned weights.

    Of a detector whose rules are code, only those that ``is_chosen`` by name find anything.
    """
    chosen = frozenset(filter(is_chosen, BUILT_IN))
    coded: list[Coded] = [Repeats(chosen), Plugs(), Threads(), Replies(), Contents()]
    if weights is not None:
        coded.append(Learned(weights))  # last: it reads what the others found
    return [Patterns(rules, prefilter), *(own for own in coded if not chosen.isdisjoint(own.RULES))]
