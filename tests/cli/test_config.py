from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config import KEYS
from tests.files import SETTINGS, cleaner, configure, put


def test_what_is_in_force_and_where_it_came_from(project: Path) -> None:
    configure(project, SETTINGS + 'select = ["newsletter"]\n[sites]\n"news/" = "example.org"\n')
    shown = cleaner("config", "--threshold", "6").stdout.splitlines()
    table = dict(line.split(" = ", 1) for line in shown if " = " in line and not line.startswith(" "))
    assert list(table) == list(KEYS)
    assert table["threshold"] == "6.0"
    assert table["select"] == '["newsletter"]'
    assert table["sites"] == '{"news/": "example.org"}'
    about = {key: shown[shown.index(f"{key} = {table[key]}") + 1] for key in KEYS}
    assert about["threshold"].endswith("(from command line)")
    assert about["select"].endswith(f"(from {project / 'cleaner.toml'})")
    assert about["ignore"].endswith("(from the defaults)")
    assert shown[-1].startswith("2 rules in force; built-in packs: default, ")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("tresholds = 5", "cleaner.toml: unknown key 'tresholds'; did you mean threshold?"),
        ("threshold = 'much'", "cleaner.toml: threshold: found 'much'; allowed: a number from 0.5 to 100"),
        ('select = ["newsleter"]', "select: found 'newsleter'; did you mean newsletter?"),
        ('packs = ["newsleter"]', "no rule pack 'newsleter'; did you mean newsletter?"),
        ('exclude = ["!"]', "cleaner.toml: exclude: found ['!']; allowed: a list of gitignore patterns"),
        ("threshold", "cleaner.toml: cannot be read: "),
    ],
)
def test_mistakes_are_named_by_every_command(project: Path, settings: str, message: str) -> None:
    put(project, {"cleaner.toml": settings, "in/a.txt": ""})
    for arguments in (("config",), ("check", "in"), ("clean", "in", "-o", "out"), ("rules", "list")):
        assert message in cleaner(*arguments, code=2).stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    "option", [("--threshold", "0"), ("--max-removed", "2"), ("--min-kept-words", "-1"), ("--text-field", "")]
)
def test_mistakes_on_the_command_line(project: Path, option: tuple[str, str]) -> None:
    assert f"command line: {option[0][2:].replace('-', '_')}: found" in cleaner("config", *option, code=2).stderr


def test_another_configuration_can_be_named(project: Path) -> None:
    put(project, {"other/mine.toml": 'packs = ["./p.toml"]\n', "other/p.toml": (project / "pack.toml").read_text()})
    assert 'packs = ["./p.toml"]' in cleaner("config", "--config", "other/mine.toml").stdout
    assert "none.toml: cannot be read" in cleaner("config", "--config", "none.toml", code=2).stderr
