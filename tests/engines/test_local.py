from __future__ import annotations

import gc
import multiprocessing
import os
import platform
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cleaner.engines.base import Failure
from cleaner.engines.local import LocalEngine
from tests.files import started


def act(items: Sequence[object]) -> list[object]:
    """Doubles numbers; a word is what to do to the worker."""
    for item in items:
        match item:
            case "raise":
                raise ValueError("no such thing")
            case "recurse":
                raise RecursionError
            case "exit":
                os._exit(7)
            case "leave":
                sys.exit("enough")
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(100)
            case "unsendable":
                return [lambda: 1] * len(items)
    return [item * 2 if isinstance(item, int) else item for item in items]


def _run(batches: list[list[object]], jobs: int, seconds: float = 60.0) -> list[object]:
    done = list(LocalEngine(jobs, seconds).map(act, batches))
    assert [list(batch) for batch, _ in done] == batches
    return [result.reason if isinstance(result, Failure) else result for _, results in done for result in results]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize(
    ("culprit", "reason"),
    [
        ("raise", "internal error: ValueError: no such thing"),
        ("recurse", "internal error: RecursionError: "),
        ("exit", "its worker died (exit status 7)"),
        ("leave", "its worker died (exit status 1)"),
        ("kill", "its worker died (SIGKILL)"),
    ],
)
def test_only_the_culprit_fails(jobs: int, culprit: str, reason: str) -> None:
    batches: list[list[object]] = [[1, 2], [3, culprit, 4], [5], [culprit], [6, culprit]]
    assert _run(batches, jobs) == [2, 4, 6, reason, 8, 10, reason, 12, reason]


@pytest.mark.parametrize(("beside", "deaths"), [([], 1), ([1], 2)], ids=["alone", "in a batch, and then alone"])
def test_an_item_whose_worker_died_alone_is_tried_once_more(tmp_path: Path, beside: list[object], deaths: int) -> None:
    log = tmp_path / "log"

    def dies_at_first(items: Sequence[object]) -> list[object]:
        if 0 in items:
            with log.open("a") as file:
                file.write("x")
            if log.stat().st_size <= deaths:
                os.kill(os.getpid(), signal.SIGKILL)
        return list(items)

    assert [own for _, own in LocalEngine(2, 60).map(dies_at_first, [[0, *beside]])] == [[0, *beside]]
    assert log.stat().st_size == deaths + 1


def test_what_hangs_is_stopped_at_the_limit() -> None:
    assert _run([[1], [2, "hang", 3], [4]], 2, 0.3) == [2, 4, "took longer than 0.3 s", 6, 8]


def test_a_result_that_cannot_be_sent_fails_alone() -> None:
    first, *rest = _run([["unsendable"], [1]], 1)
    assert "pickle" in str(first)
    assert rest == [2]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order_stays_whatever_takes_long(jobs: int) -> None:
    batches = [[0.02 if number % 3 == 0 else 0.0, number] for number in range(30)]
    results = [results for _, results in LocalEngine(jobs, 60).map(nap, batches)]
    assert results == [[number, number] for number in range(30)]


def nap(items: Sequence[float]) -> list[float]:
    time.sleep(items[0])
    return [items[1]] * len(items)


def test_no_batches_and_empty_batches() -> None:
    assert list(LocalEngine(2, 60).map(act, [])) == []
    assert list(LocalEngine(2, 60).map(act, [[], [1], []])) == [([], []), ([1], [2]), ([], [])]


def test_large_items_go_both_ways() -> None:
    big = 10**400_000
    assert [results for _, results in LocalEngine(2, 60).map(act, [[big], [big, 1]])] == [[2 * big], [2 * big, 2]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stream_is_drawn_as_workers_get_free(jobs: int) -> None:
    drawn = 0

    def stream() -> Iterator[list[int]]:
        nonlocal drawn
        for number in range(10**9):
            drawn += 1
            yield [number]

    results = LocalEngine(jobs, 60).map(act, stream())
    for number in range(50):
        assert next(results) == ([number], [2 * number])
        assert drawn <= number + 1 + 8 * jobs
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_a_stream_that_fails_leaves_no_workers() -> None:
    def stream() -> Iterator[list[int]]:
        yield [1]
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="the disk went away"):
        list(LocalEngine(2, 60).map(act, stream()))
    assert not multiprocessing.active_children()


SLEEPER = """
import os, time
from cleaner.engines.local import LocalEngine
def task(items):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep({nap})
    return items
list(LocalEngine(2, 60).map(task, [[1], [2]]))
"""


def _gone(pid: int) -> bool:
    for _ in range(2000):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("name", "nap"), [("SIGINT", 100), ("SIGKILL", 1)], ids=["interrupted", "killed, once the batch is done"]
)
def test_workers_do_not_outlive_their_parent(name: str, nap: int) -> None:
    code = SLEEPER.format(nap=nap)
    run = started([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert run.stdout is not None
    workers = [int(run.stdout.readline()) for _ in range(2)]
    run.send_signal(signal.Signals[name])
    assert run.wait(20) != 0
    assert all(_gone(worker) for worker in workers)


def test_a_worker_looks_for_garbage_less_often_than_its_parent() -> None:
    ((_, thresholds),) = LocalEngine(1, 60).map(_thresholds, [[0]])
    assert isinstance(thresholds[0], int)
    assert thresholds[0] > 10 * gc.get_threshold()[0]


def _thresholds(items: Sequence[object]) -> list[int]:
    return [gc.get_threshold()[0] for _ in items]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are not told to keep memory")
def test_a_worker_keeps_what_a_batch_leaves_free() -> None:
    (_, first), (_, second) = LocalEngine(1, 60).map(_faults, [[0], [1]])
    assert isinstance(first[0], int) and isinstance(second[0], int)
    assert second[0] < first[0] / 10


def _faults(items: Sequence[object]) -> list[int]:
    """Pages that the system had to clear for 64 MB, which are free again at the end."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    held = [b"x" * (1 << 24) for _ in range(4)]
    cleared = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    del held
    return [cleared for _ in items]


def test_a_worker_does_without_another_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    ((_, results),) = LocalEngine(1, 60).map(act, [[2]])
    assert results == [4]
