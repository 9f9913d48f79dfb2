from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.files import CLEAN, DIRTY, PLAIN, SIGNUP, cleaner, command, environment, process, put, records


@pytest.fixture
def folder(project: Path) -> Path:
    return put(project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.jsonl": records([{"id": "x", "text": DIRTY}])})


def test_for_people(folder: Path) -> None:
    shown = cleaner("diff", "in").stdout
    assert "in/a.txt  -29 of" in shown
    assert "in/c.jsonl:1  -29 of" in shown
    assert "    3 - Sign up now.                                    │ +6.0 newsletter/signup\n" in shown
    assert "in/b.txt" not in shown


def test_context_and_stat(folder: Path) -> None:
    assert "  A heron" in cleaner("diff", "in").stdout
    assert "  A heron" not in cleaner("diff", "in", "--context", "0").stdout
    lines = cleaner("diff", "in", "--stat").stdout.splitlines()
    assert lines[:3] == [
        "in/a.txt  -29 of 317 characters (9.1%): newsletter 1, promotion 1",
        "in/c.jsonl:1  -29 of 317 characters (9.1%): newsletter 1, promotion 1",
        "",
    ]
    assert lines[3].split() == ["category", "removals", "documents", "characters", "share"]
    assert lines[6].split() == ["all", "4", "2", "58", "9.1%"]


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ((), {"newsletter/signup", "promotion/certain-ad"}),
        (("--category", "newsletter"), {"newsletter/signup"}),
        (("--category", "newsletter", "--category", "promotion"), {"newsletter/signup", "promotion/certain-ad"}),
        (("--rule", "certain-ad"), {"promotion/certain-ad"}),
        (("--rule", "promotion/certain-ad", "--category", "newsletter"), set()),
        (("--below", "6.5"), {"newsletter/signup"}),
        (("--below", "6"), set()),
    ],
)
def test_filters_hold_for_every_format(folder: Path, arguments: tuple[str, ...], rules: set[str]) -> None:
    names = {"newsletter/signup", "promotion/certain-ad"}
    shown = json.loads(cleaner("diff", "in", "--format", "json", *arguments).stdout)
    assert {removal["rule"] for own in shown["documents"] for removal in own["removals"]} == rules
    for options in ((), ("--stat",), ("--format", "unified")):
        text = cleaner("diff", "in", *options, *arguments).stdout
        assert {name for name in names if name in text} == rules, options


def test_a_filtered_patch_takes_that_part(project: Path) -> None:
    put(project, {"a.txt": DIRTY, "r.jsonl": records([{"text": DIRTY}])})
    patch = cleaner("diff", "a.txt", "r.jsonl", "--format", "unified", "--category", "promotion").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, check=True, cwd=project)
    assert (project / "a.txt").read_text() == DIRTY.replace("Advertisement\n\n", "")
    assert (project / "r.jsonl").read_text() == records([{"text": DIRTY.replace("Advertisement\n\n", "")}])


def test_the_doubtful_come_first(project: Path) -> None:
    hint = "Sign up now and give us your address."
    put(project / "in", {"a.txt": DIRTY.replace(SIGNUP, hint), "b.txt": DIRTY})

    def order(*options: str) -> list[str]:
        lines = cleaner("diff", "in", *options).stdout.splitlines()
        return [line.split()[0] for line in lines if line.startswith("in/")]

    assert order() == ["in/a.txt", "in/b.txt"]
    assert order("--below", "100") == ["in/b.txt", "in/a.txt"]


def test_width_and_marked_words(folder: Path) -> None:
    shown = cleaner("diff", "in", "--width", "50").stdout
    assert " │ " not in shown
    assert max(len(line) for line in shown.splitlines() if not line.startswith("in/")) <= 50
    put(folder, {"w.txt": f"{DIRTY.split(chr(10))[0]} Click here and see.\n"})
    assert "[-Click here-]" in cleaner("diff", "in/w.txt", "--word-diff").stdout


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
    assert (b"\x1b[38;5;" in run.stdout) is coloured
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


def test_filters_that_leave_nothing_say_so(folder: Path) -> None:
    assert "nothing that goes fits" in cleaner("diff", "in", "--rule", "no-such-rule").stderr
    assert cleaner("diff", "in").stderr == ""
