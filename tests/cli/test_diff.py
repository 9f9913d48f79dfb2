from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.files import CLEAN, DIRTY, PLAIN, cleaner, command, environment, process, put, records


@pytest.fixture
def folder(project: Path) -> Path:
    return put(project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.jsonl": records([{"id": "x", "text": DIRTY}])})


def test_for_people(folder: Path) -> None:
    shown = cleaner("diff", "in").stdout
    assert "in/a.txt  -29 of" in shown
    assert "in/c.jsonl:1  -29 of" in shown
    assert "- Sign up now.\n    newsletter/signup  +6.0  asks to sign up" in shown
    assert "in/b.txt" not in shown


def test_context_and_stat(folder: Path) -> None:
    assert "  A heron" in cleaner("diff", "in").stdout
    assert "  A heron" not in cleaner("diff", "in", "--context", "0").stdout
    assert cleaner("diff", "in", "--stat").stdout.splitlines() == [
        "in/a.txt  -29 of 317 characters (9.1%): newsletter 1, promotion 1",
        "in/c.jsonl:1  -29 of 317 characters (9.1%): newsletter 1, promotion 1",
    ]


def test_for_programs(folder: Path) -> None:
    shown = json.loads(cleaner("diff", "in", "--format", "json").stdout)
    assert shown["version"] == 1
    assert [(own["path"], own["line"], own["id"]) for own in shown["documents"]] == [
        ("in/a.txt", None, None), ("in/c.jsonl", 1, "x")
    ]  # fmt: skip
    for own in shown["documents"]:
        text = DIRTY
        for removal in reversed(own["removals"]):
            assert text[removal["start"] : removal["end"]] == removal["text"]
            text = text[: removal["start"]] + text[removal["end"] :]
        assert text == CLEAN


@pytest.mark.parametrize(
    ("arguments", "environ", "coloured"),
    [((), {}, False), (("--color",), {}, True), (("--color",), {"NO_COLOR": "1"}, True), (("--no-color",), {}, False)],
)
def test_colours(folder: Path, arguments: tuple[str, ...], environ: dict[str, str], coloured: bool) -> None:
    run = subprocess.run(command("diff", "in", *arguments), env=environment(**environ), capture_output=True)
    assert (b"\x1b[31m" in run.stdout) is coloured
    assert run.returncode == 0


@pytest.mark.parametrize(
    "arguments", [("diff", "in"), ("diff", "in", "--format", "unified"), ("rules", "list"), ("check", "in")]
)
def test_a_reader_that_has_seen_enough_is_no_error(project: Path, arguments: tuple[str, ...]) -> None:
    put(project / "in", {f"{number}.txt": DIRTY for number in range(150)})
    run = subprocess.Popen(command(*arguments), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.read(10)
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait() in (0, 1)


def test_nothing_to_show(project: Path) -> None:
    put(project / "in", {"b.txt": PLAIN})
    for form in ("terminal", "unified"):
        assert process("diff", "in", "--format", form, cwd=project).stdout == b""
    assert json.loads(cleaner("diff", "in", "--format", "json").stdout) == {"version": 1, "documents": []}
