"""Texts, names and rules that mean harm, at every command that prints: nothing of them reaches the terminal raw."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser import hostile
from tests.files import cleaner, configure, put

#: What a terminal would act on, or a reader be misled by.
_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
#: Colours of our own.
_OURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def folder(project: Path) -> Path:
    configure(project, pack=hostile.PACK)
    return put(project / "in", hostile.FILES)


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff",), ("diff", "--word-diff"), ("diff", "--width", "60"), ("diff", "--stat"), ("diff", "--below", "9"),
        ("diff", "--format", "json"), ("explain",), ("explain", "--format", "json"), ("check",),
        ("check", "--format", "json"), ("check", "--format", "github"), ("check", "--format", "markdown"),
        ("check", "--format", "sarif"), ("rules", "list"), ("report", "-o", "report"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_nothing_is_sent_raw(folder: Path, arguments: tuple[str, ...]) -> None:
    inputs = () if arguments[0] == "rules" else ("in",)
    result = cleaner(*arguments, *inputs, code=None)
    assert len(result.output) > 100
    assert not _RAW.search(result.output)
    if "json" in arguments or "sarif" in arguments:
        json.loads(result.stdout)


@pytest.mark.parametrize("options", [(), ("--word-diff",), ("--width", "50")])
def test_colours_are_our_own(folder: Path, options: tuple[str, ...]) -> None:
    text = cleaner("diff", "in", "--color", *options, code=None).stdout
    assert _OURS.search(text)
    assert not _RAW.search(_OURS.sub("", text))


def test_github_gets_one_command_a_line(folder: Path) -> None:
    lines = cleaner("check", "in", "--format", "github", code=None).stdout.splitlines()
    assert all(line.startswith("::warning file=") for line in lines)
