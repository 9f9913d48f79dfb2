"""Compiled rules, kept in the user's cache folder: compiling takes seconds, loading milliseconds.

An entry is named by a digest of what it was compiled from and begins with a digest of what it holds, so that another
rule set never finds it and a damaged one is compiled anew. Loading trusts the bytes, so an entry counts only if folder
and file are this user's own and writable by nobody else. Nothing here ever fails a run: without a usable folder the
rules are compiled.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path

from cleaner.files import replace

#: Entries that are kept; the ones longest unused go first.
_MOST = 8
_DIGEST = hashlib.sha256().digest_size


def folder() -> Path:
    """Where entries lie: in ``$XDG_CACHE_HOME``, by default ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "cleaner"


class RuleCache:
    """Bytes by key, in files."""

    def get(self, key: str) -> bytes | None:
        """The entry, or None if there is none that can be trusted."""
        with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
            path = folder() / key
            if _is_private(path.parent) and _is_private(path):
                data = path.read_bytes()
                if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
                    os.utime(path)
                    return data[_DIGEST:]
        return None

    def put(self, key: str, data: bytes) -> None:
        """Stores the entry. Of two processes at once either's bytes are there, whole."""
        with contextlib.suppress(OSError, RuntimeError):
            own = folder()
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(own):
                return
            replace(own / key, [hashlib.sha256(data).digest(), data])
            (own / key).chmod(0o600)
            entries = sorted(own.glob("*.hs"), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in entries[_MOST:]:
                old.unlink()


def _is_private(path: Path) -> bool:
    """True for what is this user's own, no link, and writable by nobody else."""
    status = path.lstat()
    owner = getattr(os, "getuid", lambda: status.st_uid)()
    return status.st_uid == owner and not stat.S_ISLNK(status.st_mode) and not status.st_mode & 0o022
