"""The documentation holds: links resolve, commands parse, configuration loads, doctests run."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
import tomllib
from itertools import groupby
from pathlib import Path

import click
import pytest

from cleaner.cli import main
from cleaner.config import KEYS, from_mapping
from cleaner.ledger import FOLDER
from tests.consoles import ROOT

PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {".venv", "samples", "golden", "demo", FOLDER, ".pytest_cache"} & set(path.relative_to(ROOT).parts)
)
DOCTESTS = (
    "cleaner",
    "cleaner.api",
    "cleaner.edits",
    "cleaner.fingerprint",
    "cleaner.language",
    "cleaner.text",
    "cleaner.reports.safe",
)

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
#: Where a shell command ends.
_ENDS = frozenset({"|", "&&", ";", ">", "||"})


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _prose(page: str) -> str:
    return re.sub(r"`[^`\n]*`", "", _FENCED.sub("", page))


def _anchors(page: str) -> set[str]:
    """Anchors as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", _FENCED.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_resolve(path: Path) -> None:
    for file, anchor in _LINK.findall(_prose(path.read_text("utf-8"))):
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{file} does not exist"
        assert not anchor or anchor in _anchors(target.read_text("utf-8")), f"{file} has no heading #{anchor}"


def _commands(page: str) -> list[list[str]]:
    """The words of each ``cleaner`` command in the page's fences of shell."""
    found = []
    for kind, body in _FENCED.findall(page):
        for line in body.split("\n") if kind in ("sh", "console") else ():
            if "cleaner" not in line or (kind == "console" and not line.startswith("$ ")):
                continue
            lexer = shlex.shlex(line.removeprefix("$ ").replace("2>", ">"), posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            for is_end, words in groupby(lexer, key=_ENDS.__contains__):
                own = list(words)
                if not is_end and "cleaner" in own and own[-1] != "cleaner":
                    found.append(own[own.index("cleaner") + 1 :])
    return found


def _parse(command: click.Command, words: list[str], parent: click.Context | None = None) -> None:
    """Raises ``click.UsageError`` for what the command does not know; files need not be there."""
    try:
        # a command remembers its help option as it was first asked for it, and takes its names from its parent
        context = command.make_context(command.name, list(words), parent)
    except click.BadParameter as error:
        if not isinstance(error, click.MissingParameter) and "does not exist" not in error.message:
            raise
        return
    if isinstance(command, click.Group):
        name, inner, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert inner is not None, f"no command {name}"
        _parse(inner, rest, context)


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_commands_parse(path: Path) -> None:
    for words in _commands(path.read_text("utf-8")):
        _parse(main, words)


def test_commands_are_found() -> None:
    page = "```console\n$ cleaner check a; echo 1\n$ cleaner diff b | git apply && cleaner check b\ncleaner\n```\n"
    assert _commands(page) == [["check", "a"], ["diff", "b"], ["check", "b"]]
    with pytest.raises(click.NoSuchOption):
        _parse(main, ["diff", "--no-such", "a"])


def test_every_command_has_a_section() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    assert {f"## {name}" for name in main.list_commands(click.Context(main))} <= set(page.split("\n"))


def test_every_key_is_documented_with_its_default() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    default = from_mapping({}, "nothing")
    for key in KEYS:
        row = next((line for line in page.split("\n") if line.startswith(f"| `{key}` |")), None)
        assert row is not None, f"docs/configuration.md has no row for {key}"
        value = getattr(default, key)
        shown = tomllib.loads(f"value = {row.split('|')[3].strip().strip('`')}")["value"]
        assert shown == (list(value) if isinstance(value, tuple) else value), row


def test_the_annotated_configuration_loads() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    table = next(tomllib.loads(body) for kind, body in _FENCED.findall(page) if kind == "toml")
    assert set(table) == set(KEYS)
    from_mapping(table, "docs/configuration.md")


@pytest.mark.parametrize("name", DOCTESTS)
def test_doctests_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed
