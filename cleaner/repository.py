"""What cleaner asks git: where the repository is, and which lines changed since a revision."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from cleaner.errors import UsageError

#: First and last line of each stretch that changed; None for a file that is new to git as a whole.
Stretches = list[tuple[int, int]] | None

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
#: The line that names a file in a patch; names with unusual characters are quoted as in C.
_NEW_NAME = re.compile(rb'\+\+\+ (?:"b/(?P<quoted>.*)"|b/(?P<plain>.*?))\t?')
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))
#: Drivers of this repository must not stand between git and the files as they are.
_AS_IT_IS = ("-c", "filter.cleaner.process=", "-c", "filter.cleaner.required=false", "-c", "core.safecrlf=false")
_DIFF = ("diff", "-U0", "--text", "-M", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules",
         "--src-prefix=a/", "--dst-prefix=b/", "--patch")  # fmt: skip


def git(*arguments: str, at: Path = Path()) -> bytes:
    """What git prints. Raises ``UsageError`` with what it says on stderr."""
    try:
        done = subprocess.run(["git", *arguments], cwd=at, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed, or not in PATH") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(f"git {arguments[0]}: {said or f'exit status {done.returncode}'}")
    return done.stdout


def top(at: Path = Path()) -> Path:
    """The top folder of the repository. Raises ``UsageError`` outside of one."""
    return Path(os.fsdecode(git("rev-parse", "--show-toplevel", at=at).removesuffix(b"\n")))


def changed(rev: str) -> dict[Path, Stretches]:
    """What in the working tree is not as it was where ``rev`` and HEAD parted: lines by absolute path.

    Files that git does not know and does not ignore are new as a whole. Raises ``UsageError``.
    """
    root = top()
    git("rev-parse", "--verify", "--end-of-options", f"{rev}^{{commit}}")
    base = _parting(rev, root)
    found: dict[Path, Stretches] = {
        root / name: own for name, own in _stretches(git(*_AS_IT_IS, *_DIFF, base, at=root))
    }
    for name in git("ls-files", "--others", "--exclude-standard", "-z", at=root).split(b"\0"):
        if name:
            found[root / os.fsdecode(name)] = None
    return found


def _parting(rev: str, root: Path) -> str:
    try:
        return git("merge-base", rev, "HEAD", at=root).decode().strip()
    except UsageError:  # histories without a common commit, or too shallow a clone
        return git("rev-parse", f"{rev}^{{commit}}", at=root).decode().strip()


def _stretches(diff: bytes) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each file of a patch with the lines that are new or changed in it."""
    own: list[tuple[int, int]] = []
    skip = 0
    for line in diff.split(b"\n"):
        if skip:
            skip -= not line.startswith(b"\\")  # the note that the file has no final line feed
        elif name := _NEW_NAME.fullmatch(line):
            own = []
            yield os.fsdecode(name["plain"] if name["quoted"] is None else _ESCAPE.sub(_unescaped, name["quoted"])), own
        elif hunk := _HUNK.match(line):
            gone, first, new = (int(number) if number else 1 for number in hunk.groups(b""))
            skip = gone + new
            if new:
                own.append((first, first + new - 1))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8) if len(code) == 3 else _ESCAPED.get(code[0], code[0])])
