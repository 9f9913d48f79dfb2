"""Git's drivers, with real git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.files import CLEAN, DIRTY, PLAIN, SIGNUP, A, B, C, D, records
from tests.repositories import Repository
from tests.sites.made import manual, news

ROWS = [{"text": DIRTY, "n": 1.50}, {"text": PLAIN}]


def test_a_diff_shows_cleaned_text(repository: Repository) -> None:
    repository.commit({"a.txt": DIRTY, "b.jsonl": records(ROWS)})
    repository.cleaner("git", "install")
    repository.put({"a.txt": DIRTY.replace("heron", "stork"), "c.bin": SIGNUP})
    shown = repository.git("diff")
    assert "+A stork" in shown
    assert SIGNUP not in shown
    assert SIGNUP in repository.git("diff", "--no-textconv")
    repository.put({"a.txt": f"{A}\n\nSign up today!\n\n{SIGNUP}\n\n{B}\n\nAdvertisement\n\n{C}\n"})
    assert repository.git("diff") == "", "boilerplate came and went, the text is the same"
    assert SIGNUP not in repository.git("log", "-p", "--", "a.txt", "b.jsonl")
    assert repository.git("status", "--porcelain") == " M a.txt\n?? c.bin\n", "the index is what it is"


def test_a_diff_never_fails(repository: Repository) -> None:
    repository.cleaner("git", "install")
    repository.commit({"a.txt": b"\x00\x01\x02", "b.jsonl": "[]\n" + records(ROWS), "c.txt": b"", "d.html": ""})
    repository.put({"a.txt": b"\x00\x01\x03", "b.jsonl": "[1]\n" + records(ROWS), "c.txt": DIRTY, "d.html": "<p></p>"})
    assert "+[1]" in repository.git("diff")
    repository.put({"cleaner.toml": "nonsense = 1\n"})
    run = repository.run("git", "diff", "c.txt")
    assert f"+{SIGNUP}".encode() in run.stdout
    assert b"c.txt: shown as it is: " in run.stderr


def test_the_filter_keeps_the_index_clean(repository: Repository) -> None:
    repository.cleaner("git", "install", "--filter")
    repository.put(
        {"a.txt": DIRTY, "sub/b.md": DIRTY, "rows.jsonl": records(ROWS), "c.bin": DIRTY, "p.html": f"<p>{A}</p>"}
    )
    repository.git("add", "--all")
    assert repository.git("show", "--no-textconv", ":a.txt") == CLEAN
    assert repository.git("show", ":sub/b.md") == CLEAN
    assert repository.git("show", ":rows.jsonl") == records([{"text": CLEAN, "n": 1.50}, {"text": PLAIN}])
    assert repository.git("show", ":c.bin") == DIRTY
    assert repository.read("a.txt") == DIRTY.encode(), "the working tree is the user's"
    repository.git("commit", "--quiet", "-m", "filtered")
    assert repository.git("status", "--porcelain") == ""


def test_filtering_twice_is_filtering_once_and_status_is_quiet_after_checkout(repository: Repository) -> None:
    repository.cleaner("git", "install", "--filter")
    first = repository.commit({"a.txt": DIRTY, "b.txt": PLAIN})
    repository.commit({"a.txt": DIRTY.replace("heron", "stork")})
    for commit in (first, "main"):
        repository.git("checkout", "--quiet", commit)
        assert repository.git("status", "--porcelain") == ""
        assert SIGNUP.encode() not in repository.read("a.txt")
    for path in repository.folder.glob("*.txt"):
        path.touch()  # so that git looks at the bytes again
    assert repository.git("status", "--porcelain") == ""
    repository.git("add", "--renormalize", ".")
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("setting", ["true", "input", "false"])
def test_with_line_ends_that_git_converts(repository: Repository, end: str, setting: str) -> None:
    repository.git("config", "core.autocrlf", setting)
    repository.cleaner("git", "install", "--filter")
    repository.commit({"a.txt": DIRTY.replace("\n", end)})
    stored = CLEAN if setting != "false" else CLEAN.replace("\n", end)
    assert repository.run("git", "cat-file", "blob", "HEAD:a.txt").stdout.decode() == stored
    (repository.folder / "a.txt").unlink()
    repository.git("checkout", "--quiet", ".")
    assert repository.read("a.txt").decode() == (CLEAN.replace("\n", "\r\n") if setting == "true" else stored)
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize("name", ["with space.txt", "größe.txt", 'quo"te.txt', "sub/-dash.txt"])
def test_the_filter_takes_names_of_any_kind(repository: Repository, name: str) -> None:
    repository.cleaner("git", "install", "--filter")
    repository.commit({name: DIRTY})
    assert repository.git("show", f"HEAD:{name}") == CLEAN


def test_the_filter_honours_exclude_and_leaves_what_it_cannot_read(repository: Repository) -> None:
    with (repository.folder / "cleaner.toml").open("a") as file:
        file.write('exclude = ["vendor/"]\n')
    repository.cleaner("git", "install", "--filter")
    bad = b"\x00\x01 binary"
    repository.put({"vendor/a.txt": DIRTY, "bad.txt": bad, "bad.jsonl": "[]\n" + records(ROWS), "empty.txt": b""})
    run = repository.run("git", "add", "--all")
    assert b"bad.txt: left as it is" in run.stderr
    assert repository.git("show", ":vendor/a.txt") == DIRTY
    assert repository.run("git", "cat-file", "blob", ":bad.txt").stdout == bad
    assert repository.git("show", ":bad.jsonl") == "[]\n" + records(ROWS)


def test_large_files_go_through_in_packets(repository: Repository) -> None:
    repository.cleaner("git", "install", "--filter")
    text = "".join(f"{A} {number}.\n\n" for number in range(2000))
    repository.commit({"large.txt": f"{text}{SIGNUP}\n\n{B}\n", "same.txt": PLAIN})
    assert repository.git("show", "HEAD:large.txt") == f"{text}{B}\n"


def test_without_the_program_a_required_filter_adds_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.cleaner("git", "install", "--filter")
    repository.git("config", "filter.cleaner.process", str(tmp_path / "gone"))
    repository.put({"a.txt": DIRTY})
    assert "a.txt" in repository.run("git", "add", "a.txt", code=128).stderr.decode()
    assert repository.git("ls-files", "a.txt") == ""


def test_since_sees_through_the_filter(repository: Repository) -> None:
    base = repository.commit({"a.txt": f"{A}\n\n{B}\n"})
    repository.cleaner("git", "install", "--filter")
    repository.put({"a.txt": f"{A}\n\n{SIGNUP}\n\n{B}\n"})
    assert repository.cleaner("check", "--since", base, code=1).startswith("a.txt:3: ")


def test_what_is_installed_is_printed_first_and_goes_again(repository: Repository) -> None:
    attributes = repository.folder / ".git/info/attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.x diff=y")
    config = repository.read(".git/config")
    shown = repository.cleaner("git", "install", "--dry-run", "--filter")
    assert "  *.txt diff=cleaner filter=cleaner\n" in shown
    assert "  *.html diff=cleaner\n" in shown
    assert (attributes.read_text(), repository.read(".git/config")) == ("*.x diff=y", config)
    assert repository.cleaner("git", "status").splitlines()[:2] == ["diff: not installed", "filter: not installed"]
    repository.cleaner("git", "install", "--filter")
    assert "/cleaner git filter\n" in repository.cleaner("git", "status")
    with attributes.open("a") as file:
        file.write("*.z diff=w\n")
    repository.cleaner("git", "install")
    assert "filter: not installed" in repository.cleaner("git", "status")
    assert "filter" not in attributes.read_text()
    repository.cleaner("git", "uninstall")
    repository.cleaner("git", "uninstall")
    assert attributes.read_text() == "*.x diff=y\n*.z diff=w\n"
    assert repository.read(".git/config") == config
    assert repository.git("status", "--porcelain") == "", "nothing tracked was touched"


def test_for_all_repositories(repository: Repository) -> None:
    repository.cleaner("git", "install", "--global")
    home = Path(repository.environment["HOME"])
    assert "*.txt diff=cleaner" in (home / ".config/git/attributes").read_text()
    repository.commit({"a.txt": DIRTY})
    assert SIGNUP not in repository.git("log", "-p", "--", "a.txt")
    repository.cleaner("git", "uninstall", "--global")
    assert SIGNUP in repository.git("log", "-p", "--", "a.txt")


def test_outside_of_a_repository_it_is_exit_2(repository: Repository, tmp_path: Path) -> None:
    repository.folder = tmp_path
    assert b"not a git repository" in repository.run("cleaner", "git", "install", code=2).stderr


def test_a_second_copy_of_text_is_a_file_of_its_own(repository: Repository) -> None:
    """Rules of a document only: what another file holds changes nothing."""
    repository.cleaner("git", "install", "--filter")
    repository.commit({"a.txt": f"{A}\n\n{D}\n", "b.txt": f"{A}\n\n{D}\n"})
    assert repository.git("show", "HEAD:b.txt") == f"{A}\n\n{D}\n"


def _pages() -> list[dict[str, str]]:
    return [{"site": "news.example", "text": own.text} for own in news(20)]


def test_drivers_take_the_template_of_a_site_that_the_index_knows(repository: Repository) -> None:
    *rows, last = _pages()
    repository.cleaner("git", "install", "--filter")
    repository.put({"pages/all.jsonl": records(rows)})
    repository.git("add", "--all")
    assert "Sign in" in repository.git("show", "--no-textconv", ":pages/all.jsonl")
    repository.cleaner("index", "build", "pages")
    repository.put({"new.jsonl": records([last])})
    repository.git("add", "new.jsonl")
    (kept,) = map(json.loads, repository.git("show", "--no-textconv", ":new.jsonl").splitlines())
    assert kept["text"].strip() == news(20)[-1].content
    repository.git("reset", "--quiet")
    repository.git("add", "--intent-to-add", "new.jsonl")
    assert "Sign in" not in repository.git("diff", "new.jsonl")


@pytest.mark.parametrize("site_from", ["corpus", "folder"])
def test_of_files_that_bring_no_site_the_folder_says_it_where_git_says_the_folder(
    repository: Repository, site_from: str
) -> None:
    with (repository.folder / "cleaner.toml").open("a") as file:
        file.write(f'site_from = "{site_from}"\n')
    repository.put({f"news/{own.id}.txt": own.text for own in news(20)})
    repository.put({f"{own.id}.txt": own.text for own in manual(20)})
    repository.cleaner("index", "build", ".")
    shown = repository.cleaner("git", "textconv", "news/page-003.txt")
    assert ("Sign in" in shown) is (site_from == "folder")
    repository.cleaner("git", "install", "--filter")
    repository.git("add", "news")
    assert "Sign in" not in repository.git("show", "--no-textconv", ":news/page-003.txt")


def test_an_index_that_is_refused_leaves_files_as_they_are(repository: Repository) -> None:
    repository.put({"pages/all.jsonl": records(_pages())})
    repository.cleaner("index", "build", "pages")
    (repository.folder / ".cleaner/index.sqlite").write_bytes(b"no database")
    repository.cleaner("git", "install", "--filter")
    run = repository.run("git", "add", "pages")
    assert b"left as it is: index " in run.stderr
    assert b"is no SQLite database" in run.stderr
    assert repository.git("show", "--no-textconv", ":pages/all.jsonl") == records(_pages())
