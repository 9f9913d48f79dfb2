"""What an engine is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Works a batch off: one result an item, in order. Runs in another process; must not keep state.
Task = Callable[[Sequence[T]], list[R]]


@dataclass(frozen=True, slots=True)
class Failure:
    """Stands in for the result of an item that killed its worker, broke it, or ran out of time."""

    reason: str


class Engine(Protocol):
    """Maps a task over batches."""

    def map(self, task: Task[T, R], batches: Iterable[Sequence[T]]) -> Iterator[tuple[Sequence[T], list[R | Failure]]]:
        """Each batch with its results, in the order of the batches.

        Batches are drawn as workers get free, so that no more than a few a worker are held. What an item
        does to its worker costs that item alone.
        """
        ...
