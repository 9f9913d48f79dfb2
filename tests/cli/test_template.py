"""The template of a site on its whole way: from files to files, and back."""

from __future__ import annotations

import json
import random
import textwrap
from pathlib import Path

import pytest

from cleaner import packs as rule_packs
from tests.files import cleaner, everything, put, records, tree
from tests.sites.made import SITES, news
from tests.support import PROSE

SETTINGS = 'packs = ["./pack.toml"]\nweights = "none"\nmin_kept_words = 0\nmax_removed = 1\n'
#: A rule that uncovers lines at the end of pages, which then are template of a second stage.
PACK = """
[pack]
name = "own"
category = "related"
[[rule]]
id = "read-on"
reason = "link to another article"
pattern = '^Read on: '
certain = true
remove = ["Read on: A", "Read on: B"]
keep = ["To read on: A", "Reading on"]
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {"cleaner.toml": SETTINGS, "pack.toml": PACK})
    monkeypatch.chdir(tmp_path)


def _corpus(name: str = "posts.jsonl", site: str = "news", order: int | None = None) -> None:
    rows = [{"id": own.id, "site": f"{site}.example", "text": own.text} for own in SITES[site](30)]
    put(Path("in"), {name: records(random.Random(order).sample(rows, len(rows)) if order else rows)})


def _texts(path: str) -> list[str]:
    return [json.loads(line)["text"].strip() for line in Path(path).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("site", SITES)
def test_clean_takes_the_template_and_restore_gives_it_back(site: str) -> None:
    _corpus(site=site)
    before = tree(Path("in"))
    cleaner("clean", "in", "-o", "out", "-j", 2)
    assert _texts("out/posts.jsonl") == [own.content for own in SITES[site](30)]
    cleaner("restore", "out")
    assert tree(Path("out")) == before


def test_cleaning_again_changes_nothing_even_where_a_rule_uncovers_more() -> None:
    rows = []
    for number, own in enumerate(news(30)):
        text = own.text.replace(
            "Next story\n", f"Follow us on the wire\nRead on: {PROSE[number % 5]} {number}\nNext story\n"
        )
        rows.append({"id": own.id, "url": f"https://news.example/{number}", "text": text})
    put(Path("in"), {"posts.jsonl": records(rows)})
    cleaner("clean", "in", "-o", "out")
    assert _texts("out/posts.jsonl") == [own.content for own in news(30)]
    cleaner("clean", "out", "-o", "again")
    assert tree(Path("again")) == tree(Path("out"))


def test_order_and_jobs_change_nothing() -> None:
    results = []
    for number, jobs in ((None, 1), (5, 2)):
        _corpus(order=number)
        cleaner("clean", "in", "-o", "out", "--force", "-j", jobs)
        results.append(sorted(_texts("out/posts.jsonl")))
    assert results[0] == results[1]


def test_diff_and_check_say_in_how_many_documents_and_name_three() -> None:
    _corpus()
    shown = json.loads(cleaner("diff", "in", "--format", "json").output)
    removals = [removal for document in shown["documents"] for removal in document["removals"]]
    assert {removal["category"] for removal in removals} == {"template"}
    assert any(
        "stands in 30 of 30 documents of news.example: posts.jsonl:1, posts.jsonl:10" in removal["evidence"]
        for removal in removals
    )
    assert "template/repeated" in cleaner("check", "in", code=1).output


def test_check_fix_takes_what_check_found() -> None:
    put(Path("in"), {f"{own.id}.txt": own.text for own in news(12)})
    put(Path(), {"cleaner.toml": SETTINGS + 'site_from = "corpus"\n'})
    cleaner("check", "in", "--fix")
    assert {text.decode().strip() for text in tree(Path("in")).values()} == {own.content for own in news(12)}
    assert cleaner("check", "in").output == ""


@pytest.mark.parametrize(
    ("settings", "options", "goes"),
    [
        ("", [], False),
        ('site_from = "folder"\n', [], True),
        ('site_from = "corpus"\n', [], True),
        ('sites = { "/in/a" = "a.example" }\n', [], True),
        ('site_from = "corpus"\nmin_documents = 13\n', [], False),
        ('site_from = "corpus"\n', ["--ignore", "template"], False),
        ('site_from = "corpus"\n', ["--select", "related"], False),
    ],
)
def test_texts_without_a_url_have_a_template_only_if_so_configured(
    settings: str, options: list[str], goes: bool
) -> None:
    put(Path(), {"cleaner.toml": SETTINGS + settings})
    put(Path("in/a"), {f"{own.id}.txt": own.text for own in news(12)})
    result = cleaner("check", "in", *options, code=None)
    assert ("template/" in result.output) == goes


def test_a_line_in_a_wrapped_block_is_cut_out_of_it() -> None:
    pages = news(12)
    texts = {f"{own.id}.txt": f"The Upland Courier\n{textwrap.fill(own.content, 60)}\n" for own in pages}
    put(Path(), {"cleaner.toml": SETTINGS + 'site_from = "corpus"\n'})
    put(Path("in"), texts)
    cleaner("clean", "in", "-o", "out")
    wanted = {name: text.removeprefix("The Upland Courier\n").encode() for name, text in texts.items()}
    assert tree(Path("out")) == wanted


def test_learn_proposes_a_pack_that_does_on_fresh_pages_what_the_corpus_pass_does() -> None:
    pages = SITES["reference"](40)
    rows = [{"id": own.id, "site": "reference.example", "text": own.text} for own in pages]
    put(Path("in"), {"posts.jsonl": records(rows[:30])})
    put(Path("fresh"), {"posts.jsonl": records(rows[30:])})
    cleaner("learn", "in", "-o", "learned.toml")
    (pack,) = rule_packs.load(["./learned.toml"], Path())
    assert {rule.sites for rule in pack.rules} == {("reference.example",)}
    assert cleaner("rules", "test", "./learned.toml").exit_code == 0
    cleaner("clean", "fresh", "-o", "out", "--pack", "./learned.toml", "--ignore", "template/repeated")
    assert _texts("out/posts.jsonl") == [own.content for own in pages[30:]]


def test_learn_overwrites_nothing_and_says_when_there_is_nothing() -> None:
    _corpus()
    put(Path(), {"mine.toml": "keep"})
    cleaner("learn", "in", "-o", "mine.toml", code=2)
    assert everything(Path())["mine.toml"] == b"keep"
    put(Path("none"), {"a.txt": PROSE[0]})
    assert "no site" in cleaner("learn", "none").output
