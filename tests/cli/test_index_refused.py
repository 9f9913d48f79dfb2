"""An index that is refused, or lies where nothing can be written: the corpus stays, and what helps is said."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.files import SETTINGS, cleaner, command, environment, everything, put, records
from tests.indexes import INDEX, OLD, PACK, listed, put_rows, site_pages, tables_in, would_go
from tests.support import PROSE

pytestmark = pytest.mark.usefixtures("corpus_of_sites")

#: PR_CAPBSET_DROP of CAP_DAC_OVERRIDE: prctl(2), capabilities(7).
_WITHOUT_OVERRIDE = (24, 1, 0, 0, 0)


def _hostile(sql: str) -> None:
    connection = sqlite3.connect(INDEX)
    connection.executescript(sql)
    connection.close()


def _trigger() -> None:
    _hostile("CREATE TRIGGER t AFTER INSERT ON file BEGIN DELETE FROM document; END")


def _view() -> None:
    _hostile("ALTER TABLE template RENAME TO t; CREATE VIEW template AS SELECT * FROM t")


def _table() -> None:
    _hostile("CREATE TABLE more (a)")


def _truncated() -> None:
    INDEX.write_bytes(INDEX.read_bytes()[:5000])


def _no_database() -> None:
    INDEX.write_bytes(b"PK\x03\x04" * 5000)


def _empty() -> None:
    INDEX.write_bytes(b"")


def _stage() -> None:
    _hostile("UPDATE template SET stage = 1000000000")


def _value() -> None:
    _hostile("UPDATE template SET template = x'80049525'")


def _text() -> None:
    _hostile("UPDATE template SET template = 'text'")


def _zeros() -> None:
    data = bytearray(INDEX.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = bytes(200)
    INDEX.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "harm", [_trigger, _view, _table, _truncated, _no_database, _empty, _stage, _value, _text, _zeros]
)
def test_a_damaged_or_hostile_index_is_refused_the_corpus_stays_and_build_helps(harm: object) -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    good = tables_in()
    assert callable(harm)
    harm()
    before = everything(Path("in"))
    for arguments in (["check", "in"], ["clean", "in", "--in-place"], ["diff", "in"]):
        result = cleaner(*arguments, code=2)
        assert "index" in result.stderr
        assert "Traceback" not in result.stderr
    if harm not in (_stage, _value, _text):
        cleaner("index", "update", code=2)
    assert everything(Path("in")) == before
    cleaner("check", "in", "--no-index", code=1)
    cleaner("index", "build", "in")
    assert tables_in() == good


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["--threshold", "9"], "the key threshold differs: 5.0 there, 9.0 now"),
        (["--text-field", "body"], 'the key text_field differs: "text" there, "body" now'),
        (["--ignore", "related"], 'the key ignore differs: [] there, ["related"] now'),
    ],
)
def test_an_index_of_another_configuration_is_refused_with_the_difference(options: list[str], name: str) -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    for arguments in (["check", "in"], ["index", "update"], ["index", "status"]):
        result = cleaner(*arguments, *options, code=2)
        assert name in result.stderr
        assert "`cleaner index build INPUT…` makes it anew" in result.stderr
    cleaner("check", "in", "--ignore", "template")


def test_what_an_index_says_of_itself_can_do_nothing_to_a_terminal() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    _hostile("UPDATE header SET value = 'a' || char(27) || ']0;b' WHERE key = 'the schema'")
    assert "the schema differs: a\\x1b]0;b there" in cleaner("check", "in", code=2).stderr


def test_an_index_of_another_version_is_refused() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    _hostile("UPDATE header SET value = '0.0.1' WHERE key = 'the version of cleaner'")
    assert "the version of cleaner differs: 0.0.1 there" in cleaner("check", "in", code=2).stderr


def test_an_index_of_other_rules_or_decisions_is_refused_by_what_they_say_not_by_where_they_lie() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    Path("pack.toml").write_text("# A remark.\n" + PACK)
    Path("pack.toml").rename("moved.toml")
    Path("cleaner.toml").write_text(SETTINGS.replace("./pack.toml", "./moved.toml"))
    Path("cleaner.decisions.toml").write_text("version = 1\n")
    cleaner("check", "in", code=1)
    Path("cleaner.toml").write_text(SETTINGS)
    Path("pack.toml").write_text(PACK.replace("certain = true", "weight = 9.0"))
    assert "the text of the rules differs; `cleaner index build" in cleaner("check", "in", code=2).stderr
    Path("pack.toml").write_text(PACK)
    decided = '[[decision]]\nrule = "template/repeated"\nverdict = "keep"\ntext = "Sign in"\n'
    Path("cleaner.decisions.toml").write_text(f"version = 1\n{decided}")
    assert "what the decisions say differs; `cleaner index build" in cleaner("check", "in", code=2).stderr
    cleaner("index", "build", "in")
    cleaner("check", "in", code=1)


def test_an_index_of_web_pages_depends_on_what_extracts_their_text() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    with patch("importlib.metadata.version", lambda _: "0.1"):
        cleaner("check", "in", code=1)
        put(Path("in"), {"page.html": f"<title>A page</title><p>{PROSE[0]}</p>"})
        cleaner("index", "update")
    said = cleaner("check", "in", code=2).stderr
    assert "the version of trafilatura differs: 0.1 there, " in said


@contextmanager
def _unwritable() -> Iterator[Path]:
    """A folder with an index that no process of :func:`_bound` can write to; we are in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        put(folder, {"cleaner.toml": SETTINGS, "pack.toml": PACK, "in/posts.jsonl": records(site_pages()[:20])})
        os.utime(folder / "in/posts.jsonl", (OLD, OLD))
        with chdir(folder):
            cleaner("index", "build", "in")
            INDEX.parent.chmod(0o555)
            try:
                yield folder
            finally:
                INDEX.parent.chmod(0o755)


def _bound(arguments: list[str], code: int) -> str:
    """What a process prints that permissions bind, also if root runs it."""
    drop = partial(ctypes.CDLL(None).prctl, *_WITHOUT_OVERRIDE)
    run = subprocess.run(arguments, preexec_fn=drop, env=environment(), capture_output=True, text=True, check=False)
    assert run.returncode == code, run.stderr
    return run.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="takes a capability away, as Linux has them")
def test_an_index_where_nothing_can_be_written_is_read_and_nothing_is_left_there() -> None:
    with _unwritable() as folder:
        before = everything(folder)
        assert sorted(path.name for path in INDEX.parent.iterdir()) == [".gitignore", "index.sqlite"]
        _bound(["touch", ".cleaner/more"], 1)
        assert "template/" in _bound(command("check", "in"), 1)
        assert listed(_bound(command("diff", "in", "--format", "json"), 0)) == would_go("--no-index")
        assert _bound(command("duplicates", "in"), 0) == cleaner("duplicates", "in", "--no-index").stdout
        assert "20 documents, " in _bound(command("index", "status"), 0)
        assert everything(folder) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["update"], "`cleaner index build INPUT…` makes it"),
        (["status"], "`cleaner index build INPUT…` makes it"),
        (["build", "in", "--no-index"], 'index = "" (command line) says that there is none'),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], said: str) -> None:
    put_rows("posts.jsonl", site_pages()[:1])
    assert said in cleaner("index", *arguments, code=2).stderr
