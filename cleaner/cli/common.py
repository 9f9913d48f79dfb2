"""What the commands that only look do alike: go through the inputs, and say what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cleaner.config import Config
from cleaner.indexed import stages_of
from cleaner.reports.safe import one_line
from cleaner.run import Done, End, outcomes, work_of
from cleaner.sources import Inputs, Skipped, Source, discover


def found(inputs: Sequence[Path], config: Config) -> Inputs:
    """The files under the inputs; what is passed over is said on stderr."""
    result = discover(inputs, config)
    for skipped in result.skipped:
        complain(skipped.place, skipped.reason, warning=not skipped.error)
    return result


def complain(place: str, reason: str, *, warning: bool = False) -> None:
    """A line on stderr: place, and what is wrong there."""
    kind = "warning: " if warning else ""
    click.echo(f"cleaner: {kind}{one_line(place, 1000)}: {one_line(reason, 1000)}", err=True)


class Look:
    """The outcomes of all inputs. ``failed`` is true, once they are drawn, if any could not be processed.

    ``skipped`` are the files that were not read, or not to their end; ``stages`` the templates of the sites among them.
    Those that no index knows are learned from the inputs, unless ``learns`` is false.
    """

    def __init__(
        self, inputs: Sequence[Path], config: Config, jobs: int, *, every_decision: bool = False, learns: bool = True
    ) -> None:
        files = found(inputs, config)
        self.skipped = files.skipped
        self.failed = any(skipped.error for skipped in files.skipped)
        self.stages = stages_of(files.sources, config, jobs, learns=learns)
        size = sum(source.size for source in files.sources)
        work = work_of(config, size, every_decision=every_decision, stages=self.stages)
        self._files = outcomes(files.sources, config, jobs, work=work)

    def files(self) -> Iterator[tuple[Source, Iterator[Done]]]:
        """Each file with its units' outcomes, in order; each to be drawn to its end."""
        for source, events in self._files:
            yield source, self._units(source, events)

    def _units(self, source: Source, events: Iterator[Done | End]) -> Iterator[Done]:
        for event in events:
            if isinstance(event, End):
                if event.error:
                    self.failed = True
                    self.skipped.append(Skipped(source.place(event.line), event.error))
                    complain(source.place(event.line), event.error)
                continue
            if event.outcome.status == "failed":
                self.failed = True
                complain(place(source, event), event.outcome.reason)
            elif event.outcome.status == "held":
                complain(place(source, event), f"left whole: {event.outcome.reason}", warning=True)
            yield event


def place(source: Source, done: Done) -> str:
    """``path`` or ``path:line``, as a person would type it."""
    return source.place(done.unit.line)
