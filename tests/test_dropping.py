"""``clean --drop-duplicates``: what is left out, what the ledger says, and the way back."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from unittest.mock import patch

import pytest

from cleaner.restoring import Choice, restore_tree
from cleaner.rulecode import ready
from tests.files import DIRTY, SETTINGS, A, B, C, D, E, cleaner, configure, entries, everything, put, records, tree

LONG = f"{A}\n\n{B}\n\n{C}\n\n{D}\n"
NEAR = LONG.replace("all morning", "all evening")
ROWS = [{"id": "one", "text": NEAR}, {"id": "two", "text": f"Sign up now.\n\n{E}\n"}, {"id": "three", "text": LONG}]


def _drop(*arguments: str, code: int = 0) -> str:
    return cleaner("clean", *arguments, "--drop-duplicates", code=code).stderr


@pytest.fixture
def corpus(project: Path) -> Path:
    return put(
        project / "in",
        {
            "a.txt": LONG + "And so on.\n",
            "b/c.txt": NEAR.encode("utf-16"),
            "d.jsonl": records(ROWS),
            "e.txt.gz": gzip.compress(LONG.encode(), mtime=5),
            "f.txt": DIRTY,
        },
    )


def test_copies_are_left_out_and_restored(corpus: Path) -> None:
    assert _drop("in", "-o", "out").startswith("7 documents: 2 cleaned, 1 unchanged, 4 dropped as near copies, 0 left")
    out = corpus.parent / "out"
    assert sorted(tree(out)) == ["a.txt", "d.jsonl", "f.txt"]
    assert [json.loads(line)["id"] for line in (out / "d.jsonl").read_text().splitlines()] == ["two"]
    assert restore_tree(out, Choice()).refused == []
    assert tree(out) == tree(corpus)


def test_what_the_ledger_says(corpus: Path) -> None:
    _drop("in", "-o", "out")
    dropped = {entry["document"]: entry for entry in entries(corpus.parent / "out") if entry.get("status") == "dropped"}
    assert list(dropped) == ["b/c.txt", "d.jsonl:1", "d.jsonl:3", "e.txt.gz"]
    entry = dropped["d.jsonl:1"]
    assert (entry["copy_of"], entry["line"], entry["id"], entry["characters"]) == ("a.txt", 1, "one", len(NEAR))
    assert 0.8 < entry["similarity"] < 0.9
    assert entry["reason"] == f"near copy of a.txt, Jaccard {entry['similarity'] - 0.005:.2f}"
    (removal,) = entry["removals"]
    assert (removal["rule"], removal["category"], removal["text"]) == ("duplicate/document", "duplicate", NEAR)
    closing = {entry["file"]: entry for entry in entries(corpus.parent / "out") if "file" in entry}
    assert closing["b/c.txt"]["before"] == hashlib.sha256((corpus / "b/c.txt").read_bytes()).hexdigest()
    assert closing["b/c.txt"]["after"] == ""


@pytest.mark.parametrize(
    ("choice", "files", "ids"),
    [
        ({"documents": "three"}, ["a.txt", "d.jsonl", "f.txt"], ["two", "three"]),
        ({"documents": "d.jsonl:1"}, ["a.txt", "d.jsonl", "f.txt"], ["one", "two"]),
        ({"documents": "b/c.txt"}, ["a.txt", "b/c.txt", "d.jsonl", "f.txt"], ["two"]),
        ({"categories": "newsletter"}, ["a.txt", "d.jsonl", "f.txt"], ["two"]),
        (
            {"rules": "duplicate/document"},
            ["a.txt", "b/c.txt", "d.jsonl", "e.txt.gz", "f.txt"],
            ["one", "two", "three"],
        ),
    ],
)
def test_a_part_comes_back_and_then_the_rest(
    corpus: Path, choice: dict[str, str], files: list[str], ids: list[str]
) -> None:
    _drop("in", "-o", "out")
    out = corpus.parent / "out"
    chosen = Choice(**{key: frozenset({value}) for key, value in choice.items()})
    assert restore_tree(out, chosen).refused == []
    assert sorted(tree(out)) == files
    assert [json.loads(line)["id"] for line in (out / "d.jsonl").read_text().splitlines()] == ids
    assert restore_tree(out, chosen).restored == []
    assert restore_tree(out, Choice()).refused == []
    assert tree(out) == tree(corpus)


def test_lines_at_both_ends_blank_ones_and_no_final_newline(project: Path) -> None:
    rows = [json.dumps({"text": text}) for text in (NEAR, LONG + "x", E, "\ud800 short", LONG)]
    put(project / "in", {"a.jsonl": "\ufeff" + "\r\n".join([*rows[:2], "", *rows[2:]])})
    _drop("in", "-o", "out")
    kept = "\r\n".join([rows[1], "", rows[2], rows[3], ""])
    assert (project / "out/a.jsonl").read_bytes() == kept.encode()
    cleaner("restore", "out")
    assert tree(project / "out") == tree(project / "in")


def test_a_file_of_copies_alone_is_empty_then(project: Path) -> None:
    put(project / "in", {"a.txt": LONG, "b.jsonl": records([{"text": NEAR}, {"text": LONG}])})
    _drop("in", "-o", "out")
    assert tree(project / "out") == {"a.txt": LONG.encode(), "b.jsonl": b""}
    cleaner("restore", "out")
    assert tree(project / "out") == tree(project / "in")


def test_html_is_left_out_as_the_text_it_would_have_been(project: Path) -> None:
    page = "<html><body><article>{}</article></body></html>".format("".join(f"<p>{own}</p>" for own in (A, B, C, D)))
    put(project / "in", {"a.html": page, "b.html": page})
    cleaner("clean", "in", "-o", "whole")
    _drop("in", "-o", "out")
    assert list(tree(project / "out")) == ["a.txt"]
    cleaner("restore", "out")
    assert tree(project / "out") == tree(project / "whole")


def test_in_place_lines_go_and_files_stay(corpus: Path) -> None:
    before = tree(corpus)
    said = _drop("in", "--in-place")
    assert "warning: in/b/c.txt: near copy of a.txt; left there, since no file is deleted in place" in said
    after = tree(corpus)
    assert list(after) == list(before)
    assert [json.loads(line)["id"] for line in after["d.jsonl"].splitlines()] == ["two"]
    cleaner("restore", "in")
    assert tree(corpus) == before


def test_a_second_run_drops_nothing_more(corpus: Path) -> None:
    _drop("in", "-o", "out")
    assert "0 cleaned, 3 unchanged, 0 left" in _drop("out", "-o", "again")
    assert tree(corpus.parent / "out") == tree(corpus.parent / "again")


def test_workers_and_memory_make_no_difference(corpus: Path) -> None:
    _drop("in", "-o", "out")
    expected = everything(corpus.parent / "out")
    for number, options in enumerate((["--jobs", "1"], ["--jobs", "3"], ["--memory", "16M"])):
        _drop("in", "-o", f"out{number}", *options)
        assert everything(corpus.parent / f"out{number}") == expected


def test_rules_are_made_ready_once_for_both_passes(corpus: Path) -> None:
    with patch("cleaner.run.ready", wraps=ready) as counted:
        _drop("in", "-o", "out")
    assert counted.call_count == 1


def test_under_force_what_an_earlier_run_wrote_goes_and_comes_back(corpus: Path) -> None:
    cleaner("clean", "in", "-o", "out")
    assert (corpus.parent / "out/b/c.txt").exists()
    _drop("in", "-o", "out", "--force")
    assert not (corpus.parent / "out/b/c.txt").exists()
    cleaner("restore", "out")
    assert tree(corpus.parent / "out") == tree(corpus)


def test_something_else_in_the_place_of_a_dropped_file_is_left_alone(corpus: Path) -> None:
    _drop("in", "-o", "out")
    put(corpus.parent / "out", {"b/c.txt": "mine"})
    ((name, reason),) = restore_tree(corpus.parent / "out", Choice(documents=frozenset({"b/c.txt"}))).refused
    assert name == "b/c.txt"
    assert "changed since" in reason
    assert (corpus.parent / "out/b/c.txt").read_text() == "mine"


def test_the_configuration_may_say_so(corpus: Path) -> None:
    configure(corpus.parent, SETTINGS + "drop_duplicates = true\nduplicate_threshold = 0.9\n")
    assert "3 dropped" in cleaner("clean", "in", "-o", "out").stderr
    assert " dropped" not in cleaner("clean", "in", "-o", "all", "--keep-duplicates").stderr
    assert "4 dropped" in cleaner("clean", "in", "-o", "low", "--duplicate-threshold", "0.8").stderr


def test_what_cannot_be_read_to_its_end_stands_for_nobody(project: Path) -> None:
    cut = gzip.compress(records([{"text": LONG + A}, {"text": E}] * 3000).encode())[:-20]
    put(project / "in", {"a.jsonl.gz": cut, "b.txt": LONG, "c.txt": NEAR, "d.jsonl": f'{{"text": 5}}\n{records(ROWS)}'})
    said = _drop("in", "-o", "out", code=2)
    assert "in/a.jsonl.gz: truncated" in said
    assert "in/d.jsonl:1: field 'text' holds int" in said
    assert list(tree(project / "out")) == ["b.txt", "d.jsonl"]
    assert len((project / "out/d.jsonl").read_bytes().splitlines()) == 2  # the broken line, and the one that is no copy
    cleaner("restore", "out")
    restored = tree(project / "out")
    assert restored == {name: content for name, content in tree(project / "in").items() if name != "a.jsonl.gz"}


def test_a_file_that_fails_in_place_keeps_its_lines(project: Path) -> None:
    put(project / "in", {"a.txt": LONG, "d.jsonl": f'{{"text": 5}}\n{records(ROWS)}'})
    before = tree(project / "in")
    _drop("in", "--in-place", code=2)
    assert tree(project / "in") == before
