from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from cleaner.errors import LedgerError
from cleaner.ledger import path_in
from cleaner.restoring import Choice, Report, restore_tree
from tests.files import CLEAN, DIRTY, SIGNUP, A, B, C, cleaner, entries, everything, put, tree

ALL = Choice()


def _restore(folder: Path, **choice: str) -> Report:
    return restore_tree(folder, Choice(**{key: frozenset({value}) for key, value in choice.items()}))


@pytest.fixture
def out(project: Path) -> Path:
    put(project / "in", {"a.txt": DIRTY, "b/c.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    return project / "out"


def test_what_the_ledger_says_of_a_removal(out: Path) -> None:
    run, document, file, *_ = entries(out)
    assert run["config"]["packs"] == ["./pack.toml"]
    assert (document["document"], document["status"], document["characters"]) == ("a.txt", "cleaned", len(DIRTY))
    first, second = document["removals"]
    assert (first["rule"], first["category"], first["score"]) == ("newsletter/signup", "newsletter", 6.0)
    assert DIRTY[first["start"] : first["end"]] == first["text"]
    assert second["terms"]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (DIRTY, CLEAN)]
    assert file == {"file": "a.txt", "before": digests[0], "after": digests[1]}


def test_restoring_twice_is_restoring_once(out: Path) -> None:
    assert _restore(out).restored == ["a.txt", "b/c.txt"]
    report = _restore(out)
    assert (report.restored, report.already) == ([], ["a.txt", "b/c.txt"])
    assert tree(out) == {"a.txt": DIRTY.encode(), "b/c.txt": DIRTY.encode()}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"rules": "newsletter/signup"}, f"{A}\n\n{SIGNUP}\n\n{B}\n\n{C}\n"),
        ({"categories": "newsletter"}, f"{A}\n\n{SIGNUP}\n\n{B}\n\n{C}\n"),
        ({"rules": "promotion/certain-ad"}, f"{A}\n\n{B}\n\nAdvertisement\n\n{C}\n"),
        ({"documents": "a.txt"}, DIRTY),
        ({"rules": "no/such"}, CLEAN),
        ({"documents": "b/c.txt"}, CLEAN),
        ({"documents": "a.txt", "categories": "promotion"}, f"{A}\n\n{B}\n\nAdvertisement\n\n{C}\n"),
        ({"documents": "a.txt", "categories": "legal"}, CLEAN),
    ],
)
def test_a_part(out: Path, choice: dict[str, str], expected: str) -> None:
    _restore(out, **choice)
    assert (out / "a.txt").read_text() == expected
    _restore(out, categories="newsletter")
    _restore(out, categories="promotion")
    assert (out / "a.txt").read_text() == DIRTY
    assert _restore(out).refused == []


def test_an_archive_restored_part_by_part_is_the_original_archive(project: Path) -> None:
    raw = gzip.compress(DIRTY.encode(), 1, mtime=5)
    put(project / "in", {"a.txt.gz": raw})
    cleaner("clean", "in", "--in-place")
    _restore(project / "in", categories="newsletter")
    assert SIGNUP.encode() in gzip.decompress((project / "in/a.txt.gz").read_bytes())
    _restore(project / "in", categories="promotion")
    assert tree(project / "in") == {"a.txt.gz": raw}


