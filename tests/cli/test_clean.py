from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.files import (
    CLEAN,
    DIRTY,
    PLAIN,
    SETTINGS,
    cleaner,
    command,
    configure,
    environment,
    everything,
    process,
    put,
    records,
    started,
    tree,
)


def test_a_run_from_a_folder_to_a_folder(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "sub/b.md": DIRTY, "c.txt": PLAIN, "picture.png": b"\x89PNG"})
    run = process("clean", "in", "-o", "new/out", cwd=project)
    assert (run.returncode, run.stdout) == (0, b"")
    lines = run.stderr.decode().splitlines()
    assert lines[0].startswith("3 documents: 2 cleaned, 1 unchanged, 0 left whole, 0 failed, 0 passed over, in ")
    assert [line.split()[0] for line in lines[1:]] == ["removed", "promotion", "newsletter"]
    assert tree(project / "new/out") == {"a.txt": CLEAN.encode(), "sub/b.md": CLEAN.encode(), "c.txt": PLAIN.encode()}
    assert b"\r" not in run.stderr, "no progress bar unless on a terminal"


def test_a_progress_bar_on_a_terminal(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    leader, follower = pty.openpty()
    with subprocess.Popen(command("clean", "in", "-o", "out"), env=environment(TERM="xterm"), stderr=follower) as run:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(leader)
    assert run.returncode == 0
    assert b"cleaning" in shown
    assert b"100%" in shown


def test_fields_of_records(project: Path) -> None:
    put(project / "in", {"a.jsonl": records([{"key": "k", "body": DIRTY, "text": 5}])})
    cleaner("clean", "in", "-o", "out", "--text-field", "body", "--id-field", "key")
    assert (project / "out/a.jsonl").read_text() == records([{"key": "k", "body": CLEAN, "text": 5}])
    cleaner("restore", "out", "--document", "k")
    assert tree(project / "out") == tree(project / "in")


def test_the_command_line_wins_over_the_configuration(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    configure(project, SETTINGS + 'ignore = ["promotion"]\nexclude = ["b.*"]\n')
    put(project / "in", {"b.txt": DIRTY})
    cleaner("clean", "in", "-o", "one")
    assert b"Advertisement" in (project / "one/a.txt").read_bytes()
    assert list(tree(project / "one")) == ["a.txt"]
    cleaner("clean", "in", "-o", "two", "--ignore", "newsletter")
    assert b"Advertisement" not in (project / "two/a.txt").read_bytes()
    cleaner("clean", "in", "-o", "three", "--threshold", "6.5", "--ignore", "share")
    assert b"Sign up" in (project / "three/a.txt").read_bytes()


def test_a_pack_on_the_command_line_is_found_from_the_working_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, {"deep/in/a.txt": DIRTY, "deep/mine.toml": (project / "pack.toml").read_text()})
    configure(project, SETTINGS, "broken")
    monkeypatch.chdir(project / "deep")
    cleaner("clean", "in", "-o", "out", "--pack", "./mine.toml")
    assert tree(project / "deep/out") == {"a.txt": CLEAN.encode()}
    assert "pack.toml: not valid TOML" in cleaner("clean", "in", "-o", "more", code=2).stderr


def test_several_inputs_keep_their_folders_apart(project: Path) -> None:
    put(project, {"one/a.txt": DIRTY, "two/a.txt": PLAIN})
    cleaner("clean", "one", "two", "-o", "out")
    assert tree(project / "out") == {"one/a.txt": CLEAN.encode(), "two/a.txt": PLAIN.encode()}
    cleaner("clean", "one", "two", "--in-place")
    assert sorted(name for name in everything(project) if "ledger" in name) == [
        "one/.cleaner/ledger.jsonl", "out/.cleaner/ledger.jsonl"
    ]  # fmt: skip


def test_files_of_one_name_are_cleaned_in_place_together(project: Path) -> None:
    put(project, {"one/a.txt": DIRTY, "two/a.txt": DIRTY})
    cleaner("clean", "one/a.txt", "two/a.txt", "--in-place")
    assert (project / "one/a.txt").read_text() == (project / "two/a.txt").read_text() == CLEAN
    cleaner("restore", ".")
    assert (project / "one/a.txt").read_text() == (project / "two/a.txt").read_text() == DIRTY


def test_an_interrupt_leaves_whole_files_and_says_so(project: Path) -> None:
    put(project / "in", {f"{number}.txt": f"{DIRTY}{number}\n" for number in range(400)})
    before = tree(project / "in")
    run = started(command("clean", "in", "--in-place"), stderr=subprocess.PIPE)
    ledger = project / "in/.cleaner/ledger.jsonl"
    while not ledger.exists() and run.poll() is None:
        time.sleep(0.001)
    run.send_signal(signal.SIGINT)
    assert run.stderr is not None
    text = run.stderr.read()
    assert run.wait() == 130
    assert text == b"cleaner: interrupted; every file is as it was or cleaned\n"
    after = tree(project / "in")
    assert sorted(after) == sorted(before), "no temporary file is left"
    assert all(after[name] in (raw, raw.replace(DIRTY.encode(), CLEAN.encode())) for name, raw in before.items())
    cleaner("restore", "in")
    assert tree(project / "in") == before


@pytest.mark.parametrize("arguments", [["-h"], ["clean", "-h"], ["rules", "-h"], ["rules", "explain", "-h"], *(
    [name, "-h"] for name in ("diff", "check", "restore", "explain", "config"))])  # fmt: skip
def test_help_has_an_example(arguments: list[str]) -> None:
    assert "Example" in cleaner(*arguments).stdout


def test_version_and_unknown_commands() -> None:
    assert cleaner("--version").stdout.startswith("cleaner ")
    assert "No such command 'celan'" in cleaner("celan", code=2).stderr
    assert cleaner("clean", code=2).stderr
