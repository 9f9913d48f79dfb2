"""The hooks through pre-commit's real run: installed from a repository, called by ``git commit``."""

from __future__ import annotations

import pytest

from tests.files import CLEAN, DIRTY, PLAIN, RULES, SETTINGS, SIGNUP, A, B, C, D, E, records
from tests.precommit.conftest import Hooks
from tests.repositories import Repository

PROJECT = {"cleaner.toml": SETTINGS, "pack.toml": RULES, ".gitignore": "/.cleaner/\n"}
AD = f"{C}\n\nAdvertisement\n\n{D}\n"


def _installed(corpus: Repository, hooks: Hooks, hook: str, **more: str) -> Repository:
    corpus.commit({**PROJECT, ".pre-commit-config.yaml": hooks.settings(hook, **more)})
    corpus.run("pre-commit", "install")
    return corpus


def _commit(corpus: Repository, code: int) -> str:
    """What git and pre-commit print."""
    done = corpus.run("git", "commit", "-m", "change", code=code)
    return (done.stdout + done.stderr).decode("utf-8", "surrogateescape")


def test_it_can_be_tried_from_a_clone(corpus: Repository, hooks: Hooks) -> None:
    corpus.commit({**PROJECT, "a.txt": DIRTY, "b.txt": PLAIN})
    for name, code in (("a.txt", 1), ("b.txt", 0)):
        done = corpus.run("pre-commit", "try-repo", str(hooks.clone), "cleaner-check", "--files", name, code=code)
        assert ("a.txt:3: newsletter/signup" in done.stdout.decode()) == bool(code)


def test_a_dirty_commit_is_stopped_and_a_clean_one_is_not(corpus: Repository, hooks: Hooks) -> None:
    _installed(corpus, hooks, "cleaner-check")
    corpus.put({"clean.txt": PLAIN, "code.py": DIRTY, "rows.jsonl": records([{"text": PLAIN}])})
    corpus.git("add", "--all")
    assert "cleaner check............................................................Passed" in _commit(corpus, 0)
    corpus.put({"dirty.md": DIRTY, "rows.jsonl": records([{"text": PLAIN}, {"text": AD}])})
    corpus.git("add", "--all")
    shown = _commit(corpus, 1)
    assert [line.split(": ")[0] for line in shown.splitlines() if ": promotion" in line or ": newsletter" in line] == [
        "dirty.md:3", "dirty.md:7", "rows.jsonl:2"
    ]  # fmt: skip
    assert corpus.read("dirty.md") == DIRTY.encode()


def test_fix_cuts_and_the_next_commit_goes_through(corpus: Repository, hooks: Hooks) -> None:
    _installed(corpus, hooks, "cleaner-fix")
    names = ["with space.txt", "größe.md", 'quo"te.txt', "sub/it's.txt", "$HOME.txt"]
    corpus.put({**dict.fromkeys(names, DIRTY), "clean.txt": PLAIN})
    corpus.git("add", "--all")
    before = corpus.git("ls-files", "--stage")
    assert "files were modified by this hook" in _commit(corpus, 1)
    assert [corpus.read(name) for name in names] == [CLEAN.encode()] * len(names)
    assert corpus.git("ls-files", "--stage") == before, "the index is the user's"
    assert corpus.git("status", "--porcelain", "-z").split("\0")[:-1] == sorted(
        [f"AM {name}" for name in names] + ["A  clean.txt"], key=lambda line: line[3:].encode()
    )
    corpus.git("add", "--all")
    assert "Passed" in _commit(corpus, 0)
    assert corpus.git("status", "--porcelain") == ""
    corpus.cleaner("restore", ".")
    assert corpus.read(names[0]) == DIRTY.encode()


def test_what_is_not_staged_is_neither_looked_at_nor_lost(corpus: Repository, hooks: Hooks) -> None:
    _installed(corpus, hooks, "cleaner-check")
    corpus.put({"a.txt": PLAIN, "b.txt": PLAIN})
    corpus.git("add", "--all")
    dirty = PLAIN + f"\n{SIGNUP}\n\n{A}\n"
    corpus.put({"a.txt": dirty, "new.txt": DIRTY})
    assert "Passed" in _commit(corpus, 0)
    assert (corpus.read("a.txt"), corpus.read("new.txt")) == (dirty.encode(), DIRTY.encode())


