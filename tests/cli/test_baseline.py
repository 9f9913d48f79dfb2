from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.baseline import load
from cleaner.fingerprint import fingerprint
from tests.files import CLEAN, DIRTY, PLAIN, SETTINGS, SIGNUP, A, B, C, D, E, cleaner, configure, put, tree

FILE = "cleaner.baseline.toml"


def test_what_is_known_stops_nothing_and_what_is_new_does(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.txt": PLAIN})
    result = cleaner("baseline", "in")
    assert result.stderr == f"{project / FILE}: 2 findings known, 2 new, 0 not found\n"
    assert cleaner("check", "in").output == ""
    cleaner("check", "in", "--no-baseline", code=1)
    put(project / "in", {"c.txt": f"{D}\n\nSign up today!\n\n{E}\n"})
    assert cleaner("check", "in", code=1).stdout.startswith("in/c.txt:3: newsletter/signup")


def test_the_file_is_for_people_and_for_merges(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    cleaner("baseline", "in")
    text = (project / FILE).read_text()
    assert text.splitlines()[2:] == [
        "version = 1",
        "findings = [",
        f'  ["newsletter/signup", "{fingerprint("sign up now")}", "Sign up now."],',
        f'  ["promotion/certain-ad", "{fingerprint("advertisement")}", "Advertisement"],',
        "]",
    ]
    lines = text.splitlines(keepends=True)
    put(project, {FILE: "".join([*lines[:4], lines[5], lines[4], lines[4], *lines[6:]])})
    assert cleaner("check", "in").output == ""
    cleaner("baseline", "in")
    assert (project / FILE).read_text() != text, "nothing changed, so the file is as it was"


@pytest.mark.parametrize(
    "text",
    [
        f"{A}\n{B}\n\n\n{SIGNUP}\n\nAdvertisement\n\n{C}\n",
        DIRTY.replace("\n", "\r\n"),
        DIRTY.replace(SIGNUP, "SIGN\u00a0UP NOW"),
        DIRTY.replace("Advertisement", "**Advertisement**"),
    ],
)
def test_moving_and_reformatting_make_nothing_new(project: Path, text: str) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    (project / "in/a.txt").unlink()
    put(project, {"in/other/b.txt": text})
    assert cleaner("check", "in").output == ""


def test_what_is_found_no_more_is_named_and_pruned(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "in/b.txt": f"{A}\n\nSign up today, twice.\n\n{B}\n"})
    cleaner("baseline", "in")
    put(project, {"in/a.txt": CLEAN, "in/c.txt": f"{C}\n\nSign up today, thrice.\n\n{D}\n"})
    result = cleaner("baseline", "in")
    assert [line.partition(": ")[2] for line in result.stdout.splitlines()] == [
        'not found: "Sign up now."', 'not found: "Advertisement"'
    ]  # fmt: skip
    assert result.stderr == f"{project / FILE}: 4 findings known, 1 new, 2 not found (see --prune)\n"
    put(project, {"in/d.txt": f"{D}\n\nSign up today, again.\n\n{E}\n"})
    assert cleaner("baseline", "in", "--prune").stderr == f"{project / FILE}: 2 findings known, 2 dropped\n"
    assert sorted(load(project / FILE).values()) == ["Sign up today, thrice.", "Sign up today, twice."]
    cleaner("check", "in", code=1)


def test_nothing_is_pruned_on_the_word_of_a_run_that_could_not_read_all(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    before = tree(project)[FILE]
    put(project, {"in/a.txt": b"\x00\x01"})
    assert "nothing is dropped" in cleaner("baseline", "in", "--prune", code=2).stderr
    assert tree(project)[FILE] == before
    put(project, {"in/b.txt": f"{A}\n\nSign up today.\n\n{B}\n"})
    cleaner("baseline", "in", code=2)
    assert len(load(project / FILE)) == 3, "what was found is known all the same"


def test_configuration_names_the_file_from_its_own_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(project, SETTINGS + 'baseline = "known/findings.toml"\n')
    put(project, {"known/x": "", "in/a.txt": DIRTY})
    monkeypatch.chdir(project / "in")
    cleaner("baseline", ".")
    assert (project / "known/findings.toml").exists()
    assert cleaner("check", "a.txt").output == ""
    configure(project, SETTINGS + 'baseline = ""\n')
    cleaner("check", "a.txt", code=1)
    assert "says that there is none" in cleaner("baseline", ".", code=2).stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<<<<<<< HEAD\n", "merge it by hand"),
        (b"\xff", "cannot be read"),
        ("version = 2\n", "version: found 2; this version of cleaner reads 1"),
        ("version = 1\nfindings = 3\n", "findings: found 3"),
        ('version = 1\nfindings = [["a", "b", "c"]]\n', "allowed: [rule, fingerprint, beginning of the text]"),
        ('version = 1\nfindings = [["a/b", 5, "c"]]\n', "allowed: [rule, fingerprint, beginning of the text]"),
    ],
)
def test_a_file_that_cannot_be_used_is_exit_2(project: Path, content: str | bytes, said: str) -> None:
    put(project, {"in/a.txt": DIRTY, "in/b.txt": PLAIN, FILE: content})
    for command in ("check", "baseline"):
        assert said in cleaner(command, "in", code=2).stderr
    assert cleaner("check", "in/b.txt").output == "", "it is read only where something is found"


def test_a_hostile_text_makes_a_file_that_loads(project: Path) -> None:
    text = f'{A}\n\nSign up now "\\ \x1b[31m \u202e \u2028 \x7f \U0001f600\x00\n\n{B}\n'
    put(project, {"in/a.txt": text})
    cleaner("baseline", "in")
    assert len(load(project / FILE)) == 1
    assert cleaner("check", "in").output == ""


def test_fix_cuts_what_is_new_alone(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    put(project, {"in/a.txt": DIRTY + f"\nSign up today!\n\n{D}\n", "in/b.txt": DIRTY})
    assert cleaner("check", "--fix", "in").stdout.count("\n") == 1
    assert tree(project / "in") == {"a.txt": (DIRTY + f"\n{D}\n").encode(), "b.txt": DIRTY.encode()}
    cleaner("check", "--fix", "--no-baseline", "in")
    assert tree(project / "in") == {"a.txt": (CLEAN + f"\n{D}\n").encode(), "b.txt": CLEAN.encode()}
    cleaner("restore", "in")
    assert (project / "in/b.txt").read_text() == DIRTY
