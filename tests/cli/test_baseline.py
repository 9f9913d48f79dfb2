from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.baseline import Baseline, Entry, load
from cleaner.fingerprint import fingerprint
from tests.files import CLEAN, DIRTY, PLAIN, SETTINGS, SIGNUP, A, B, C, D, E, cleaner, configure, put, tree
from tests.repositories import Repository

FILE = "cleaner.baseline.json"


def test_what_is_known_stops_nothing_and_what_is_new_does(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.txt": PLAIN})
    result = cleaner("baseline", "in")
    assert result.stderr == f"{project / FILE}: 4 findings known, 4 new, 0 not found\n"
    assert cleaner("check", "in").output == ""
    cleaner("check", "in", "--no-baseline", code=1)
    put(project / "in", {"c.txt": f"{D}\n\nSign up today!\n\n{E}\n"})
    assert cleaner("check", "in", code=1).stdout.startswith("in/c.txt:3: newsletter/signup")


def test_the_file_is_for_people_and_for_merges(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    cleaner("baseline", "in")
    text = (project / FILE).read_text()
    assert text.splitlines() == [
        '{"version": 1, "about": "written by `cleaner baseline`", "findings": [',
        f'["in/a.txt", "newsletter/signup", "{fingerprint("sign up now")}", "Sign up now."],',
        f'["in/a.txt", "promotion/certain-ad", "{fingerprint("advertisement")}", "Advertisement"],',
        "null]}",
    ]
    lines = text.splitlines(keepends=True)
    put(project, {FILE: "".join([lines[0], lines[2], lines[1], lines[1], lines[3]])})
    assert cleaner("check", "in").output == "", "a merge may leave them in any order, and twice"


def test_branches_that_add_different_pages_merge(repository: Repository) -> None:
    repository.commit({f"{name}/{number}.txt": DIRTY for name in "amz" for number in range(3)})
    repository.cleaner("baseline", ".")
    repository.commit()
    for branch, page in (("one", "b/new.txt"), ("two", "y/new.txt")):
        repository.git("checkout", "--quiet", "-b", branch, "main")
        repository.put({page: DIRTY})
        repository.cleaner("baseline", ".")
        repository.commit()
    repository.git("merge", "--quiet", "one", "-m", "merge")
    assert repository.cleaner("check", ".") == ""


@pytest.mark.parametrize(
    ("before", "now", "is_known"),
    [
        ("boilerplate/learned", "metadata/date", True),
        ("metadata/date", "boilerplate/learned", True),
        ("metadata/date", "metadata/byline", False),
    ],
)
def test_a_text_is_known_by_a_rule_and_by_its_looks(before: str, now: str, is_known: bool) -> None:
    known = Baseline(Path(FILE), {Entry("a.txt", before, "1234"): "Published 2 May"})
    assert known.knows(Entry("a.txt", now, "1234")) is is_known
    assert not known.knows(Entry("a.txt", now, "5678"))
    assert not known.knows(Entry("b.txt", now, "1234"))


def test_a_new_page_with_old_boilerplate_is_new(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    put(project, {"in/b.txt": DIRTY})
    assert cleaner("check", "in", code=1).stdout.count("in/b.txt:") == 2


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
    (project / "in/b.txt").rename(project / "in/moved.txt")
    result = cleaner("baseline", "in")
    assert result.stdout.splitlines() == [
        'in/a.txt: newsletter/signup: not found: "Sign up now."',
        'in/a.txt: promotion/certain-ad: not found: "Advertisement"',
    ]
    assert result.stderr == f"{project / FILE}: 4 findings known, 1 new, 2 not found (see --prune)\n"
    put(project, {"in/d.txt": f"{D}\n\nSign up today, again.\n\n{E}\n"})
    (project / "in/moved.txt").rename(project / "in/again.txt")
    assert cleaner("baseline", "in", "--prune").stderr == f"{project / FILE}: 2 findings known, 2 dropped\n"
    assert {own.file: text for own, text in load(project / FILE).entries.items()} == {
        "in/c.txt": "Sign up today, thrice.", "in/again.txt": "Sign up today, twice."
    }  # fmt: skip
    assert cleaner("check", "in", code=1).stdout.count("\n") == 1


def test_nothing_is_pruned_on_the_word_of_a_run_that_could_not_read_all(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    before = tree(project)[FILE]
    put(project, {"in/a.txt": b"\x00\x01"})
    assert "nothing is dropped" in cleaner("baseline", "in", "--prune", code=2).stderr
    assert tree(project)[FILE] == before
    put(project, {"in/b.txt": f"{A}\n\nSign up today.\n\n{B}\n"})
    cleaner("baseline", "in", code=2)
    assert len(load(project / FILE).entries) == 3, "what was found is known all the same"


def test_configuration_names_the_file_from_its_own_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(project, SETTINGS + 'baseline = "known/findings.json"\n')
    put(project, {"known/x": "", "in/a.txt": DIRTY})
    monkeypatch.chdir(project / "in")
    cleaner("baseline", ".")
    assert (project / "known/findings.json").exists()
    assert cleaner("check", "a.txt").output == ""
    configure(project, SETTINGS + 'baseline = ""\n')
    cleaner("check", "a.txt", code=1)
    assert "says that there is none" in cleaner("baseline", ".", code=2).stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<<<<<<< HEAD\n", "merge it by hand"),
        (b"\xff", "cannot be read"),
        ("[]", "version: found []"),
        ('{"version": 2}', "version: found 2; this version of cleaner reads 1"),
        ('{"version": 1, "findings": 3}', "findings: found 3"),
        ('{"version": 1, "findings": [["a", "b", "c", "d"]]}', "allowed: [file, rule, fingerprint, beginning]"),
        ('{"version": 1, "findings": [["a", "a/b", 5, "c"]]}', "allowed: [file, rule, fingerprint, beginning]"),
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
    assert len(load(project / FILE).entries) == 1
    assert cleaner("check", "in").output == ""


def test_fix_cuts_what_is_new_alone(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    cleaner("baseline", "in")
    put(project, {"in/a.txt": DIRTY + f"\nSign up today!\n\n{D}\n", "in/b.txt": DIRTY})
    assert cleaner("check", "--fix", "in").stdout.count("\n") == 3
    assert tree(project / "in") == {"a.txt": (DIRTY + f"\n{D}\n").encode(), "b.txt": CLEAN.encode()}
    cleaner("check", "--fix", "--no-baseline", "in")
    assert tree(project / "in")["a.txt"] == (CLEAN + f"\n{D}\n").encode()
    cleaner("restore", "in")
    assert (project / "in/b.txt").read_text() == DIRTY
