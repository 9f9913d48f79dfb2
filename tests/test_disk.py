"""No permission, a full disk: named with the file, which stays as it was; the rest is done; exit 2."""

from __future__ import annotations

import ctypes
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.files import CLEAN, DIRTY, PLAIN, SIGNUP, A, cleaner, process, put, tree


def _as_anybody(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Runs without root's right to read and write everything."""
    drop, rights = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    prctl = ctypes.CDLL(None).prctl
    return process(*arguments, preexec_fn=lambda: [prctl(drop, right, 0, 0, 0) for right in rights])


def test_no_permission(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "in/secret.txt": DIRTY, "in/locked/b.txt": DIRTY, "in/closed/c.txt": DIRTY})
    modes = {"in": 0o777, "in/secret.txt": 0o000, "in/locked": 0o555, "in/closed": 0o000}
    for name, mode in modes.items():
        (project / name).chmod(mode)
    run = _as_anybody("clean", "in", "--in-place")
    for name in ("in/closed", "in/secret.txt"):
        (project / name).chmod(0o700)
    text = run.stderr.decode()
    assert run.returncode == 2, text
    assert "in/secret.txt: cannot be read: Permission denied" in text
    assert "in/locked/b.txt: cannot be written: Permission denied" in text
    assert "in/closed: cannot be listed: Permission denied" in text
    dirty = dict.fromkeys(("secret.txt", "locked/b.txt", "closed/c.txt"), DIRTY.encode())
    assert tree(project / "in") == {"a.txt": CLEAN.encode(), **dirty}


def test_an_output_that_cannot_be_made_is_an_error(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    (project / "shut").mkdir(mode=0o555)
    run = _as_anybody("clean", "in", "-o", "shut/out")
    assert run.returncode == 2
    assert run.stderr == b"cleaner: output shut/out: cannot be written: Permission denied\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True
        ).returncode
    ):
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(project: Path, small_disk: Path) -> None:
    inputs = {"a.txt": DIRTY, "big.txt": f"{SIGNUP}\n\n" + f"{A}\n" * 4000, "c.txt": DIRTY}
    put(project / "in", inputs)
    result = cleaner("clean", "in", "-o", "disk/out", code=2)
    assert "disk/out/big.txt: cannot be written: No space left on device" in result.stderr
    assert tree(small_disk / "out") == dict.fromkeys(("a.txt", "c.txt"), CLEAN.encode())
    cleaner("restore", "disk/out")
    assert tree(small_disk / "out") == dict.fromkeys(("a.txt", "c.txt"), DIRTY.encode())


def test_a_disk_that_fills_while_cleaning_in_place(project: Path, small_disk: Path) -> None:
    inputs = {"a.txt": DIRTY, "big.txt": f"{SIGNUP}\n\n" + f"{A}\n" * 1800, "c.txt": DIRTY}
    put(small_disk, inputs)
    result = cleaner("clean", "disk", "--in-place", code=2)
    assert "disk/big.txt: cannot be written: No space left on device" in result.stderr
    assert tree(small_disk) == {"a.txt": CLEAN.encode(), "big.txt": inputs["big.txt"].encode(), "c.txt": CLEAN.encode()}
    cleaner("restore", "disk")
    assert tree(small_disk) == {name: text.encode() for name, text in inputs.items()}


def test_a_limit_on_file_sizes_is_a_full_disk(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "big.txt": f"{SIGNUP}\n\n" + f"{A}\n" * 2000, "c.txt": PLAIN})
    before = tree(project / "in")
    limit = 64_000
    run = process(
        "clean", "in", "--in-place", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert run.returncode == 2
    assert b"in/big.txt: cannot be written: File too large" in run.stderr
    assert tree(project / "in") == {**before, "a.txt": CLEAN.encode()}
