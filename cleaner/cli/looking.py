"""The documents that ``report`` and ``review`` show, from a run or from the ledger of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner import recorded
from cleaner.cli.common import Look, place
from cleaner.config import Config
from cleaner.reporting import Seen, site_of
from cleaner.reports.filter import Filter
from cleaner.reports.html.overview import Skipped


class Looking:
    """The documents of all inputs as reports take them, those of cleaned trees from their ledgers.

    ``failed`` and ``passed_over`` are complete once all are drawn.
    """

    def __init__(self, inputs: Sequence[Path], config: Config, jobs: int, chosen: Filter) -> None:
        self.title = ", ".join(map(str, inputs))
        self._trees = [path for path in inputs if recorded.has_ledger(path)]
        rest = [path for path in inputs if path not in self._trees]
        self._look = Look(rest, config, jobs) if rest else None
        self._config, self._chosen = config, chosen

    def __iter__(self) -> Iterator[Seen]:
        for tree in self._trees:
            for seen in recorded.documents(tree, self._config):
                yield self._filtered(seen)
        for source, units in self._look.files() if self._look else ():
            for done in units:
                own = done.outcome
                site = site_of(own.site, source.relative)
                reason = own.reason if own.status == "failed" else ""
                yield self._filtered(Seen(place(source, done), own.characters, site, reason, own.cleaned))

    @property
    def failed(self) -> bool:
        return self._look is not None and self._look.failed

    @property
    def passed_over(self) -> list[Skipped]:
        """Files that were not read."""
        return [] if self._look is None else [Skipped(own.place, own.reason) for own in self._look.skipped]

    def _filtered(self, seen: Seen) -> Seen:
        if seen.cleaned is None:
            return seen
        cleaned = self._chosen.of(seen.cleaned)
        shown = cleaned if cleaned.removals else None
        return Seen(seen.place, seen.characters, seen.site, seen.reason, shown)
