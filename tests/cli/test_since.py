"""``cleaner check --since``: files and lines that git has as changed, with real repositories."""

from __future__ import annotations

import gzip

import pytest

from tests.files import DIRTY, PLAIN, SIGNUP, A, B, C, records
from tests.repositories import Repository

OLD = f"{A}\n\n{SIGNUP}\n\n{B}\n"


def _lines(shown: str) -> list[str]:
    return [line.split(": ")[0] for line in shown.splitlines()]


def test_only_changed_lines_count(repository: Repository) -> None:
    base = repository.commit({"a.txt": OLD, "b.txt": DIRTY, "c.txt": PLAIN})
    repository.put({"a.txt": f"{OLD}\nSign up today, too.\n\n{C}\n", "new.md": OLD, "c.txt": f"{PLAIN}\n{B}\n"})
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["a.txt:7", "new.md:3"]
    repository.commit()
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["a.txt:7", "new.md:3"]
    assert _lines(repository.cleaner("check", "--since", base, "a.txt", "b.txt", code=1)) == ["a.txt:7"]
    assert repository.cleaner("check", "--since", "HEAD") == ""


def test_a_branch_answers_for_its_own_changes_alone(repository: Repository) -> None:
    repository.commit({"a.txt": f"{A}\n\n{B}\n"})
    repository.git("checkout", "--quiet", "-b", "mine")
    repository.commit({"mine.txt": OLD})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"a.txt": OLD})
    repository.git("merge", "--quiet", "mine", "-m", "merge")
    assert _lines(repository.cleaner("check", "--since", "mine", code=1)) == ["a.txt:3"]
    repository.git("checkout", "--quiet", "-b", "other", "mine")
    assert _lines(repository.cleaner("check", "--since", "main~1", code=1)) == ["mine.txt:3"]


def test_one_changed_line_of_a_block_is_enough(repository: Repository) -> None:
    prose = [part for line in (A, B, C) for part in (line[:50].rstrip(), line[50:].lstrip(), "")]
    appeal = ["Sign up now, dear reader of this wrapped and", "rather long appeal, and then read some more", ""]
    text = "\n".join([*prose, *appeal])
    base = repository.commit({"a.txt": text})
    repository.put({"a.txt": text.replace("some more", "no more")})
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["a.txt:10"]


def test_records_count_by_their_line(repository: Repository) -> None:
    rows = [{"text": DIRTY}, {"text": PLAIN}, {"text": OLD}]
    base = repository.commit({"a.jsonl": records(rows)})
    repository.put({"a.jsonl": records([*rows[:2], {"text": OLD + "\n" + C}, *rows[:1]])})
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["a.jsonl:3", "a.jsonl:4", "a.jsonl:4"]


def test_renamed_deleted_packed_and_untouched_files(repository: Repository) -> None:
    same = {"old name.txt": OLD + C, "gone.txt": OLD, "packed.txt.gz": gzip.compress(PLAIN.encode(), mtime=0)}
    base = repository.commit(same)
    (repository.folder / "old name.txt").rename(repository.folder / "new name.txt")
    (repository.folder / "gone.txt").unlink()
    repository.put({"packed.txt.gz": gzip.compress(OLD.encode(), mtime=0)})
    repository.git("add", "--all")
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["packed.txt.gz:3"]


@pytest.mark.parametrize(
    "name", ["with space.txt", "quo\"te'.txt", "b/größe.txt", "-dash.txt", "a\\b.txt", "tab\there.txt"]
)
def test_names_of_any_kind(repository: Repository, name: str) -> None:
    base = repository.commit({name: OLD})
    repository.put({name: f"{OLD}\nSign up today.\n"})
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == [f"{name.replace(chr(9), ' ')}:7"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_that_git_converts_are_no_change(repository: Repository, end: str) -> None:
    repository.git("config", "core.autocrlf", "true")
    base = repository.commit({"a.txt": OLD.replace("\n", end)})
    assert repository.cleaner("check", "--since", base) == ""
    repository.put({"a.txt": f"{OLD}\nSign up today.\n".replace("\n", end)})
    assert _lines(repository.cleaner("check", "--since", base, code=1)) == ["a.txt:7"]


def test_lines_that_look_like_a_patch(repository: Repository) -> None:
    text = f"{C}\n\n+++ b/other.txt\n@@ -1 +1,999 @@\n--- a/x\n"
    base = repository.commit({"a.txt": OLD + text, "other.txt": OLD})
    repository.put({"a.txt": OLD + text.replace("\n", " \n") + "+++ b/other.txt"})
    assert repository.cleaner("check", "--since", base) == ""


def test_from_a_folder_below_only_what_lies_there(repository: Repository) -> None:
    base = repository.commit()
    repository.put({"a.txt": OLD, "sub/b.txt": OLD, "ignored.txt": OLD, ".gitignore": "ignored.txt\n"})
    shown = repository.run("sh", "-c", f"cd sub && cleaner check --since {base}", code=1).stdout.decode()
    assert _lines(shown) == ["b.txt:3"]
    assert _lines(repository.cleaner("check", "--since", base, "sub", code=1)) == ["sub/b.txt:3"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "nowhere"], "cleaner: git rev-parse: "),
        (["--since", "--output=x"], "cleaner: git rev-parse: "),
        (["--since", "HEAD", "missing.txt"], "missing.txt: no such file"),
        (["--since", "HEAD", "--fix"], "--fix cuts in whole files"),
        ([], "Missing argument"),
    ],
)
def test_what_makes_no_sense_is_exit_2(repository: Repository, arguments: list[str], said: str) -> None:
    assert said in repository.run("cleaner", "check", *arguments, code=2).stderr.decode()


def test_outside_of_a_repository_it_is_exit_2(tmp_path_factory: pytest.TempPathFactory, repository: Repository) -> None:
    repository.folder = tmp_path_factory.mktemp("plain")
    assert b"not a git repository" in repository.run("cleaner", "check", "--since", "HEAD", code=2).stderr
