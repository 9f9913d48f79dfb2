"""The index on its whole way: what a corpus has in common is kept, and a single page is looked at with it."""

from __future__ import annotations

import ctypes
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from cleaner.batch import Page
from cleaner.errors import InputError
from cleaner.model import Cleaned, Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import Survey, survey
from cleaner.surveying import digest
from cleaner.work import Work
from tests.files import SETTINGS, cleaner, command, environment, everything, put, records
from tests.sites.made import SITES, news
from tests.support import PROSE

#: A rule for lines that have no word in common, so that a site's template ends before them.
PACK = """
[pack]
name = "own"
category = "related"
[[rule]]
id = "codes"
reason = "row of codes"
pattern = '^(?:q\\d+ ?){13,}$'
certain = true
remove = ["q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 q13", "q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1 q1"]
keep = ["q1 q2 q3", "A q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 q13"]
"""
#: Stands behind such a line from the page's end: template, once the rule has taken that.
UNCOVERED = "Letters to the courier are printed with name and town, and may be shortened."
INDEX = Path(".cleaner/index.sqlite")
#: Seconds after which a file is old enough for its time to be trusted.
_OLD = 1_000_000_000
#: PR_CAPBSET_DROP of CAP_DAC_OVERRIDE: prctl(2), capabilities(7).
_WITHOUT_OVERRIDE = (24, 1, 0, 0, 0)


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"cleaner.toml": SETTINGS, "pack.toml": PACK})
    monkeypatch.chdir(tmp_path)


def _pages() -> list[dict[str, str]]:
    """Pages of several sites; from those of one a rule takes a line amid the template."""
    rows = [
        {"id": own.id, "site": f"{site}.example", "text": own.text} for site in SITES for own in SITES[site](20, seed=1)
    ]
    for number, own in enumerate(news(20)):
        codes = " ".join(f"q{number * 100 + place}" for place in range(14))
        text = own.text.replace("Next story\n", f"{UNCOVERED}\n{codes}\nNext story\n")
        rows.append({"id": own.id, "site": "staged.example", "text": text})
    return rows


def _put(name: str, rows: list[dict[str, str]]) -> None:
    put(Path("in"), {name: records(rows)})
    os.utime(Path("in", name), (_OLD, _OLD))


def _parts(count: int) -> list[list[dict[str, str]]]:
    rows = random.Random(2).sample(_pages(), len(_pages()))
    return [rows[number::count] for number in range(count)]


def _tables(path: Path = INDEX) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    try:
        held = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("file", "document", "survey", "template")
        }
    finally:
        connection.close()
    return held


def _diff(*options: str) -> list[str]:
    return _listed(cleaner("diff", "in", "--format", "json", *options).stdout)


def _listed(shown: str) -> list[str]:
    """What would go, one after the other, so that of two lists the first that differs is named."""
    documents = json.loads(shown)["documents"]
    return [f"{own['path']}:{own['line']}: {removal}" for own in documents for removal in own["removals"]]


def test_a_single_new_page_of_a_known_site_loses_its_template() -> None:
    rows = _pages()
    _put("posts.jsonl", rows[:19])
    put(Path(), {"new.jsonl": records(rows[19:20])})
    assert cleaner("check", "new.jsonl").stdout == ""
    cleaner("index", "build", "in")
    assert "template/" in cleaner("check", "new.jsonl", code=1).stdout
    assert cleaner("check", "new.jsonl", "--no-index").stdout == ""


def test_what_rules_uncover_is_template_of_a_second_stage_also_for_a_single_page() -> None:
    *rows, last = [row for row in _pages() if row["site"] == "staged.example"]
    _put("posts.jsonl", rows)
    put(Path(), {"new.jsonl": records([last])})
    cleaner("index", "build", "in")
    first, second = _diff(), _diff("--no-index")
    assert first == second
    assert sum(UNCOVERED in own for own in first) == len(rows)
    (alone,) = json.loads(cleaner("diff", "new.jsonl", "--format", "json").stdout)["documents"]
    taken = {own["text"].strip(): own["rule"] for own in alone["removals"]}
    assert taken[UNCOVERED] == "template/repeated"
    cleaner("clean", "new.jsonl", "-o", "out")
    assert cleaner("diff", "out").stdout == "", "nothing of a third stage is left"


