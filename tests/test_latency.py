"""What ``cleaner check`` on text may import, since every commit pays for it. Milliseconds: benchmarks/latency.py."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.files import command, environment, put
from tests.support import ROOT

#: Packages that are not Python's own. hyperscan is there only where it has a wheel.
ALLOWED = {"cleaner", "click", "numpy", "regex", "hyperscan"}
#: Packages of Python's own that take longer than the check of a document.
TOO_SLOW = {"asyncio", "concurrent", "email", "http", "sqlite3", "ssl", "unittest", "xml"}
#: Commands that a check is not.
OTHERS = {"clean", "fixing", "changes", "diff", "explain", "restore", "rules", "config", "baseline", "init", "git"}

_CHECK = """
import os, sys

class Noting:
    @staticmethod
    def find_spec(name, path=None, target=None):
        threads = os.environ.get("OPENBLAS_NUM_THREADS", "many")
        print(f"import {name} {threads}", file=sys.stderr, flush=True)

sys.meta_path.insert(0, Noting)
from cleaner.cli import main
main(["check", "a.txt"])
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All modules that a check of text looks for, its workers too, once the rules have been compiled.

    With each the number of threads that NumPy's library was then told to have.
    """
    folder = tmp_path_factory.mktemp("latency")
    put(folder, {"a.txt": (ROOT / "samples/news/harbour-ferry.txt").read_bytes()})
    own = environment(XDG_CACHE_HOME=str(folder / "cache"))
    own.pop("OPENBLAS_NUM_THREADS", None)  # set by commands that other tests have called
    subprocess.run(command("init"), cwd=folder, env=own, check=True, capture_output=True)
    run = subprocess.run(
        [sys.executable, "-c", _CHECK],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr[-2000:]
    lines = [line.split(" ") for line in run.stderr.splitlines() if line.startswith("import ")]
    return {name: threads for _, name, threads in reversed(lines)}


def test_a_check_of_text_imports_few_packages(imported: dict[str, str]) -> None:
    packages = {name.split(".")[0] for name in imported}
    # modules of Python's own look for some that are nowhere
    others = {name for name in packages - sys.stdlib_module_names if find_spec(name)}
    assert others <= ALLOWED
    assert {"cleaner", "click", "regex"} <= others, "the list is not what was imported"
    assert packages.isdisjoint(TOO_SLOW)


def test_numpy_starts_no_threads(imported: dict[str, str]) -> None:
    assert imported["numpy"] == "1"


def test_it_loads_no_other_command(imported: dict[str, str]) -> None:
    assert {f"cleaner.cli.{name}" for name in OTHERS}.isdisjoint(imported)
    others = {
        "cleaner.ledger",
        "cleaner.writing",
        "cleaner.duplicates",
        "cleaner.dedup",
        "numpy.ma",
    }
    assert others.isdisjoint(imported)
    assert "cleaner.cli.check" in imported
