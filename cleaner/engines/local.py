"""Local processes: each batch under a wall-clock limit, a worker that dies or hangs is replaced.

``ProcessPoolExecutor`` gives up all work when one worker dies, and cannot stop a task; patterns and parsers run
on hostile data here, so both must be possible.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import pickle
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic

from cleaner.engines.base import Failure, R, T, Task

#: Batches drawn ahead of the oldest unfinished one, for each worker.
_AHEAD = 4

#: Objects made before a worker looks for garbage; a batch makes as many, of up to some 100 bytes each.
_MADE = 100_000

#: Names of what glibc's mallopt sets (malloc.h): the bytes from which an allocation is given back to the system by
#: itself, and the free bytes at the end of the heap from which they are.
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
_LARGEST, _FREE = 1 << 25, 1 << 27

_METHOD = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


@dataclass(slots=True)
class _Job:
    """Items of one batch that are worked off together: all of them, or one that is tried alone, maybe once more."""

    batch: int
    places: list[int]
    is_last_try: bool = False


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    job: _Job | None = None
    deadline: float = 0.0


class LocalEngine:
    """``jobs`` processes; ``seconds`` is the limit of one batch, and of one item tried alone."""

    def __init__(self, jobs: int, seconds: float) -> None:
        self.jobs = jobs
        self.seconds = seconds

    def map(self, task: Task[T, R], batches: Iterable[Sequence[T]]) -> Iterator[tuple[Sequence[T], list[R | Failure]]]:
        """See :class:`~cleaner.engines.base.Engine`."""
        pool = _Pool(task, self.jobs, self.seconds)
        try:
            yield from pool.run(iter(batches))
        finally:
            pool.close()


class _Pool(Generic[T, R]):
    def __init__(self, task: Task[T, R], jobs: int, seconds: float) -> None:
        self.task, self.jobs, self.seconds = task, jobs, seconds
        self.workers: list[_Worker] = []
        self.waiting: deque[_Job] = deque()
        self.batches: dict[int, Sequence[T]] = {}
        self.results: dict[int, dict[int, R | Failure]] = {}

    def run(self, source: Iterator[Sequence[T]]) -> Iterator[tuple[Sequence[T], list[R | Failure]]]:
        drawn = due = 0
        exhausted = False
        while True:
            while not exhausted and drawn - due < _AHEAD * self.jobs and len(self.waiting) < self.jobs:
                batch = next(source, None)
                if batch is None:
                    exhausted = True
                    break
                self.batches[drawn], self.results[drawn] = batch, {}
                if batch:
                    self.waiting.append(_Job(drawn, list(range(len(batch)))))
                drawn += 1
            self._hand_out()
            while due < drawn and len(self.results[due]) == len(self.batches[due]):
                batch, results = self.batches.pop(due), self.results.pop(due)
                yield batch, [results[place] for place in range(len(batch))]
                due += 1
            if exhausted and due == drawn:
                return
            if any(worker.job for worker in self.workers):
                self._collect(block=exhausted or drawn - due >= _AHEAD * self.jobs or len(self.waiting) >= self.jobs)

    def _hand_out(self) -> None:
        for worker in self.workers:
            if self.waiting and worker.job is None:
                self._give(worker)
        while self.waiting and len(self.workers) < self.jobs:
            self.workers.append(self._start())
            self._give(self.workers[-1])

    def _give(self, worker: _Worker) -> None:
        job = self.waiting.popleft()
        batch = self.batches[job.batch]
        worker.job, worker.deadline = job, time.monotonic() + self.seconds
        try:
            worker.connection.send([batch[place] for place in job.places])
        except OSError:
            self._replace(worker, "its worker died", died=True)

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context(_METHOD)
        ours, theirs = context.Pipe()
        others = [worker.connection for worker in self.workers] if _METHOD == "fork" else []
        process = context.Process(target=_work, args=(self.task, theirs, [*others, ours]), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _collect(self, *, block: bool) -> None:
        """Takes in what has come; with ``block`` waits until something does or a deadline passes."""
        busy = [worker for worker in self.workers if worker.job]
        now = time.monotonic()
        patience = max(0.0, min(worker.deadline for worker in busy) - now) if block else 0.0
        ready = wait([worker.connection for worker in busy], patience)
        for worker in busy:
            if worker.connection in ready:
                self._receive(worker)
            elif time.monotonic() >= worker.deadline:
                self._replace(worker, f"took longer than {self.seconds:g} s")

    def _receive(self, worker: _Worker) -> None:
        job = worker.job
        try:
            done, answer = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(1.0)
            code = worker.process.exitcode
            self._replace(worker, f"its worker died ({_name(code)})", died=True)
            return
        worker.job = None
        if job is None:
            return
        if done:
            self.results[job.batch].update(zip(job.places, answer, strict=True))
        else:
            self._fail(job, answer)

    def _replace(self, worker: _Worker, reason: str, *, died: bool = False) -> None:
        job = worker.job
        self.workers.remove(worker)
        _stop(worker)
        if job is not None:
            self._fail(job, reason, died=died)

    def _fail(self, job: _Job, reason: str, *, died: bool = False) -> None:
        """One item has failed; several are tried one by one to find which.

        A worker that died alone with an item may have been killed by a system short of memory: it is tried once more.
        """
        if len(job.places) > 1:
            self.waiting.extendleft(_Job(job.batch, [place]) for place in reversed(job.places))
        elif died and not job.is_last_try:
            self.waiting.appendleft(_Job(job.batch, job.places, is_last_try=True))
        else:
            self.results[job.batch][job.places[0]] = Failure(reason)

    def close(self) -> None:
        for worker in self.workers:
            _stop(worker)
        self.workers.clear()


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


def _name(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"


def settle() -> None:
    """Looks for garbage as seldom as a process may that has loaded all it needs, and keeps memory for the next batch.

    Rules and weights stay to the end, and what a batch makes goes by itself: looking through it all time and again
    takes a twentieth of the time of cleaning web pages. Memory that is given back to the system is cleared page by page
    when it is asked for again, which takes a twentieth of the time of cleaning text.
    """
    gc.freeze()
    gc.set_threshold(_MADE)
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library than glibc
        allocator = ctypes.CDLL(None)
        allocator.mallopt(_MMAP_THRESHOLD, _LARGEST)
        allocator.mallopt(_TRIM_THRESHOLD, _FREE)


def _work(task: Any, connection: Connection, inherited: Sequence[Connection]) -> None:
    """A worker's life. Ends of pipes inherited by forking are closed, so that the parent's death is seen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settle()
    for other in inherited:
        other.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            items = connection.recv()
            try:
                answer = pickle.dumps((True, task(items)))
            except Exception as error:
                answer = pickle.dumps((False, f"internal error: {type(error).__name__}: {error}"))
            connection.send_bytes(answer)