def test_of_a_large_site_the_same_sample_is_learned_from_though_one_of_it_cannot_be_cleaned() -> None:
    rows = [row for row in _pages() if row["site"] == "staged.example"]
    first = min(range(20), key=lambda place: digest(f"posts.jsonl:{place + 1}"))
    rows[first]["text"] = rows[first]["text"].replace(UNCOVERED, f"{UNCOVERED} BROKEN")
    _put("posts.jsonl", rows)
    cleaned = Work.clean

    def clean(work: Work, documents: Sequence[Document]) -> Sequence[Cleaned | InputError]:
        broken = InputError("posts.jsonl", "takes too long")
        results = cleaned(work, documents)
        return [broken if "BROKEN" in own.text else result for own, result in zip(documents, results, strict=True)]

    with (
        patch.object(Work, "clean", clean),
        patch("cleaner.surveying.MOST_SURVEYED", 8),
        patch("cleaner.indexing.MOST_SURVEYED", 8),
    ):
        cleaner("index", "build", "in")
        shown, passed = (
            cleaner("diff", "in", "--format", "json", *more, code=2).stdout for more in ([], ["--no-index"])
        )
    assert shown == passed
    assert "stands in 8 of 8 documents" in shown
    assert "stands in 7 of 7 documents" in shown, "at the second stage"


def test_the_index_gives_what_a_pass_over_the_corpus_gives_also_fed_in_ten_parts() -> None:
    for number, part in enumerate(_parts(10)):
        _put(f"{number}.jsonl", part)
        cleaner("index", "update" if number else "build", *([] if number else ["in"]))
    fed = _tables()
    assert (b"staged.example", 1) in {row[:2] for row in fed["template"]}
    assert _diff() == _diff("--no-index")
    cleaner("index", "build", "in")
    assert _tables() == fed


@pytest.mark.parametrize("seed", range(4))
def test_additions_changes_and_deletions_give_what_a_build_gives(seed: int) -> None:
    chance = random.Random(seed)
    parts = _parts(8)
    for number in range(4):
        _put(f"{number}.jsonl", parts[number])
    cleaner("index", "build", "in")
    for step in range(3):
        for number in chance.sample(range(8), 3):
            path = Path("in", f"{number}.jsonl")
            if path.exists() and chance.random() < 0.4:
                path.unlink()
            else:
                rows = chance.sample(parts[number], chance.randrange(3, len(parts[number])))
                _put(path.name, rows)
                os.utime(path, (_OLD + step + 1, _OLD + step + 1))
        cleaner("index", "update")
    updated = _tables()
    assert _diff() == _diff("--no-index")
    cleaner("index", "build", "in", "--index", "other/index.sqlite")
    built = _tables(Path("other/index.sqlite"))
    for table in ("document", "template"):
        ours, theirs = ([row[1:] for row in tables[table]] for tables in (updated, built))
        assert ours == theirs


def test_a_file_of_the_same_size_and_time_is_not_read_but_verify_sees_it() -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    path = Path("in/posts.jsonl")
    path.write_bytes(path.read_bytes().replace(b"a", b"b"))
    os.utime(path, (_OLD, _OLD))
    assert "0 changed" in cleaner("index", "update").stderr
    assert cleaner("index", "status").stdout.endswith("nothing changed since\n")
    assert "changed: in/posts.jsonl" in cleaner("index", "verify", code=1).stdout


def test_a_file_that_was_only_touched_is_as_before() -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    os.utime("in/posts.jsonl", (_OLD + 5, _OLD + 5))
    assert "nothing changed" in cleaner("index", "status").stdout
    assert "0 changed, 0 gone, 1 as before" in cleaner("index", "update").stderr


