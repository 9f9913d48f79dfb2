"""Folders of files for tests of the whole way: a pack of our own, the command line in this process or another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cleaner import ledger
from cleaner.cli import main
from tests.support import PROSE, ROOT, RULES

A, B, C, D, E = PROSE
SETTINGS = 'packs = ["./pack.toml"]\nweights = "none"\nmin_kept_words = 0\nmax_removed = 1\n'
SIGNUP = "Sign up now."
#: A document that loses two blocks, under ``newsletter`` and ``promotion``, and one that loses nothing.
DIRTY = f"{A}\n\n{SIGNUP}\n\n{B}\n\nAdvertisement\n\n{C}\n"
CLEAN = f"{A}\n\n{B}\n\n{C}\n"
PLAIN = f"{D}\n\n{E}\n"


def configure(folder: Path, settings: str = SETTINGS, pack: str = RULES) -> None:
    """Makes the folder a project with the rules of tests/support.py and no floors."""
    put(folder, {"cleaner.toml": settings, "pack.toml": pack})


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files; text as UTF-8 as it is."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """The folder's files but those of ``.cleaner``."""
    return {name: content for name, content in everything(folder).items() if not name.startswith(".cleaner/")}


def everything(folder: Path) -> dict[str, bytes]:
    """All of the folder's files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def cleaner(*arguments: str | Path, code: int | None = 0) -> Result:
    """The command line in this process; fails unless it exits with ``code``."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert code is None or result.exit_code == code, result.output
    return result


def command(*arguments: str | Path) -> list[str]:
    """The command line for a process of its own."""
    return [sys.executable, "-c", "from cleaner.cli import program; program()", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """A process's environment in which this checkout is the package."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def started(arguments: list[str], **options: Any) -> subprocess.Popen[Any]:
    """A process that heeds an interrupt, also where ours does not because it runs in the background."""
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(arguments, env=environment(), preexec_fn=heed, **options)


def process(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, run to its end."""
    return subprocess.run(command(*arguments), capture_output=True, env=environment(), timeout=50, **options)


def entries(folder: Path) -> list[dict[str, Any]]:
    """The ledger of a tree."""
    return list(ledger.read(ledger.path_in(folder)))


def records(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)
