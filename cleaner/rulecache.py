"""Compiled rules, kept in the user's cache folder: compiling takes seconds, loading milliseconds.

An entry is named by a digest of what it was compiled from and of the code that compiles, and begins with a checksum of
what it holds, so that another rule set or version never finds it and a damaged one is compiled anew. Loading trusts the
bytes, so an entry counts only if folder and file are this user's own and writable by nobody else. Nothing here ever
fails a run: without a usable folder the rules are compiled.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import zlib
from functools import cache
from pathlib import Path

from cleaner import __version__, rulepattern, ruleschema, ruleset
from cleaner.detectors import literals, prefilter, relax, syntax
from cleaner.files import replace

#: What makes the entries.
_MAKERS = (prefilter, literals, relax, syntax, rulepattern, ruleschema, ruleset)
#: True where the system tells whose a file is and who may write it.
_CAN_TELL = hasattr(os, "getuid") and hasattr(os, "O_NOFOLLOW")
#: Entries that are kept, nine a rule set; the ones longest unused go first.
_MOST = 32
#: Bytes of a checksum. It is against damage alone: whoever may write an entry could write the digest of one, too. And
#: there are megabytes to read, which a digest takes several times as long for.
_CHECKSUM = 4


def folder() -> Path:
    """Where entries lie: in ``$XDG_CACHE_HOME``, by default ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "cleaner"


@cache
def _salt() -> bytes:
    """Stands for the version of the code that makes the entries, and in a checkout for its latest edit."""
    salt = hashlib.sha256(__version__.encode())
    for module in _MAKERS:
        with contextlib.suppress(OSError):  # in a zip file: the version must do
            salt.update(Path(str(module.__file__)).read_bytes())
    return salt.digest()


def _name(key: str) -> str:
    """The file name of an entry: a digest, and the ending of the key."""
    return hashlib.sha256(_salt() + key.encode()).hexdigest() + Path(key).suffix


class RuleCache:
    """Bytes by key, in files."""

    def get(self, key: str) -> bytes | None:
        """The entry, or None if there is none that can be trusted."""
        if not _CAN_TELL:
            return None
        with contextlib.suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
            checksum, data = _read(folder(), _name(key))
            if _checksum(data) == checksum:
                return data
        return None

    def seen(self, key: str, size: int) -> int:
        """The sizes this was called with for the key, added up, in any process of this user; ``size`` at first.

        It is ``size`` each time, too, if the sum cannot be kept.
        """
        total = int(self.get(key + ".seen") or b"0") + size
        self.put(key + ".seen", b"%d" % total)
        return total

    def put(self, key: str, data: bytes) -> None:
        """Stores the entry. Of two processes at once either's bytes are there, whole."""
        if not _CAN_TELL:
            return
        with contextlib.suppress(OSError, RuntimeError):
            own = folder()
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(own.lstat()):
                return
            replace(own / _name(key), [_checksum(data), data])
            (own / _name(key)).chmod(0o600)
            entries = sorted(own.glob("[0-9a-f]*.*"), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in entries[_MOST:]:
                old.unlink()


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM)


def _read(own: Path, name: str) -> tuple[bytes, bytes]:
    """The checksum and the bytes of an entry. What is checked is what is read, whatever is renamed meanwhile.

    Megabytes, so nothing is buffered. Raises ``OSError``.
    """
    place = os.open(own, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=place), "rb", buffering=0) as file:
            if not (_is_private(os.fstat(place)) and _is_private(os.fstat(file.fileno()))):
                raise PermissionError(f"{own / name}: not this user's alone")
            os.utime(file.fileno())
            return file.read(_CHECKSUM), file.read()
    finally:
        os.close(place)


def _is_private(status: os.stat_result) -> bool:
    """True for what is this user's own, no link, and writable by nobody else."""
    return status.st_uid == os.getuid() and not stat.S_ISLNK(status.st_mode) and not status.st_mode & 0o022