def test_only_sites_of_what_changed_are_learned_again() -> None:
    for site in SITES:
        _put(f"{site}.jsonl", [row for row in _pages() if row["site"] == f"{site}.example"])
    cleaner("index", "build", "in")
    _put("blog.jsonl", [row for row in _pages() if row["site"] == "blog.example"][:15])
    with patch("cleaner.indexing.learn", wraps=learn) as learned:
        cleaner("index", "update")
    assert {call.args[0] for call in learned.call_args_list} == {"blog.example"}


def test_a_document_that_costs_its_worker_is_said_and_its_file_is_read_again() -> None:
    _put("a.jsonl", _pages()[:20])

    def surveyed(page: Page) -> Survey:
        if page.document.id == "a.jsonl:3":
            os.kill(os.getpid(), signal.SIGKILL)
        return survey(page)

    with patch("cleaner.surveying.survey", surveyed):
        said = cleaner("index", "build", "in", code=2).stderr
    assert "in/a.jsonl:3: its worker died (SIGKILL)" in said
    assert cleaner("index", "status", code=1).stdout.endswith("changed: in/a.jsonl\n")
    assert "1 changed" in cleaner("index", "update").stderr
    updated = _tables()
    cleaner("index", "build", "in")
    assert _tables() == updated


def test_so_is_one_that_costs_its_worker_once_the_template_is_off() -> None:
    _put("posts.jsonl", [row for row in _pages() if row["site"] == "staged.example"])
    cleaned = Work.clean

    def clean(work: Work, documents: Sequence[Document]) -> Sequence[Cleaned | InputError]:
        if any(own.id == "posts.jsonl:3" for own in documents):
            os.kill(os.getpid(), signal.SIGKILL)
        return cleaned(work, documents)

    with patch.object(Work, "clean", clean):
        said = cleaner("index", "build", "in", code=2).stderr
    assert "in/posts.jsonl:3: its worker died (SIGKILL)" in said
    assert "1 changed" in cleaner("index", "update").stderr
    updated = _tables()
    cleaner("index", "build", "in")
    assert _tables() == updated


def test_status_says_what_it_holds_and_what_changed() -> None:
    _put("a.jsonl", _pages()[:20])
    _put("b.jsonl", _pages()[:1])
    cleaner("index", "build", "in")
    Path("in/b.jsonl").unlink()
    put(Path("in"), {"a.jsonl": records(_pages()[:19]), "c.txt": "A text.\n"})
    lines = cleaner("index", "status", code=1).stdout.splitlines()
    assert lines[0].startswith(".cleaner/index.sqlite: ")
    assert lines[1] == "21 documents, 1 site, 1 with a template"
    assert lines[3:] == ["changed: in/a.jsonl", "new: in/c.txt", "gone: in/b.jsonl"]


def test_git_is_told_to_leave_the_index_alone_but_not_a_ledger() -> None:
    _put("a.jsonl", _pages()[:2])
    cleaner("index", "build", "in")
    assert Path(".cleaner/.gitignore").read_text() == "/.gitignore\n/index.sqlite*\n"


def test_other_folders_are_added_by_an_update_and_stay() -> None:
    put(Path("one"), {"a.jsonl": records(_pages()[:10])})
    put(Path("two"), {"b.jsonl": records(_pages()[10:20])})
    cleaner("index", "build", "one")
    cleaner("index", "update", "two")
    assert "0 new, 0 changed, 0 gone, 2 as before" in cleaner("index", "update").stderr


def test_two_writers_at_once_lose_nothing() -> None:
    folders = ["one", "two", "three"]
    for number, folder in enumerate(folders):
        put(Path(folder), {"a.jsonl": records(_pages()[number * 5 : number * 5 + 5])})
    put(Path("zero"), {"a.jsonl": records(_pages()[15:20])})
    cleaner("index", "build", "zero")
    runs = [
        subprocess.Popen(command("index", "update", folder, "-j", "1"), env=environment(), stderr=subprocess.PIPE)
        for folder in folders
    ]
    said = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    cleaner("index", "verify")
    assert cleaner("index", "status").stdout.splitlines()[1].startswith("20 documents")


