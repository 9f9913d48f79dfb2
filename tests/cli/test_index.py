"""The index on its whole way: what a corpus has in common is kept, and a single page is looked at with it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest

# named here, so that no module is imported, and takes over another's value, while that is patched
from cleaner import indexing, surveying
from cleaner.batch import Page
from cleaner.errors import InputError
from cleaner.model import Cleaned, Document
from cleaner.sites.learn import learn
from cleaner.sites.survey import Survey, survey
from cleaner.surveying import digest
from cleaner.work import Work
from tests.files import cleaner, command, environment, put, records
from tests.indexes import INDEX, OLD, UNCOVERED, parts_of, put_rows, site_pages, tables_in, would_go
from tests.sites.made import SITES

pytestmark = pytest.mark.usefixtures("corpus_of_sites")


def test_a_single_new_page_of_a_known_site_loses_its_template() -> None:
    rows = site_pages()
    put_rows("posts.jsonl", rows[:19])
    put(Path(), {"new.jsonl": records(rows[19:20])})
    assert cleaner("check", "new.jsonl").stdout == ""
    cleaner("index", "build", "in")
    assert "template/" in cleaner("check", "new.jsonl", code=1).stdout
    assert cleaner("check", "new.jsonl", "--no-index").stdout == ""


def test_what_rules_uncover_is_template_of_a_second_stage_also_for_a_single_page() -> None:
    *rows, last = [row for row in site_pages() if row["site"] == "staged.example"]
    put_rows("posts.jsonl", rows)
    put(Path(), {"new.jsonl": records([last])})
    cleaner("index", "build", "in")
    first, second = would_go(), would_go("--no-index")
    assert first == second
    documents = json.loads(cleaner("diff", "in", "--format", "json").stdout)["documents"]
    assert len(documents) == len(rows)
    assert all(UNCOVERED in "".join(own["text"] for own in document["removals"]) for document in documents)
    (alone,) = json.loads(cleaner("diff", "new.jsonl", "--format", "json").stdout)["documents"]
    taken = {own["text"].strip(): own["rule"] for own in alone["removals"]}
    assert taken[UNCOVERED] == "template/repeated"
    cleaner("clean", "new.jsonl", "-o", "out")
    assert cleaner("diff", "out").stdout == "", "nothing of a third stage is left"


def test_of_a_large_site_the_same_sample_is_learned_from_though_one_of_it_cannot_be_cleaned() -> None:
    rows = [row for row in site_pages() if row["site"] == "staged.example"]
    first = min(range(20), key=lambda place: digest(f"posts.jsonl:{place + 1}"))
    rows[first]["text"] = rows[first]["text"].replace(UNCOVERED, f"{UNCOVERED} BROKEN")
    put_rows("posts.jsonl", rows)
    cleaned = Work.clean

    def clean(work: Work, documents: Sequence[Document]) -> Sequence[Cleaned | InputError]:
        broken = InputError("posts.jsonl", "takes too long")
        results = cleaned(work, documents)
        return [broken if "BROKEN" in own.text else result for own, result in zip(documents, results, strict=True)]

    with (
        patch.object(Work, "clean", clean),
        patch.object(surveying, "MOST_SURVEYED", 8),
        patch.object(indexing, "MOST_SURVEYED", 8),
    ):
        cleaner("index", "build", "in")
        shown, passed = (
            cleaner("diff", "in", "--format", "json", *more, code=2).stdout for more in ([], ["--no-index"])
        )
    assert shown == passed
    assert "stands in 8 of 8 documents" in shown
    assert "stands in 7 of 7 documents" in shown, "at the second stage"


def test_the_index_gives_what_a_pass_over_the_corpus_gives_also_fed_in_ten_parts() -> None:
    for number, part in enumerate(parts_of(10)):
        put_rows(f"{number}.jsonl", part)
        cleaner("index", "update" if number else "build", *([] if number else ["in"]))
    fed = tables_in()
    assert (b"staged.example", 1) in {row[:2] for row in fed["template"]}
    assert would_go() == would_go("--no-index")
    cleaner("index", "build", "in")
    assert tables_in() == fed


@pytest.mark.parametrize("seed", range(4))
def test_additions_changes_and_deletions_give_what_a_build_gives(seed: int) -> None:
    chance = random.Random(seed)
    parts = parts_of(8)
    for number in range(4):
        put_rows(f"{number}.jsonl", parts[number])
    cleaner("index", "build", "in")
    for step in range(3):
        for number in chance.sample(range(8), 3):
            path = Path("in", f"{number}.jsonl")
            if path.exists() and chance.random() < 0.4:
                path.unlink()
            else:
                rows = chance.sample(parts[number], chance.randrange(3, len(parts[number])))
                put_rows(path.name, rows)
                os.utime(path, (OLD + step + 1, OLD + step + 1))
        cleaner("index", "update")
    updated = tables_in()
    assert would_go() == would_go("--no-index")
    cleaner("index", "build", "in", "--index", "other/index.sqlite")
    built = tables_in(Path("other/index.sqlite"))
    for table in ("document", "template"):
        ours, theirs = ([row[1:] for row in tables[table]] for tables in (updated, built))
        assert ours == theirs


def test_a_file_of_the_same_size_and_time_is_not_read_but_verify_sees_it() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    path = Path("in/posts.jsonl")
    path.write_bytes(path.read_bytes().replace(b"a", b"b"))
    os.utime(path, (OLD, OLD))
    assert "0 changed" in cleaner("index", "update").stderr
    assert cleaner("index", "status").stdout.endswith("nothing changed since\n")
    assert "changed: in/posts.jsonl" in cleaner("index", "verify", code=1).stdout


def test_a_file_that_was_only_touched_is_as_before() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    os.utime("in/posts.jsonl", (OLD + 5, OLD + 5))
    assert "nothing changed" in cleaner("index", "status").stdout
    assert "0 changed, 0 gone, 1 as before" in cleaner("index", "update").stderr


def test_only_sites_of_what_changed_are_learned_again() -> None:
    for site in SITES:
        put_rows(f"{site}.jsonl", [row for row in site_pages() if row["site"] == f"{site}.example"])
    cleaner("index", "build", "in")
    put_rows("blog.jsonl", [row for row in site_pages() if row["site"] == "blog.example"][:15])
    with patch("cleaner.indexing.learn", wraps=learn) as learned:
        cleaner("index", "update")
    assert {call.args[0] for call in learned.call_args_list} == {"blog.example"}


def test_a_document_that_costs_its_worker_is_said_and_its_file_is_read_again() -> None:
    put_rows("a.jsonl", site_pages()[:20])

    def surveyed(page: Page) -> Survey:
        if page.document.id == "a.jsonl:3":
            os.kill(os.getpid(), signal.SIGKILL)
        return survey(page)

    with patch("cleaner.surveying.survey", surveyed):
        said = cleaner("index", "build", "in", code=2).stderr
    assert "in/a.jsonl:3: its worker died (SIGKILL)" in said
    assert cleaner("index", "status", code=1).stdout.endswith("changed: in/a.jsonl\n")
    assert "1 changed" in cleaner("index", "update").stderr
    updated = tables_in()
    cleaner("index", "build", "in")
    assert tables_in() == updated


def test_so_is_one_that_costs_its_worker_once_the_template_is_off() -> None:
    put_rows("posts.jsonl", [row for row in site_pages() if row["site"] == "staged.example"])
    cleaned = Work.clean

    def clean(work: Work, documents: Sequence[Document]) -> Sequence[Cleaned | InputError]:
        if any(own.id == "posts.jsonl:3" for own in documents):
            os.kill(os.getpid(), signal.SIGKILL)
        return cleaned(work, documents)

    with patch.object(Work, "clean", clean):
        said = cleaner("index", "build", "in", code=2).stderr
    assert "in/posts.jsonl:3: its worker died (SIGKILL)" in said
    assert "1 changed" in cleaner("index", "update").stderr
    updated = tables_in()
    cleaner("index", "build", "in")
    assert tables_in() == updated


def test_status_says_what_it_holds_and_what_changed() -> None:
    put_rows("a.jsonl", site_pages()[:20])
    put_rows("b.jsonl", site_pages()[:1])
    cleaner("index", "build", "in")
    Path("in/b.jsonl").unlink()
    put(Path("in"), {"a.jsonl": records(site_pages()[:19]), "c.txt": "A text.\n"})
    lines = cleaner("index", "status", code=1).stdout.splitlines()
    assert lines[0].startswith(".cleaner/index.sqlite: ")
    assert lines[1] == "21 documents, 1 site, 1 with a template"
    assert lines[3:] == ["changed: in/a.jsonl", "new: in/c.txt", "gone: in/b.jsonl"]


def test_git_is_told_to_leave_the_index_alone_but_not_a_ledger() -> None:
    put_rows("a.jsonl", site_pages()[:2])
    cleaner("index", "build", "in")
    assert Path(".cleaner/.gitignore").read_text() == "/.gitignore\n/index.sqlite*\n"


def test_other_folders_are_added_by_an_update_and_stay() -> None:
    put(Path("one"), {"a.jsonl": records(site_pages()[:10])})
    put(Path("two"), {"b.jsonl": records(site_pages()[10:20])})
    cleaner("index", "build", "one")
    cleaner("index", "update", "two")
    assert "0 new, 0 changed, 0 gone, 2 as before" in cleaner("index", "update").stderr


def test_two_writers_at_once_lose_nothing() -> None:
    folders = ["one", "two", "three"]
    for number, folder in enumerate(folders):
        put(Path(folder), {"a.jsonl": records(site_pages()[number * 5 : number * 5 + 5])})
    put(Path("zero"), {"a.jsonl": records(site_pages()[15:20])})
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
    put_rows("a.jsonl", site_pages()[:20])
    if is_there:
        cleaner("index", "build", "in")
    before = tables_in() if is_there else {}
    put_rows("b.jsonl", site_pages()[20:40])
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
        assert tables_in() == before
    cleaner("index", verb, "in")
    assert cleaner("index", "status").stdout.splitlines()[1].startswith("40 documents")


def test_a_site_that_the_index_does_not_know_is_surveyed_among_the_inputs() -> None:
    put_rows("posts.jsonl", site_pages()[:20])
    cleaner("index", "build", "in")
    put_rows("posts.jsonl", site_pages())
    shown = json.loads(cleaner("diff", "in", "--format", "json").stdout)["documents"]
    assert len({document["removals"][0]["evidence"].split(" of ")[-1].split(":")[0] for document in shown}) > 3


def test_a_document_judged_alone_is_judged_by_the_index_and_not_by_the_others() -> None:
    rows = [row for row in site_pages() if row["site"] == "news.example"]
    put_rows("all.jsonl", rows)
    put_rows("one.jsonl", rows[:1])
    together = cleaner("check", "in/all.jsonl", code=None).stdout
    assert "template/" in together
    assert "template/" not in cleaner("check", "in/all.jsonl", "--alone", code=None).stdout
    cleaner("index", "build", "in/all.jsonl")
    own = [line.partition(": ")[2] for line in together.splitlines() if line.startswith("in/all.jsonl:1:")]
    alone = cleaner("check", "in/one.jsonl", "--alone", code=None).stdout
    assert [line.partition(": ")[2] for line in alone.splitlines()] == own
