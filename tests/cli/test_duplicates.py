from __future__ import annotations

import gzip
import json
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.files import A, B, C, D, E, cleaner, process, put, records, tree

LONG = f"{A}\n\n{B}\n\n{C}\n\n{D}\n"
NEAR = LONG.replace("all morning", "all evening")
OTHER = f"{E}\n\n{E.replace('bridge', 'ferry')}\n"


@pytest.fixture
def corpus(project: Path) -> Path:
    return put(
        project / "in",
        {
            "a/near.txt": NEAR,
            "b.txt": LONG + "And so on.\n",
            "c.jsonl": records([{"id": "x", "text": OTHER}, {"id": "y", "text": LONG}]),
            "d.md": OTHER.upper(),
            "e.txt": "Two words.",
        },
    )


def test_clusters_for_people(corpus: Path) -> None:
    run = process("duplicates", "in", cwd=corpus.parent)
    assert run.returncode == 0
    assert run.stdout.decode() == (
        "in/b.txt  74 words, 2 near copies\n"
        "  0.82  in/a/near.txt\n"
        "  0.95  in/c.jsonl:2\n\n"
        "in/c.jsonl:1  34 words, 1 near copy\n"
        "  1.00  in/d.md\n\n"
    )
    assert run.stderr.decode().startswith("6 documents: 2 clusters, 3 near copies, in ")


def test_clusters_for_programs(corpus: Path) -> None:
    one, two = json.loads(cleaner("duplicates", "in", "--format", "json").stdout)["clusters"]
    assert [(own["path"], own["line"], own["copy_of"]) for own in one["documents"]] == [
        ("in/b.txt", None, None),
        ("in/a/near.txt", None, "in/b.txt"),
        ("in/c.jsonl", 2, "in/b.txt"),
    ]
    assert [own["similarity"] for own in two["documents"]] == [1.0, 1.0]
    assert cleaner("duplicates", "in", "-o", "found.jsonl").stdout == ""
    assert [json.loads(line) for line in (corpus.parent / "found.jsonl").read_text().splitlines()] == [one, two]


def test_an_output_that_is_there_is_overwritten_only_on_request(corpus: Path) -> None:
    put(corpus.parent, {"found.jsonl": "precious"})
    assert "--force overwrites it" in cleaner("duplicates", "in", "-o", "found.jsonl", code=2).output
    assert (corpus.parent / "found.jsonl").read_text() == "precious"
    cleaner("duplicates", "in", "-o", "found.jsonl", "--force")
    assert json.loads((corpus.parent / "found.jsonl").read_text().splitlines()[0])["documents"]


@pytest.mark.parametrize(("threshold", "copies"), [("0.5", 3), ("0.9", 2), ("1", 1)])
def test_the_threshold(corpus: Path, threshold: str, copies: int) -> None:
    assert f", {copies} near copies" in cleaner("duplicates", "in", "--threshold", threshold).stderr
    put(corpus.parent, {"cleaner.toml": f"packs = []\nduplicate_threshold = {threshold}\n"})
    assert f", {copies} near copies" in cleaner("duplicates", "in").stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--threshold", "0.4"], "duplicate_threshold: found 0.4; allowed: a Jaccard index from 0.5 to 1"),
        (["--memory", "lots"], "'lots' is no size"),
        (["--memory", "5M"], "allowed is 16M or more"),
    ],
)
def test_options_that_mean_nothing(corpus: Path, options: list[str], message: str) -> None:
    assert message in cleaner("duplicates", "in", *options, code=2).output


def test_order_workers_and_memory_make_no_difference(corpus: Path) -> None:
    expected = cleaner("duplicates", "in/a", "in/b.txt", "in/c.jsonl", "in/d.md").stdout
    assert "0.82" in expected
    for options in (["--jobs", "1"], ["--jobs", "3"], ["--memory", "16M"], ["--memory", "2G"]):
        assert cleaner("duplicates", "in/d.md", "in/c.jsonl", "in/a", "in/b.txt", *options).stdout == expected


def test_boilerplate_neither_makes_nor_hides_copies(project: Path) -> None:
    signups = "\n\n".join(["Sign up now. " + " ".join(f"offer{n}x{m}" for m in range(40)) for n in range(3)])
    put(project / "in", {"a.txt": f"{A}\n\n{B}\n", "b.txt": f"{A}\n\n{signups}\n\n{B}\n"})
    assert "in/a.txt  36 words, 1 near copy\n  1.00  in/b.txt\n" in cleaner("duplicates", "in").stdout
    put(project / "in", {"a.txt": f"{C}\n\n{signups}\n", "b.txt": f"{D}\n\n{signups}\n"})
    assert cleaner("duplicates", "in").stdout == ""


def test_input_that_cannot_be_read_is_named_and_the_rest_goes_on(corpus: Path) -> None:
    before = cleaner("duplicates", "in").stdout
    # its first line is the longest copy of all, but the file is not there to the end
    cut = gzip.compress(records([{"text": LONG * 2}, {"text": LONG + A}] * 3000).encode())[:-20]
    put(corpus, {"0.jsonl.gz": cut, "z.jsonl": '{"text": 5}\n', "broken.txt": b"\x00\x01\x02" * 50})
    run = cleaner("duplicates", "in", code=2)
    assert run.stdout == before
    assert "in/0.jsonl.gz: truncated" in run.stderr
    assert "in/z.jsonl:1: field 'text' holds int" in run.stderr
    assert "in/broken.txt: " in run.stderr
    assert "no such file" in cleaner("duplicates", "in", "gone", code=2).stderr


def test_nothing_is_written_beside_the_corpus(corpus: Path) -> None:
    before = tree(corpus.parent)
    cleaner("duplicates", "in")
    assert tree(corpus.parent) == before


def test_no_room_for_temporary_files_is_an_error_before_anything_is_written(corpus: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(corpus.parent)
    with patch("cleaner.shuffle.Spool.add", full):
        run = cleaner("clean", "in", "-o", "out", "--drop-duplicates", code=2)
    assert "No space left on device; TMPDIR names another folder" in run.output
    assert tree(corpus.parent) == before


def test_names_are_shown_safely(project: Path) -> None:
    put(project / "in", {"a\x1b[31m.txt": LONG, "b.txt": LONG})
    assert "a\\x1b[31m.txt" in cleaner("duplicates", "in").stdout
