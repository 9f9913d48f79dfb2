from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from cleaner import __version__
from cleaner.config import Config, from_mapping
from cleaner.readers import for_path
from cleaner.starting import IGNORED, configuration, documents, hook, ignoring
from tests.files import SETTINGS
from tests.repositories import Repository
from tests.support import ROOT


def test_the_configuration_changes_nothing_and_shows_every_key() -> None:
    text = configuration()
    assert tomllib.loads(text) == {}
    shown = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    config = from_mapping(tomllib.loads(shown), "cleaner.toml")
    assert {name: getattr(config, name) for name in config.origins} == {
        name: getattr(Config(), name) for name in config.origins
    }
    assert len(config.origins) > 10


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({"repo": None, "rev": None}, {"repo": "local", "id": "cleaner-check"}),
        ({"repo": "../cleaner", "rev": None}, {"repo": "../cleaner", "rev": f"v{__version__}", "id": "cleaner-check"}),
        ({"repo": "# a\nb: 'c'", "rev": "1e3"}, {"repo": "# a\nb: 'c'", "rev": "1e3", "id": "cleaner-check"}),
    ],
)
def test_the_hook_is_what_was_asked_for(options: dict[str, str | None], wanted: dict[str, str]) -> None:
    (own,) = yaml.safe_load(hook(fix=False, **options))["repos"]
    assert {"repo": own["repo"], **({"rev": own["rev"]} if "rev" in own else {}), "id": own["hooks"][0]["id"]} == wanted


def test_the_hooks_that_ship_look_at_all_that_can_be_read() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [own["id"] for own in hooks] == ["cleaner-check", "cleaner-fix"]
    for own in hooks:
        local = yaml.safe_load(hook(fix=own["id"] == "cleaner-fix", repo=None, rev=None))["repos"][0]["hooks"][0]
        assert {**own, "language": "system"} == {
            **local, "description": own["description"], "minimum_pre_commit_version": "3.2.0"
        }  # fmt: skip


@pytest.mark.parametrize(
    "name", ["a.txt", "b/a.md", "a.jsonl.zst", "a.html", "a.htm.gz", "a.txt.zip", "txt", "a.toml", "a.py"]
)
def test_the_pattern_is_the_readers_own(name: str) -> None:
    from pathlib import PurePath

    assert bool(re.search(documents(), name)) == (for_path(PurePath(name)) is not None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{IGNORED}\n"),
        ("*.pyc", f"*.pyc\n{IGNORED}\n"),
        ("*.pyc\n", f"*.pyc\n{IGNORED}\n"),
        (f"a\n{IGNORED}\nb\n", None),
        (".cleaner\n", None),
        (".cleaner/\r\n", None),
        ("#.cleaner/\n", f"#.cleaner/\n{IGNORED}\n"),
    ],
)
def test_the_ignore_line_is_added_once(before: str, after: str | None) -> None:
    assert ignoring(before) == after


def test_a_repository_is_made_ready_and_what_is_there_stays(repository: Repository) -> None:
    repository.put({".gitignore": b"# \xff\n", "sub/x": ""})
    shown = repository.run("sh", "-c", "cd sub && cleaner init --fix").stdout.decode()
    assert "cleaner.toml is there and stays as it is; what it could hold:\n  # Configuration" in shown
    assert repository.read("cleaner.toml").decode() == SETTINGS
    assert b"id: cleaner-fix" in repository.read(".pre-commit-config.yaml")
    assert repository.read(".gitignore") == b"# \xff\n/.cleaner/\n"
    before = repository.git("status", "--porcelain", "--untracked-files=all")
    repository.cleaner("init")
    assert repository.git("status", "--porcelain", "--untracked-files=all") == before
    assert b"id: cleaner-fix" in repository.read(".pre-commit-config.yaml")
    assert repository.run("cleaner", "init", "--rev", "x", code=2).stderr
