"""The program as it is installed, in a process of its own: how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.files import environment, put
from tests.support import PROSE

_START = "import atexit, sys\nfrom cleaner.cli import _end, program\n"


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    start = [sys.executable, "-c", _START + code, *arguments]
    return subprocess.run(start, capture_output=True, env=environment(), text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "status", "out", "error"),
    [
        (["rules", "list"], 0, 300, ""),
        (["check", "a.txt"], 1, 1, ""),
        (["check", "nowhere.txt"], 2, 0, "no such file"),
        (["czech"], 2, 0, "No such command"),
    ],
)
def test_it_says_all_and_ends_with_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, out: int, error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"a.txt": "\n\n".join([*PROSE, "No spam. Unsubscribe anytime."])})
    done = _run("program()", *arguments)
    assert done.returncode == status
    assert done.stdout.count("\n") >= out
    assert error in done.stderr


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    done = _run("atexit.register(print, 'at the end')\nprogram()", "--version")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == ["at the end"]


def test_output_that_goes_nowhere_is_complained_of() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    full = "sys.stdout = open('/dev/full', 'w')\n"
    done = _run(f"{full}print('kept back')\n_end(0)")
    assert done.returncode == 120
    assert "No space left" in done.stderr
