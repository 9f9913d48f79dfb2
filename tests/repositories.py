"""Git repositories for tests: real git, and nothing of the user's own configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.files import environment, put


class Repository:
    """A repository in a folder, and commands in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        home.mkdir(exist_ok=True)
        program = home / "bin" / "cleaner"
        if not program.exists():
            put(home, {"bin/cleaner": f"#!{sys.executable}\nfrom cleaner.cli import program\nprogram()\n"})
            program.chmod(0o755)
        own = {key: value for key, value in environment().items() if not key.startswith("GIT_")}
        self.environment = {
            **own,
            "HOME": str(home),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
        }
        for name in ("AUTHOR", "COMMITTER"):
            self.environment |= {f"GIT_{name}_NAME": "A Person", f"GIT_{name}_EMAIL": "person@example.org"}
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str, code: int | None = 0, **more: str) -> subprocess.CompletedProcess[bytes]:
        """Runs a command; fails unless it exits with ``code``."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        shown = (done.stdout + done.stderr).decode(errors="replace")
        assert b"Traceback" not in done.stderr, shown
        assert code is None or done.returncode == code, shown
        return done

    def git(self, *arguments: str, code: int | None = 0) -> str:
        """What git prints."""
        return self.run("git", *arguments, code=code).stdout.decode("utf-8", "surrogateescape")

    def cleaner(self, *arguments: str, code: int | None = 0) -> str:
        """What cleaner prints on stdout."""
        return self.run("cleaner", *arguments, code=code).stdout.decode("utf-8", "surrogateescape")

    def put(self, files: Mapping[str, str | bytes]) -> None:
        """Writes files."""
        put(self.folder, files)

    def commit(self, files: Mapping[str, str | bytes] | None = None, message: str = "more") -> str:
        """Writes files, commits everything without hooks, and gives the commit."""
        self.put(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def read(self, name: str) -> bytes:
        """A file of the working tree."""
        return (self.folder / name).read_bytes()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository whose configuration names the rules of tests/support.py alone."""
    from tests.files import configure

    repository = Repository(tmp_path / "corpus", tmp_path / "home")
    configure(repository.folder)
    repository.commit(message="settings")
    return repository
