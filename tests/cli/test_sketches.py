"""Copies looked for beside an index: what it knows is not read again, and the answer is the same."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from cleaner import run, surveying
from tests.files import SETTINGS, cleaner, command, environment, put, records, tree
from tests.sites.made import SITES
from tests.support import RULES

INDEX = Path(".cleaner/index.sqlite")
#: Seconds after which a file is old enough for its time to be trusted.
_OLD = 1_000_000_000


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"cleaner.toml": SETTINGS, "pack.toml": RULES})
    monkeypatch.chdir(tmp_path)
    _put({f"{name}.jsonl": records(rows) for name, rows in _sites().items()})
    text = "\n\n".join(row["text"] for row in _sites()["blog"][3:5])
    _put({"a.txt": text, "b.txt": f"Sign up now.\n\n{text}", "c.md": text.replace("mill", "well"), "d.txt": "!\n"})


def _sites() -> dict[str, list[dict[str, str]]]:
    """Pages with the template of their site; some stand twice, in a site each, so that only their bodies are alike."""
    chance = random.Random(5)
    made = {name: [{"site": f"{name}.example", "text": own.text} for own in site(20)] for name, site in SITES.items()}
    for name, rows in made.items():
        own = SITES[name](20)[7].content
        for other in chance.sample(sorted(made), 2):
            rows[0]["text"], middle = made[other][1]["text"], len(rows[0]["text"].split("\n")) // 2
            lines = rows[9]["text"].split("\n")
            rows[9]["text"] = "\n".join([*lines[:5], own, *lines[middle:]])
    return made


def _put(files: dict[str, str]) -> None:
    put(Path("in"), files)
    for name in files:
        os.utime(Path("in", name), (_OLD, _OLD))


@contextmanager
def _reading() -> Iterator[list[str]]:
    """The names of the files whose documents are read."""
    names: list[str] = []
    units = run.units

    def noted(source, config):  # type: ignore[no-untyped-def]
        names.append(source.path.name)
        return units(source, config)

    with patch.object(run, "units", noted), patch.object(surveying, "units", noted):
        yield names


def _copies(*options: str, code: int = 0) -> object:
    return json.loads(cleaner("duplicates", "in", "--format", "json", *options, code=code).stdout)


def _build() -> object:
    """An index, and the copies as they are found without."""
    without = _copies("--no-index")
    assert len(without["clusters"]) > 1  # type: ignore[index]
    cleaner("index", "build", "in")
    return without


def _tamper(sql: str) -> None:
    connection = sqlite3.connect(INDEX)
    connection.create_function("damaged", 1, lambda blob: bytes([blob[0] ^ 1]) + blob[1:])
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_what_the_index_knows_is_not_read_and_the_answer_is_the_same() -> None:
    without = _build()
    before = sorted(INDEX.parent.iterdir())
    looser = _copies("--threshold", "0.6", "--no-index")
    assert _copies() == without
    assert sorted(INDEX.parent.iterdir()) == before, "no log is left"
    with _reading() as names:
        assert _copies() == without
        assert _copies("--threshold", "0.6") == looser
        assert _copies("-j", "1", "--memory", "16M") == without
    assert names == []


def test_files_that_were_only_touched_are_known_by_their_bytes() -> None:
    without = _build()
    _copies()
    for path in Path("in").iterdir():
        os.utime(path)
    with _reading() as names:
        assert _copies() == without
    assert names == []


def test_only_what_changed_is_read() -> None:
    _build()
    _copies()
    _put({"b.txt": "Other words altogether, and of those a good many.\n", "e.txt": Path("in/a.txt").read_text()})
    with _reading() as names:
        found = _copies()
    assert sorted(names) == ["b.txt", "e.txt"]
    assert found == _copies("--no-index")
    Path("in/a.txt").unlink()
    assert _copies() == _copies("--no-index")


def test_a_file_that_changed_unseen_by_an_update_is_read_each_time_until_there_is_one() -> None:
    _build()
    _copies()
    _put({"b.txt": "Other words altogether, and of those a good many.\n"})
    without = _copies("--no-index")
    with _reading() as names:
        assert [_copies(), _copies()] == [without, without]
    assert names == ["b.txt", "b.txt"]
    cleaner("index", "update")
    _copies()
    with _reading() as names:
        _copies()
    assert names == []


@pytest.mark.parametrize("seed", range(3))
def test_as_files_come_change_and_go_the_answer_stays_that_without_an_index(seed: int) -> None:
    chance = random.Random(seed)
    rows = [row for own in _sites().values() for row in own]
    cleaner("index", "build", "in")
    for step in range(5):
        for name in chance.sample("abcdefgh", 3):
            path = Path("in", f"{name}.jsonl")
            if path.exists() and chance.random() < 0.3:
                path.unlink()
            else:
                put(Path("in"), {path.name: records(chance.sample(rows, chance.randrange(2, 30)))})
                os.utime(path, (_OLD + step, _OLD + step))
        if chance.random() < 0.7:
            cleaner("index", "update")
            assert _copies() == _copies("--no-index")
        else:
            assert _copies() == _copies(), "first read, then known as far as the index knows the files"
    cleaner("index", "verify", code=None)


def test_documents_are_read_again_when_the_template_of_their_site_takes_something_else() -> None:
    _build()
    _copies()
    rows = _sites()["news"]
    for row in rows:
        row["text"] = row["text"].replace("Contact the newsroom\n", "")
    _put({"news.jsonl": records(rows[:10]), "more.jsonl": records(rows[10:])})
    cleaner("index", "update")
    with _reading() as names:
        found = _copies()
    assert sorted(names) == ["more.jsonl", "news.jsonl"]
    assert found == _copies("--no-index")


def test_dropping_copies_uses_the_index_too() -> None:
    _build()
    _copies()
    cleaner("clean", "in", "-o", "one", "--drop-duplicates", "--no-index")
    with _reading() as names:
        cleaner("clean", "in", "-o", "two", "--drop-duplicates")
    assert sorted(names) == sorted(path.name for path in Path("in").iterdir()), "read once, to be written"
    assert tree(Path("two")) == tree(Path("one"))
    assert len(tree(Path("two"))) < len(tree(Path("in")))


def test_a_file_with_a_record_that_fails_is_read_each_time() -> None:
    _put({"bad.jsonl": '{"text": 5}\n' + Path("in/news.jsonl").read_text()})
    without = _copies("--no-index", code=2)
    cleaner("index", "build", "in", code=None)
    _copies(code=2)
    with _reading() as names:
        assert _copies(code=2) == without
    assert names == ["bad.jsonl"]


def test_of_files_that_the_index_is_not_of_nothing_is_kept() -> None:
    _build()
    put(Path("other"), {"a.txt": Path("in/a.txt").read_text(), "b.txt": Path("in/a.txt").read_text()})
    before = INDEX.read_bytes()
    cleaner("duplicates", "other")
    assert INDEX.read_bytes() == before


def test_two_runs_at_once_keep_what_both_found() -> None:
    without = _build()
    runs = [
        subprocess.Popen(command("duplicates", "in", "-j", "1"), env=environment(), stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    shown = [run.communicate()[0] for run in runs]
    assert shown == [shown[0]] * 3
    assert [run.returncode for run in runs] == [0, 0, 0]
    with _reading() as names:
        assert _copies() == without
    assert names == []
    cleaner("index", "verify")


def test_an_index_that_is_being_written_is_only_read() -> None:
    without = _build()
    writer = sqlite3.connect(INDEX, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with patch("cleaner.index.schema.BUSY", 0.1):
        assert _copies() == without
    writer.execute("ROLLBACK")
    writer.close()
    with _reading() as names:
        _copies()
    assert "a.txt" in names


def test_an_index_of_another_make_of_signatures_is_refused() -> None:
    _build()
    _tamper("UPDATE header SET value = 'legacy, 128 permutations' WHERE key = 'the make of signatures'")
    said = cleaner("duplicates", "in", code=2).stderr
    assert "the make of signatures differs: legacy, 128 permutations there, affine32, 128 permutations, seed 1" in said
    assert "`cleaner index build INPUT…` makes it anew" in said


def test_verify_holds_signatures_against_datasketch() -> None:
    _build()
    _copies()
    (count,) = sqlite3.connect(INDEX).execute("SELECT count(*) FROM sketch").fetchone()
    said = cleaner("index", "verify").stdout
    assert f"signatures that are as datasketch makes them: {count}\n" in said
    _tamper("UPDATE sketch SET signature = damaged(signature) WHERE path = CAST('../in/a.txt' AS BLOB)")
    said = cleaner("index", "verify", code=2).stderr
    assert "the signature of ../in/a.txt in the index is not that of its shingles" in said


@pytest.mark.parametrize(
    "change",
    [
        "signature = substr(signature, 5)",
        "shingles = substr(shingles, 2)",
        "shingles = CAST(substr(shingles, 9, 8) || substr(shingles, 1, 8) || substr(shingles, 17) AS BLOB)",
        "digest = x'00'",
        "words = 'many'",
        "words = -1",
        "seen = 'text'",
        "line = -1",
    ],
)
def test_a_damaged_sketch_is_refused(change: str) -> None:
    _build()
    _copies()
    _tamper(f"UPDATE sketch SET {change} WHERE path = CAST('../in/a.txt' AS BLOB)")
    assert "a sketch in the index is damaged" in cleaner("duplicates", "in", code=2).stderr
