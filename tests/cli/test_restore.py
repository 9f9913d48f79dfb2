from __future__ import annotations

from pathlib import Path

import pytest

from tests.files import CLEAN, DIRTY, cleaner, put, tree


@pytest.fixture
def out(project: Path) -> Path:
    put(project / "in", {"a.txt": DIRTY, "b.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    return project / "out"


@pytest.mark.parametrize(
    ("arguments", "counts", "changed"),
    [
        ((), "2 restored, 0 already as wanted, 0 refused", {"a.txt", "b.txt"}),
        (("--document", "a.txt"), "1 restored, 0 already as wanted, 0 refused", {"a.txt"}),
        (("--document", "a.txt", "--document", "b.txt"), "2 restored", {"a.txt", "b.txt"}),
        (("--category", "newsletter"), "2 restored", {"a.txt", "b.txt"}),
        (("--rule", "newsletter/signup", "--document", "b.txt"), "1 restored", {"b.txt"}),
        (("--category", "legal"), "0 restored, 2 already as wanted, 0 refused", set()),
    ],
)
def test_what_is_asked_for(out: Path, arguments: tuple[str, ...], counts: str, changed: set[str]) -> None:
    result = cleaner("restore", "out", *arguments)
    assert result.stdout == ""
    assert result.stderr.startswith(counts)
    assert {name for name, raw in tree(out).items() if raw != CLEAN.encode()} == changed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in",), "in/.cleaner/ledger.jsonl: no ledger there; name the folder"),
        (("nowhere",), "Directory 'nowhere' does not exist"),
        (("pack.toml",), "is a file"),
        (("out", "--document", "c.txt"), "out: the ledger has no document c.txt"),
    ],
)
def test_what_makes_no_sense(out: Path, arguments: tuple[str, ...], message: str) -> None:
    before = tree(out)
    assert message in cleaner("restore", *arguments, code=2).stderr
    assert tree(out) == before


def test_a_damaged_ledger_is_named_and_nothing_is_touched(out: Path) -> None:
    ledger = out / ".cleaner/ledger.jsonl"
    ledger.write_text(ledger.read_text().replace('"removals":[', '"removals":[5,', 1))
    before = tree(out)
    assert (
        "ledger.jsonl:2: removals is not a list of objects; the ledger is damaged"
        in cleaner("restore", "out", code=2).stderr
    )
    assert tree(out) == before
