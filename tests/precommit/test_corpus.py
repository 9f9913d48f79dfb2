"""The whole story of one corpus: years of scraped pages, then the hook, as its keeper sees it."""

from __future__ import annotations

import re

from tests.precommit.conftest import Hooks
from tests.repositories import Repository
from tests.support import ROOT

SAMPLES = ROOT / "samples"
NEW = "news/harbour-ferry.txt"
HONEST = "The ferry carried on through the winter, and the eels came late to the upper pools that year."


def _history(corpus: Repository) -> None:
    """A commit a folder of samples, and one that edits a page; one page is not there yet."""
    for folder in ("news", "blog", "howto", "docs"):
        pages = {
            path.relative_to(SAMPLES).as_posix(): path.read_bytes() for path in sorted((SAMPLES / folder).iterdir())
        }
        corpus.commit({name: page for name, page in pages.items() if name != NEW}, f"Add {folder}")
    corpus.commit({"blog/tenant-deposits.txt": corpus.read("blog/tenant-deposits.txt") + HONEST.encode() + b"\n"})


def _try_to_commit(corpus: Repository, code: int) -> str:
    corpus.git("add", "--all")
    done = corpus.run("git", "commit", "-m", "as a user would", code=code)
    return (done.stdout + done.stderr).decode()


def test_a_corpus_and_its_hook(corpus: Repository, hooks: Hooks) -> None:
    _history(corpus)
    found = corpus.cleaner("check", ".", code=1).splitlines()
    assert len(found) > 50

    # the hook is turned on today
    shown = corpus.cleaner("init", "--repo", str(hooks.clone))
    assert re.findall(r"([\w.-]+): (?:written|added)", shown) == [
        "cleaner.toml",
        ".pre-commit-config.yaml",
        ".gitignore",
    ]
    corpus.run("pre-commit", "install")
    assert re.search(
        r"json: (\d+) findings known, \1 new, 0 not found", corpus.run("cleaner", "baseline", ".").stderr.decode()
    )
    assert "no files to check" in _try_to_commit(corpus, 0)

    # an old page is edited: what it always had stops nobody
    page = "news/library-roof.txt"
    corpus.put({page: corpus.read(page).replace(b"within three working days", b"within four working days", 1)})
    assert re.search(r"cleaner check\.+Passed", _try_to_commit(corpus, 0))

    # a new page brings new boilerplate: the commit stops, and each line says where and why
    corpus.put({NEW: (SAMPLES / NEW).read_bytes()})
    shown = _try_to_commit(corpus, 1)
    assert re.search(r"cleaner check\.+Failed", shown)
    assert f'{NEW}:1: navigation/skip-link: skip link: "Skip to content"' in shown
    lines = [line for line in shown.splitlines() if line.startswith(f"{NEW}:")]
    assert len(lines) == 16
    assert corpus.read(NEW) == (SAMPLES / NEW).read_bytes(), "a check changes nothing"

    # cut, added, in
    assert corpus.cleaner("check", "--fix", NEW).splitlines() == lines
    assert re.search(r"cleaner check\.+Passed", _try_to_commit(corpus, 0))
    assert corpus.git("status", "--porcelain") == ""
    tracked = set(corpus.git("ls-files").splitlines())
    assert not any(name.startswith(".cleaner/") for name in tracked)

    # what a branch changed is what its review looks at
    corpus.git("checkout", "--quiet", "-b", "review", "HEAD~1")
    corpus.commit({NEW: (SAMPLES / NEW).read_bytes()})
    assert corpus.cleaner("check", "--since", "HEAD~1", code=1).splitlines() == lines
    corpus.git("checkout", "--quiet", "main")

    # diffs show what people wrote
    corpus.cleaner("git", "install")
    assert "skip-link" not in corpus.git("diff", "main", "review", "--", NEW)
    assert corpus.git("diff", "main", "review", "--", NEW) == ""

    # an old page is cleaned, and the baseline forgets it
    corpus.cleaner("check", "--fix", "--no-baseline", page)
    assert "not found: " in corpus.cleaner("baseline", ".", "--prune")
    assert re.search(r"cleaner check\.+Passed", _try_to_commit(corpus, 0))
    assert corpus.cleaner("check", ".") == ""
    assert corpus.cleaner("check", "--no-baseline", page) == ""