LONG = f"{SIGNUP}\n\n{A}\n\n{B}\n\n{C}\n\n{D}\n"


@pytest.mark.parametrize(
    ("edited", "left"),
    [
        (f"{LONG}\n{E}\n", f"{LONG}\n{E}\n".removeprefix(f"{SIGNUP}\n\n")),  # apart from the cut: both are there
        (LONG.replace("now.", "now, or never."), LONG.replace("now.", "now, or never.")),  # in the cut: the edit stays
    ],
)
def test_edits_that_are_not_staged_survive_a_fix(corpus: Repository, hooks: Hooks, edited: str, left: str) -> None:
    _installed(corpus, hooks, "cleaner-fix")
    corpus.put({"a.txt": LONG})
    corpus.git("add", "--all")
    corpus.put({"a.txt": edited})
    _commit(corpus, 1)
    assert corpus.read("a.txt").decode() == left


def test_renames_deletions_and_merges(corpus: Repository, hooks: Hooks) -> None:
    _installed(corpus, hooks, "cleaner-check")
    corpus.commit({"old.txt": DIRTY, "gone.txt": DIRTY, "both.txt": f"{A}\n\n{B}\n"})
    corpus.git("rm", "--quiet", "gone.txt")
    assert "Skipped" in _commit(corpus, 0)
    corpus.git("mv", "old.txt", "new name.txt")
    assert "new name.txt:3: newsletter/signup" in _commit(corpus, 1)
    corpus.git("reset", "--quiet", "--hard")
    corpus.git("checkout", "--quiet", "-b", "side")
    corpus.commit({"both.txt": f"{A}\n\n{C}\n", "side.txt": DIRTY})
    corpus.git("checkout", "--quiet", "main")
    corpus.commit({"both.txt": f"{A}\n\n{D}\n"})
    corpus.git("merge", "side", code=1)
    corpus.put({"both.txt": f"{A}\n\n{C}\n\n{SIGNUP}\n\n{D}\n"})
    corpus.git("add", "both.txt")
    assert "both.txt:5: newsletter/signup" in _commit(corpus, 1), "a conflict is where boilerplate comes back"
    corpus.put({"both.txt": f"{A}\n\n{C}\n\n{D}\n"})
    corpus.git("add", "both.txt")
    _commit(corpus, 0)
    assert corpus.git("log", "-1", "--format=%p").count(" ") == 1


def test_line_ends_that_git_converts_stay(corpus: Repository, hooks: Hooks) -> None:
    _installed(corpus, hooks, "cleaner-fix")
    corpus.git("config", "core.autocrlf", "true")
    corpus.put({"a.txt": DIRTY.replace("\n", "\r\n")})
    corpus.git("add", "--all")
    assert "files were modified" in _commit(corpus, 1)
    assert corpus.read("a.txt").decode() == CLEAN.replace("\n", "\r\n")
    corpus.git("add", "--all")
    _commit(corpus, 0)
    assert corpus.git("status", "--porcelain") == ""
    assert corpus.git("show", "HEAD:a.txt") == CLEAN


def test_several_processes_on_parts_of_the_list_do_what_one_does(corpus: Repository, hooks: Hooks) -> None:
    files = {f"{number:02}.txt": DIRTY if number % 3 else PLAIN for number in range(24)}
    shown = []
    for serial in ("true", "false"):
        corpus.commit(
            {**PROJECT, **files, ".pre-commit-config.yaml": hooks.settings("cleaner-check", require_serial=serial)}
        )
        done = corpus.run("pre-commit", "run", "--all-files", code=1)
        shown.append(sorted(line for line in done.stdout.decode().splitlines() if ".txt:" in line))
    assert shown[0] == shown[1]
    assert len(shown[0]) == 32
    corpus.commit({".pre-commit-config.yaml": hooks.settings("cleaner-fix", require_serial="false")})
    corpus.run("pre-commit", "run", "--all-files", code=1)
    assert {corpus.read(name) for name in files} == {CLEAN.encode(), PLAIN.encode()}
    corpus.run("pre-commit", "run", "--all-files")
    corpus.cleaner("restore", ".")
    assert {name: corpus.read(name).decode() for name in files} == files
    assert corpus.git("status", "--porcelain") == "", "the ledger is ignored, and nothing else was written"