@pytest.mark.parametrize("verb", ["build", "update"])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_killed_run_leaves_what_was_there(verb: str, is_there: bool) -> None:
    if verb == "update" and not is_there:
        pytest.skip("there is nothing to update")
    _put("a.jsonl", _pages()[:20])
    if is_there:
        cleaner("index", "build", "in")
    before = _tables() if is_there else {}
    _put("b.jsonl", _pages()[20:40])
    code = (
        "import os, signal, sys, cleaner.indexing as indexing\n"
        "settle = indexing._settle\n"
        "def killed(*arguments):\n"
        "    settle(*arguments)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "indexing._settle = killed\n"
        f"from cleaner.cli import main\nmain(['index', '{verb}', 'in', '-j', '1'])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert INDEX.exists() is is_there
    if is_there:
        cleaner("index", "verify", code=1)
        assert _tables() == before
    cleaner("index", verb, "in")
    assert cleaner("index", "status").stdout.splitlines()[1].startswith("40 documents")


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
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    good = _tables()
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
    assert _tables() == good


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["--threshold", "9"], "the key threshold differs: 5.0 there, 9.0 now"),
        (["--text-field", "body"], 'the key text_field differs: "text" there, "body" now'),
        (["--ignore", "related"], 'the key ignore differs: [] there, ["related"] now'),
    ],
)
def test_an_index_of_another_configuration_is_refused_with_the_difference(options: list[str], name: str) -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    for arguments in (["check", "in"], ["index", "update"], ["index", "status"]):
        result = cleaner(*arguments, *options, code=2)
        assert name in result.stderr
        assert "`cleaner index build INPUT…` makes it anew" in result.stderr
    cleaner("check", "in", "--ignore", "template")


def test_what_an_index_says_of_itself_can_do_nothing_to_a_terminal() -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    _hostile("UPDATE header SET value = 'a' || char(27) || ']0;b' WHERE key = 'the schema'")
    assert "the schema differs: a\\x1b]0;b there" in cleaner("check", "in", code=2).stderr


def test_an_index_of_another_version_is_refused() -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    _hostile("UPDATE header SET value = '0.0.1' WHERE key = 'the version of cleaner'")
    assert "the version of cleaner differs: 0.0.1 there" in cleaner("check", "in", code=2).stderr


def test_an_index_of_other_rules_or_decisions_is_refused_by_what_they_say_not_by_where_they_lie() -> None:
    _put("posts.jsonl", _pages()[:20])
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
    _put("posts.jsonl", _pages()[:20])
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
        put(folder, {"cleaner.toml": SETTINGS, "pack.toml": PACK, "in/posts.jsonl": records(_pages()[:20])})
        os.utime(folder / "in/posts.jsonl", (_OLD, _OLD))
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
        assert _listed(_bound(command("diff", "in", "--format", "json"), 0)) == _diff("--no-index")
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
    _put("posts.jsonl", _pages()[:1])
    assert said in cleaner("index", *arguments, code=2).stderr


def test_a_site_that_the_index_does_not_know_is_surveyed_among_the_inputs() -> None:
    _put("posts.jsonl", _pages()[:20])
    cleaner("index", "build", "in")
    _put("posts.jsonl", _pages())
    assert len({re.search(r"documents of ([\w.]+)", own)[1] for own in _diff() if "template/repeated" in own}) > 3


def test_a_document_judged_alone_is_judged_by_the_index_and_not_by_the_others() -> None:
    rows = [row for row in _pages() if row["site"] == "news.example"]
    _put("all.jsonl", rows)
    _put("one.jsonl", rows[:1])
    together = cleaner("check", "in/all.jsonl", code=None).stdout
    assert "template/" in together
    assert "template/" not in cleaner("check", "in/all.jsonl", "--alone", code=None).stdout
    cleaner("index", "build", "in/all.jsonl")
    own = [line.partition(": ")[2] for line in together.splitlines() if line.startswith("in/all.jsonl:1:")]
    alone = cleaner("check", "in/one.jsonl", "--alone", code=None).stdout
    assert [line.partition(": ")[2] for line in alone.splitlines()] == own
