"""cleaner as pre-commit installs it, without a network: from a repository of our own, on packages that are here."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaner import __version__
from tests.repositories import Repository
from tests.support import ROOT

#: What pip needs to build cleaner.
_SOURCES = ("cleaner", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
#: Installed packages that the hook's environment must not see, or has of its own.
_NOT_SHARED = ("corpus_cleaner", "_corpus_cleaner", "__editable__", "pip", "setuptools", "distutils", "_distutils")


@dataclass(frozen=True)
class Hooks:
    """The repository that pre-commit installs from, the environment to do it in, and a store for what it installed."""

    clone: Path
    environment: dict[str, str]

    def corpus(self, folder: Path) -> Repository:
        """An empty repository in whose commands pre-commit works."""
        repository = Repository(folder / "corpus", folder / "home")
        repository.environment |= self.environment
        return repository

    def settings(self, hook: str, **more: str) -> str:
        """A ``.pre-commit-config.yaml`` with one hook of the clone."""
        keys = "".join(f"        {key}: {value}\n" for key, value in more.items())
        return f"repos:\n  - repo: {self.clone}\n    rev: v{__version__}\n    hooks:\n      - id: {hook}\n{keys}"


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """Built once. Packages are shared by PYTHONPATH: pip finds what cleaner needs there, and installs cleaner alone."""
    folder = tmp_path_factory.mktemp("hooks")
    site = folder / "site"
    site.mkdir()
    for path in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if path.suffix != ".pth" and not path.name.startswith(_NOT_SHARED):
            (site / path.name).symlink_to(path)
    origin = Repository(folder / "clone", folder / "home")
    for name in _SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, origin.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, origin.folder / name)
    origin.commit(message="everything")
    origin.git("tag", f"v{__version__}")
    return Hooks(
        origin.folder,
        {
            "PATH": f"{Path(sys.executable).parent}:{origin.environment['PATH']}",
            "PYTHONPATH": str(site),
            "PRE_COMMIT_HOME": str(folder / "store"),
            "PIP_NO_INDEX": "1",
            # what pip makes of this variable is the opposite of what it says, in all versions: do not isolate
            "PIP_NO_BUILD_ISOLATION": "0",
        },
    )


@pytest.fixture
def corpus(hooks: Hooks, tmp_path: Path) -> Repository:
    """An empty repository."""
    return hooks.corpus(tmp_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them on one worker, since each would build its own environment."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("precommit"))
