from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import ledger
from cleaner.errors import LedgerError
from cleaner.ledger import Writer, path_in, read
from tests.files import environment


def _lines(tree: Path) -> list[str]:
    return path_in(tree).read_text().splitlines()


def _add(book: Writer, *names: str) -> None:
    book.begin()
    for name in names:
        book.add({"document": name, "status": "held"})
    book.commit()


RUN = '{"run":1,"v":"x"}'


def _entry(name: str) -> str:
    return f'{{"document":"{name}","status":"held"}}'


def test_a_run_line_stands_once_before_the_lines(tmp_path: Path) -> None:
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "a", "b")
        _add(book, "c")
    assert _lines(tmp_path) == [RUN, *map(_entry, "abc")]
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "d")
    assert _lines(tmp_path)[4:] == [RUN, _entry("d")]


def test_nothing_is_made_before_something_is_written(tmp_path: Path) -> None:
    with Writer(tmp_path, {}) as book:
        book.begin()
        book.add({"document": "a"})
        book.roll_back()
    assert not (tmp_path / ledger.FOLDER).exists()


@pytest.mark.parametrize("size", [10, 5_000_000])
def test_what_is_rolled_back_is_gone_and_what_was_committed_stays(tmp_path: Path, size: int) -> None:
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "a")
        book.begin()
        book.add({"document": "x" * size})
        book.roll_back()
        book.roll_back()
        _add(book, "b")
        book.roll_back()
    assert _lines(tmp_path) == [RUN, *map(_entry, "ab")]


def test_a_line_that_a_killed_run_left_unfinished_is_passed_over_and_then_overwritten(tmp_path: Path) -> None:
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "a")
    with path_in(tmp_path).open("ab") as file:
        file.write(b'{"document":"half')
    assert [entry.get("document") for entry in read(path_in(tmp_path))] == [None, "a"]
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "b")
    assert _lines(tmp_path) == [RUN, _entry("a"), RUN, _entry("b")]


def test_another_process_in_between_makes_a_run_line_of_our_own_necessary(tmp_path: Path) -> None:
    with Writer(tmp_path, {"v": "x"}) as one, Writer(tmp_path, {"v": "y"}) as two:
        _add(one, "a")
        _add(two, "b")
        _add(one, "c")
        _add(one, "d")
    other = RUN.replace("x", "y")
    assert _lines(tmp_path) == [RUN, _entry("a"), other, _entry("b"), RUN, _entry("c"), _entry("d")]


WRITER = """
import sys
from pathlib import Path
from cleaner.ledger import Writer
with Writer(Path(sys.argv[1]), {"v": sys.argv[2]}) as book:
    for number in range(100):
        book.begin()
        for part in range(3):
            book.add({"document": f"{sys.argv[2]}{number}", "status": "held"})
        book.commit()
"""


def test_processes_that_write_at_once_keep_their_lines_together(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(number)], env=environment())
        for number in range(3)
    ]
    assert [run.wait() for run in runs] == [0, 0, 0]
    names = [entry["document"] for entry in read(path_in(tmp_path)) if "document" in entry]
    assert len(names) == 900
    assert all(names[at] == names[at + 1] == names[at + 2] for at in range(0, 900, 3))


def test_an_error_while_writing_leaves_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Writer(tmp_path, {"v": "x"}) as book:
        _add(book, "a")

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(OSError, match="No space"):
                _add(book, "b")
        _add(book, "c")
    assert _lines(tmp_path) == [RUN, _entry("a"), _entry("c")]


@pytest.mark.parametrize(
    "entry", [{"a": "é漢😀"}, {"a": "\ud800"}, {"a": "\u2028\n\x00"}, {"a": [1, None, {"b": 1.5}]}]
)
def test_lines_come_back_as_they_were(entry: dict[str, object]) -> None:
    line = ledger.dump(entry)
    assert line.count(b"\n") == 1
    assert json.loads(line) == entry


FILE = '{"file":"a","before":"1","after":"2"}'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", ":2: not a ledger line: "),
        ("[1]", ":2: found list, a ledger line is an object"),
        ('{"run":2}', ":2: format 2; this version reads format 1"),
        ("{}", ":2: neither a run, a document nor a file; the ledger is damaged"),
        ('{"file":"a","before":"1"}', ":2: after is missing or of the wrong kind"),
        ('{"file":["a"],"before":"1","after":"2"}', ":2: file is missing or of the wrong kind"),
        ('{"document":"a"}', ":2: status is missing"),
        ('{"document":"a","status":"cleaned","removals":{}}', ":2: removals is not a list of objects"),
        ('{"document":"a","status":"cleaned","removals":[1]}', ":2: removals is not a list of objects"),
        ('{"document":"a","status":"cleaned","removals":[{"start":1}]}', ":2: text of a removal is missing"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(f"{FILE}\n{line}\n{FILE}\n")
    with pytest.raises(LedgerError) as caught:
        list(read(path))
    assert str(caught.value).startswith(f"{path}{message}")
