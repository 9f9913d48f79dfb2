from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.config import Config, load
from cleaner.ledger import Writer, path_in
from cleaner.run import outcomes, stamp, work_of
from cleaner.sources import discover
from cleaner.writing import Tally, Writing
from tests.files import (
    CLEAN,
    DIRTY,
    PLAIN,
    SETTINGS,
    SIGNUP,
    A,
    cleaner,
    configure,
    entries,
    everything,
    put,
    records,
    tree,
)


def _config(project: Path) -> Config:
    return load(project / "cleaner.toml")


def _clean_in_place(project: Path, meanwhile: dict[str, str]) -> Tally:
    """Cleans ``in``; ``meanwhile`` is written after everything was read and before anything is replaced."""
    config, tally = _config(project), Tally()
    sources = discover([Path("in")], config).sources
    with Writer(Path("in"), stamp(config)) as book:
        for source, events in outcomes(sources, config, 1, work=work_of(config, 0)):
            drawn = list(events)
            put(project, meanwhile)
            Writing(None, book, tally).write(source, iter(drawn))
    return tally


def test_what_was_written_to_a_file_while_it_was_cleaned_is_not_lost(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    tally = _clean_in_place(project, {"in/a.txt": DIRTY + "An edit.\n"})
    assert tally.failed == [("in/a.txt", "changed while it was cleaned; it is left as it is, run again")]
    assert everything(project / "in") == {"a.txt": (DIRTY + "An edit.\n").encode()}
    tally = _clean_in_place(project, {})
    assert (tally.cleaned, tally.failed) == (1, [])
    assert tree(project / "in") == {"a.txt": (CLEAN + "An edit.\n").encode()}


def test_a_file_that_vanished_is_named(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "in/b.txt": DIRTY})
    config, tally = _config(project), Tally()
    sources = discover([Path("in")], config).sources
    (project / "in/a.txt").unlink()
    with Writer(Path("out"), stamp(config)) as book:
        for source, events in outcomes(sources, config, 1, work=work_of(config, 0)):
            Writing(Path("out"), book, tally).write(source, events)
    assert tally.failed == [("in/a.txt", "cannot be read: No such file or directory")]
    assert tree(project / "out") == {"b.txt": CLEAN.encode()}


def test_in_place_nothing_is_made_where_nothing_goes(project: Path) -> None:
    put(project, {"in/a.txt": PLAIN, "in/b.jsonl": records([{"text": PLAIN}])})
    before = everything(project)
    cleaner("clean", "in", "--in-place")
    assert everything(project) == before


def test_an_output_has_its_ledger_even_if_nothing_goes(project: Path) -> None:
    put(project, {"in/a.txt": PLAIN})
    cleaner("clean", "in", "-o", "out")
    assert [list(entry) for entry in entries(project / "out")] == [["run", "cleaner", "rules", "config"]]
    assert "0 restored" in cleaner("restore", "out").stderr


@pytest.mark.parametrize("in_place", [True, False])
def test_held_documents_stay_and_are_named_and_counted(project: Path, in_place: bool) -> None:
    configure(project, SETTINGS.replace("max_removed = 1", "max_removed = 0.12"))
    put(project, {"in/a.txt": f"{A}\n\n{SIGNUP}\n", "in/b.txt": DIRTY + PLAIN})
    before = tree(project / "in")
    result = cleaner("clean", "in", *(["--in-place"] if in_place else ["-o", "out"]))
    assert "2 documents: 1 cleaned, 0 unchanged, 1 left whole, 0 failed" in result.stderr
    assert "left whole: in/a.txt: would lose 13.1% of its characters, over max_removed = 12%" in result.stderr
    now = tree(project / ("in" if in_place else "out"))
    assert now["a.txt"] == before["a.txt"]
    assert now["b.txt"] != before["b.txt"]
    if not in_place:
        assert next(entry for entry in entries(project / "out") if entry.get("document") == "a.txt")["status"] == "held"


def test_a_run_says_what_cleaned(project: Path) -> None:
    first, again = stamp(_config(project)), stamp(_config(project))
    assert first == again
    json.dumps(first)
    pack = (project / "pack.toml").read_text()
    configure(project, pack=pack.replace("weight = 6", "weight = 7", 1))
    assert stamp(_config(project))["rules"] != first["rules"]
    configure(project, SETTINGS + "threshold = 9\n", pack)
    assert stamp(_config(project))["rules"] == first["rules"]
    assert stamp(_config(project))["config"]["threshold"] == 9


def test_a_second_run_into_one_output_adds_to_its_ledger(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "more/b.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    first = path_in(project / "out").read_bytes()
    cleaner("clean", "more", "-o", "out", "--force")
    assert path_in(project / "out").read_bytes().startswith(first)
    cleaner("restore", "out")
    assert tree(project / "out") == {"a.txt": DIRTY.encode(), "b.txt": DIRTY.encode()}
