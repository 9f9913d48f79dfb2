"""A cleaned tree shown from its ledger: the same as a look at the originals, and honest where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.cli.looking import Looking
from cleaner.config import Config, load
from cleaner.ledger import path_in
from cleaner.reporting import Seen
from cleaner.reports.filter import Filter
from tests.files import DIRTY, PLAIN, SETTINGS, SIGNUP, A, C, D, cleaner, configure, put, records
from tests.support import PROSE


def _look(*inputs: str, config: Config | None = None) -> dict[str, Seen]:
    found = Looking([Path(own) for own in inputs], config or load(Path("cleaner.toml")), 1, Filter())
    return {own.place.partition("/")[2]: own for own in found}


FILES = {
    "news/a.txt": DIRTY,
    "b.txt": PLAIN,
    "rows.jsonl": records([{"text": PLAIN}, {"text": DIRTY, "url": "https://x.example/"}]),
    "wide.txt": DIRTY.encode("utf-16"),
    "p.html": f"<article><h1>On Herons</h1><p>{A}</p><p>{SIGNUP}</p><p>{DIRTY}</p></article>",
    "m.md": f"# On Herons\n\n{DIRTY}",
}


def test_it_shows_what_the_run_would_have_shown(project: Path) -> None:
    put(project / "in", FILES)
    before = _look("in")
    cleaner("clean", "in", "-o", "out")
    after = _look("out")
    assert {name.replace("p.html", "p.txt") for name in before} == set(after)
    for name, own in before.items():
        other = after[name.replace("p.html", "p.txt")]
        assert (own.characters, own.site, own.reason) == (other.characters, other.site, other.reason), name
        assert (own.cleaned is None) == (other.cleaned is None), name
        if own.cleaned is not None and other.cleaned is not None:
            assert own.cleaned.document.text == other.cleaned.document.text
            assert own.cleaned.text == other.cleaned.text
            kept = [replace(r, terms=()) for r in own.cleaned.removals]
            assert [replace(r, terms=()) for r in other.cleaned.removals] == kept
            assert [[t.name for t in r.terms] for r in own.cleaned.removals] == [
                [t.name for t in r.terms] for r in other.cleaned.removals
            ]


def test_a_tree_that_was_cleaned_in_place(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt.gz": b""} | {})
    (project / "in/b.txt.gz").unlink()
    cleaner("clean", "in", "--in-place")
    shown = _look("in")["a.txt"].cleaned
    assert shown is not None
    assert shown.document.text == DIRTY


def test_what_was_held_or_failed_is_still_said(project: Path) -> None:
    configure(project, SETTINGS.replace("max_removed = 1", "max_removed = 0.01"))
    put(project / "in", {"a.txt": DIRTY, "rows.jsonl": '{"text": "x"}\n[]\n'})
    cleaner("clean", "in", "-o", "out", code=2)
    shown = _look("out")
    held = shown["a.txt"].cleaned
    assert held is not None
    assert held.held.startswith("would lose")
    assert len(held.removals) == 2
    assert shown["rows.jsonl:2"].reason


def test_a_file_that_changed_since_is_named(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    put(project / "out", {"a.txt": "somebody wrote here\n"})
    shown = _look("out")
    assert shown["a.txt"].reason == "changed since it was cleaned"
    assert shown["b.txt"].cleaned is not None


@pytest.mark.parametrize(
    ("old", "new"), [('"start":94', '"start":9400'), ('"start":94', '"start":-4'), ('"score":6.0', '"score":"<b>"')]
)
def test_a_ledger_that_does_not_fit_is_named(project: Path, old: str, new: str) -> None:
    put(project / "in", {"a.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    book = path_in(Path("out"))
    assert old in book.read_text("utf-8")
    book.write_text(book.read_text("utf-8").replace(old, new), "utf-8")
    assert _look("out")["a.txt"].reason == "its ledger does not fit it"


@pytest.mark.parametrize("last", [False, True])
def test_near_copies_that_were_left_out_are_shown_whole(project: Path, last: bool) -> None:
    own = [f"{sentence} It was so in the {n}th year too." for n, sentence in enumerate([*PROSE, *reversed(PROSE)])]
    text = " ".join(own)
    rows = [{"text": f"{C} {D}"}, {"text": text.replace("village", "hamlet", 1)}]
    put(project / "in", {"a.txt": text, "b.txt": text, "rows.jsonl": records(rows if last else rows[::-1])})
    cleaner("clean", "in", "-o", "out", "--drop-duplicates")
    shown = _look("out")
    dropped = {name: own.cleaned for name, own in shown.items() if own.cleaned is not None}
    assert sorted(dropped) == ["b.txt", f"rows.jsonl:{2 if last else 1}"]
    assert {name: own.cleaned is None for name, own in shown.items() if name.startswith("rows")} == {
        "rows.jsonl:1": last, "rows.jsonl:2": not last,
    }  # fmt: skip
    for result in dropped.values():
        (removal,) = result.removals
        assert (removal.start, removal.end) == (0, len(result.document.text))
        assert "near copy of" in removal.evidence
    assert dropped["b.txt"].document.text == text
