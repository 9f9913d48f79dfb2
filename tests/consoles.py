"""The commands shown in the documentation, with what they print. ``make docs`` runs them again and writes it down.

A fence marked ``console`` holds commands, each after ``$ ``, and their output. They run in one folder that holds a
copy of samples/ and is fresh for each page, so a page reads as a session from top to bottom.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_FENCE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
#: What differs from run to run.
_SECONDS = re.compile(r"\bin \d+\.\d s$", re.MULTILINE)


def commands(page: str) -> list[str]:
    """The commands of a page's consoles."""
    return [line[2:] for fence in _FENCE.findall(page) for line in fence.split("\n") if line.startswith("$ ")]


def replayed(page: str) -> str:
    """The page with its consoles as they are now; the folder they ran in is called /corpus."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder, "samples"))
        return _FENCE.sub(lambda match: _run(match[0], Path(folder)).replace(folder, "/corpus"), page)


def settled(page: str) -> str:
    """The page without what differs from run to run."""
    return _SECONDS.sub("in 0.0 s", page)


def _run(fence: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    home = {"PATH": path, "LC_ALL": "C.UTF-8", "TERM": "dumb", "COLUMNS": "100", "HOME": str(folder)}
    shown = []
    for command in (line for line in fence.split("\n") if line.startswith("$ ")):
        done = subprocess.run(
            ["bash", "-c", command[2:]],
            cwd=folder,
            env=home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if b"Traceback (most recent call last)" in done.stdout:
            raise RuntimeError(f"{command}\n{done.stdout.decode()}")
        shown.append(f"{command}\n{done.stdout.decode().rstrip()}".rstrip() + "\n")
    return "".join(shown)


def main() -> None:
    """Writes pages anew; with ``--check`` names them instead, and exits with 1 if there are any."""
    check = "--check" in sys.argv
    stale = False
    for path in PAGES:
        before = path.read_text("utf-8")
        after = replayed(before)
        if settled(after) != settled(before):
            stale = True
            if not check:
                path.write_text(after, "utf-8")
            print(
                f"{path.relative_to(ROOT)}: {'not what the tool prints, see `make docs`' if check else 'written anew'}"
            )
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