def test_cleaned_twice_with_other_rules_is_undone_to_the_beginning(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.jsonl": json.dumps({"id": "x", "text": DIRTY}) + "\n"})
    before = tree(project / "in")
    cleaner("clean", "in", "--in-place", "--select", "newsletter")
    middle = tree(project / "in")
    cleaner("clean", "in", "--in-place")
    assert tree(project / "in") != middle
    report = _restore(project / "in", categories="newsletter")
    assert [name for name, _ in report.refused] == ["a.txt", "b.jsonl"]
    assert "was cleaned again since" in report.refused[0][1]
    _restore(project / "in", categories="promotion")
    assert tree(project / "in") == middle
    _restore(project / "in", documents="a.txt")
    assert tree(project / "in")["a.txt"] == before["a.txt"]
    _restore(project / "in")
    assert tree(project / "in") == before


def test_cleaned_restored_and_cleaned_again(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    for _ in range(3):
        cleaner("clean", "in", "--in-place")
        assert tree(project / "in") == {"a.txt": CLEAN.encode()}
        cleaner("restore", "in")
        assert tree(project / "in") == {"a.txt": DIRTY.encode()}


def _ledger(folder: Path, *lines: object) -> None:
    put(folder, {".cleaner/ledger.jsonl": "".join(json.dumps(line) + "\n" for line in lines)})


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _removal(start: object, text: str, **more: object) -> dict[str, object]:
    return {"start": start, "text": text, "rule": "a/b", "category": "a", **more}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"removals": [_removal(0, "wrong")]}, "does not give the original's bytes back"),
        ({"removals": [_removal(99, "x")]}, "a cut at 99 lies outside the text"),
        ({"removals": [_removal(3, "x"), _removal(1, "y")]}, "a cut at 1 lies outside the text"),
        ({"removals": [], "encoding": ["no-such-codec", ""]}, "unknown encoding: no-such-codec"),
        ({"removals": [], "encoding": ["utf-8", "zz"]}, "non-hexadecimal number"),
        ({"removals": [], "encoding": 5}, "cannot unpack"),
        ({"removals": [_removal(0, "x", source=5)]}, "cannot unpack"),
        ({"removals": [], "encoding": ["utf-16-le", ""]}, "truncated data"),
    ],
)
def test_a_ledger_that_lies_is_refused_and_the_file_stays(
    tmp_path: Path, document: dict[str, object], reason: str
) -> None:
    put(tmp_path, {"a.txt": "now"})
    _ledger(
        tmp_path,
        {"document": "a.txt", "status": "cleaned", **document},
        {"file": "a.txt", "before": _sha("old"), "after": _sha("now")},
    )
    ((name, message),) = restore_tree(tmp_path, ALL).refused
    assert name == "a.txt"
    assert reason in message
    assert tree(tmp_path) == {"a.txt": b"now"}


@pytest.mark.parametrize("name", ["/etc/passwd", "../other.txt", "a/../../other.txt"])
def test_a_ledger_never_reaches_out_of_its_tree(tmp_path: Path, name: str) -> None:
    put(tmp_path, {"other.txt": "now"})
    _ledger(tmp_path / "in", {"file": name, "before": _sha(""), "after": _sha("now")})
    with pytest.raises(LedgerError, match="lies outside the tree"):
        restore_tree(tmp_path / "in", ALL)


def test_a_file_behind_a_link_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"other/a.txt": "now", "in/x.txt": ""})
    (tmp_path / "in/away").symlink_to(tmp_path / "other")
    (tmp_path / "in/a.txt").symlink_to(tmp_path / "other/a.txt")
    for name in ("away/a.txt", "a.txt"):
        _ledger(
            tmp_path / "in",
            {"document": name, "status": "cleaned", "removals": [_removal(0, "was ")]},
            {"file": name, "before": _sha("was now"), "after": _sha("now")},
        )
        assert restore_tree(tmp_path / "in", ALL).refused == [
            (name, "is reached by a symbolic link, which is not followed")
        ]
    assert (tmp_path / "other/a.txt").read_text() == "now"


def test_a_change_that_leads_to_itself_is_undone_once(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": "now"})
    same = {"file": "a.txt", "before": _sha("now"), "after": _sha("now")}
    _ledger(tmp_path, {"document": "a.txt", "status": "cleaned", "removals": []}, same, same)
    restore_tree(tmp_path, ALL)
    assert tree(tmp_path) == {"a.txt": b"now"}


def test_lines_of_a_run_that_was_killed_belong_to_no_file(tmp_path: Path) -> None:
    put(tmp_path, {"b.txt": "now"})
    stray = {"document": "a.txt", "status": "cleaned", "removals": [_removal(0, "stray")]}
    own = {"document": "b.txt", "status": "cleaned", "removals": [_removal(0, "was ")]}
    _ledger(tmp_path, stray, own, {"file": "b.txt", "before": _sha("was now"), "after": _sha("now")})
    assert restore_tree(tmp_path, ALL).restored == ["b.txt"]
    assert tree(tmp_path) == {"b.txt": b"was now"}


def test_without_a_ledger_there_is_nothing_to_restore(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger there; name the folder"):
        restore_tree(tmp_path, ALL)
    assert everything(tmp_path) == {}


def test_a_file_that_cannot_be_written_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before, size = tree(out), path_in(out).stat().st_size
    monkeypatch.setattr("os.fsync", full)
    for choice in ({}, {"categories": "promotion"}):
        report = _restore(out, **choice)
        assert [name for name, _ in report.refused] == ["a.txt", "b/c.txt"]
        assert "No space left on device" in report.refused[0][1]
    assert tree(out) == before
    assert path_in(out).stat().st_size == size
