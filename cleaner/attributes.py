"""Git's attributes and configuration for cleaner's drivers: what is installed, and how it goes again."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.files import replace
from cleaner.readers import READERS
from cleaner.repository import git

_BEGIN, _END = "# cleaner: begin, written by `cleaner git install`", "# cleaner: end"
#: Sections of git's configuration that are ours.
_SECTIONS = ("diff.cleaner", "filter.cleaner")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where drivers are installed: this repository, or all of this user's."""

    everywhere: bool = False

    @property
    def _flag(self) -> str:
        return "--global" if self.everywhere else "--local"

    @property
    def attributes(self) -> Path:
        """The file of attributes; in a repository one that is not tracked. Raises ``UsageError``."""
        if not self.everywhere:
            return Path(os.fsdecode(git("rev-parse", "--git-path", "info/attributes").removesuffix(b"\n")))
        configured = self.get("core.attributesFile", "--type=path")
        base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        return Path(configured) if configured else Path(base) / "git" / "attributes"

    def get(self, key: str, *options: str) -> str:
        """A value of git's configuration in this scope; empty if it is not set."""
        try:
            return os.fsdecode(git("config", self._flag, *options, "--get", key).removesuffix(b"\n"))
        except UsageError:
            return ""

    def set(self, key: str, value: str) -> None:
        """Sets a value in this scope. Raises ``UsageError``."""
        git("config", self._flag, "--replace-all", key, value)

    def unset_all(self) -> None:
        """Takes our sections out of the configuration, if they are there."""
        for section in _SECTIONS:
            with contextlib.suppress(UsageError):  # it is not there
                git("config", self._flag, "--remove-section", section)


def lines(*, filters: bool) -> list[str]:
    """The attributes: the diff driver for all that can be read, the filter for what may be written in place."""
    found = []
    for reader in READERS.values():
        own = "diff=cleaner filter=cleaner" if filters and reader.output_suffix is None else "diff=cleaner"
        found += [f"*{suffix} {own}" for suffix in reader.suffixes]
    return found


def program() -> str:
    """How git calls this program: by its name if that finds it, else by its place. Quoted for a shell."""
    beside = shutil.which("cleaner", path=str(Path(sys.executable).parent))
    plain = shutil.which("cleaner")
    if plain and (beside is None or Path(plain).resolve() == Path(beside).resolve()):
        return "cleaner"
    return shlex.quote(beside or "cleaner")


def install(scope: Scope, *, filters: bool) -> None:
    """Sets the drivers in the configuration and writes the attributes, in place of earlier ones."""
    scope.unset_all()
    scope.set("diff.cleaner.textconv", f"{program()} git textconv")
    if filters:
        scope.set("filter.cleaner.process", f"{program()} git filter")
        scope.set("filter.cleaner.required", "true")
    _write(scope.attributes, [_BEGIN, *lines(filters=filters), _END])


def uninstall(scope: Scope) -> None:
    """Takes drivers and attributes out again; all else in those files stays."""
    scope.unset_all()
    if scope.attributes.is_file():
        _write(scope.attributes, [])


def installed(path: Path) -> list[str]:
    """Our lines in a file of attributes."""
    text = _read(path)
    if _BEGIN not in text:
        return []
    return text.partition(_BEGIN)[2].partition(_END)[0].strip().splitlines()


def _write(path: Path, own: list[str]) -> None:
    before, _, rest = _read(path).partition(_BEGIN)
    after = rest.partition(_END)[2].removeprefix("\n")
    if before and not before.endswith("\n"):
        before += "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = before + "".join(line + "\n" for line in own) + after
    replace(path, [text.encode("utf-8", "surrogateescape")])


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else ""
