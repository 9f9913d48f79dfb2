from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.files import (
    CLEAN,
    DIRTY,
    PLAIN,
    SETTINGS,
    SIGNUP,
    A,
    B,
    C,
    cleaner,
    configure,
    everything,
    process,
    put,
    records,
    tree,
)

PAGE = f"<article><h1>On Herons</h1><p>{A}</p><p>%s</p><p>{B}</p><p>{C}</p></article>"


def test_findings_have_a_line_each_and_exit_1(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.jsonl": records([{"text": PLAIN}, {"text": DIRTY}])})
    run = process("check", "in", cwd=project)
    assert (run.returncode, run.stderr) == (1, b"")
    assert run.stdout.decode().splitlines() == [
        'in/a.txt:3: newsletter/signup: asks to sign up: "Sign up now."',
        'in/a.txt:7: promotion/certain-ad: says that it is an ad: "Advertisement"',
        'in/c.jsonl:2: newsletter/signup: asks to sign up: "Sign up now."',
        'in/c.jsonl:2: promotion/certain-ad: says that it is an ad: "Advertisement"',
    ]
    found = json.loads(cleaner("check", "in", "--format", "json", code=1).stdout)["findings"]
    assert [(own["path"], own["line"], own["category"]) for own in found][1:3] == [
        ("in/a.txt", 7, "promotion"), ("in/c.jsonl", 2, "newsletter")
    ]  # fmt: skip
    github = cleaner("check", "in", "--format", "github", code=1).stdout
    assert github.count("::warning file=in/a.txt,line=") == 2


def test_nothing_found_is_exit_0(project: Path) -> None:
    put(project / "in", {"b.txt": PLAIN})
    assert cleaner("check", "in").output == ""
    assert cleaner("check", "in", "--fix").output == ""
    assert json.loads(cleaner("check", "in", "--format", "json").stdout) == {"version": 1, "findings": []}
    assert cleaner("check", "in", "--format", "markdown").stdout == "### cleaner: nothing found\n"
    assert json.loads(cleaner("check", "in", "--format", "sarif").stdout)["runs"][0]["results"] == []
    assert tree(project) == everything(project), "no ledger was made"


def test_fix_writes_in_place_and_restore_undoes_it(project: Path) -> None:
    put(project, {"one/a.txt": DIRTY, "two/a.txt": DIRTY, "two/b.txt": PLAIN})
    result = cleaner("check", "--fix", "one/a.txt", "two/a.txt", "two/b.txt")
    assert result.stdout.count("\n") == 4
    assert (project / "one/a.txt").read_text() == (project / "two/a.txt").read_text() == CLEAN
    assert cleaner("check", "one", "two").output == ""
    cleaner("restore", ".")
    assert (project / "one/a.txt").read_text() == DIRTY


@pytest.mark.parametrize(("page", "code"), [(SIGNUP, 1), (PLAIN, 0)])
def test_fix_leaves_html_and_says_so_by_its_exit(project: Path, page: str, code: int) -> None:
    put(project / "in", {"a.txt": DIRTY, "p.html": PAGE % page})
    cleaner("check", "--fix", "in", code=code)
    assert tree(project / "in") == {"a.txt": CLEAN.encode(), "p.html": (PAGE % page).encode()}


def test_fix_names_a_bad_input_once(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "bad.txt": b"\x00\x01", "rows.jsonl": records([{"text": DIRTY}]) + "[]\n"})
    result = cleaner("check", "--fix", "in", "missing", code=2)
    assert result.stderr.count("in/bad.txt") == result.stderr.count("missing: no such") == 1
    assert (project / "in/a.txt").read_text() == CLEAN
    assert (project / "in/rows.jsonl").read_text() == records([{"text": DIRTY}]) + "[]\n"


def test_a_fix_that_cannot_be_written_is_exit_2(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    put(project / "in", {"a.txt": DIRTY})
    monkeypatch.setattr("os.fsync", full)
    result = cleaner("check", "--fix", "in", code=2)
    assert "in/a.txt: cannot be written: No space left on device" in result.stderr
    assert tree(project / "in") == {"a.txt": DIRTY.encode()}


def test_held_documents_are_named_and_are_no_findings(project: Path) -> None:
    configure(project, SETTINGS.replace("max_removed = 1", "max_removed = 0.01"))
    put(project / "in", {"a.txt": DIRTY})
    result = cleaner("check", "in")
    assert result.stdout == ""
    assert "cleaner: warning: in/a.txt: left whole: would lose" in result.stderr
    cleaner("check", "in", "--fix")
    assert tree(project / "in") == {"a.txt": DIRTY.encode()}


def test_paths_that_a_hook_passes_honour_exclude_and_the_ledger_is_no_document(project: Path) -> None:
    configure(project, SETTINGS + 'exclude = ["vendor/"]\n')
    put(project, {"vendor/a.txt": DIRTY, ".cleaner/ledger.jsonl": '{"run":1}\n', "b.txt": PLAIN})
    assert cleaner("check", "vendor/a.txt", ".cleaner/ledger.jsonl", "b.txt").output == ""


def test_control_characters_do_not_reach_the_terminal(project: Path) -> None:
    pack = (project / "pack.toml").read_text().replace("asks to sign up", "asks\\u001b[31m to sign up")
    configure(project, SETTINGS, pack)
    put(project / "in\x1b[2J", {"a.txt": f"{A}\n\nSign up now \x1b]0;owned\x07\n\n{B}\n"})
    for arguments in (("check",), ("check", "--format", "github"), ("diff",), ("diff", "--stat"), ("explain",)):
        run = cleaner(*arguments, "in\x1b[2J", code=None)
        assert "\x1b" not in run.output, arguments
        assert "\\x1b" in run.stdout
    assert "\x1b" not in cleaner("rules", "list").output
    assert "\x1b" not in cleaner("rules", "explain", "signup").output


def test_names_that_are_not_utf_8_are_shown(project: Path) -> None:
    name = b"gr\xf6\xdfe.txt".decode("utf-8", "surrogateescape")
    try:
        put(project / "in", {name: DIRTY})
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    forms = {"check": ["text", "github", "json"], "diff": ["terminal", "json", "unified"], "explain": ["terminal"]}
    for arguments in [(command, "--format", form) for command, own in forms.items() for form in own]:
        cleaner(*arguments, "in", code=1 if arguments[0] == "check" else 0)
    cleaner("clean", "in", "-o", "out")
    assert tree(project / "out") == {name: CLEAN.encode()}
    cleaner("restore", "out")
    assert tree(project / "out") == {name: DIRTY.encode()}
