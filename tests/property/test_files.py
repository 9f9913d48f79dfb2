"""From files to files: nothing is lost, nothing depends on order or workers, a second run changes nothing."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import (
    CLEAN,
    DIRTY,
    PLAIN,
    SIGNUP,
    A,
    B,
    C,
    cleaner,
    command,
    configure,
    entries,
    environment,
    everything,
    put,
    tree,
)
from tests.property.strategies import texts

GERMAN = DIRTY.replace("heron", "Häher für Größe").replace("sacks", "Säcke")
GERMAN_CLEAN = CLEAN.replace("heron", "Häher für Größe").replace("sacks", "Säcke")


def _gz(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=7)


def _zst(text: str) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(text.encode())


def _lines(*texts: str) -> str:
    return "".join(f'{{"id": "{number}", "text": "{text}"}}\n' for number, text in enumerate(texts))


ONE = rf"{A}\n\nSign up now.\n\n{B}"
#: name → bytes, and what they are cleaned to (packed ones unpacked)
FILES: dict[str, tuple[bytes, bytes]] = {
    "utf8.txt": (GERMAN.encode(), GERMAN_CLEAN.encode()),
    "bom.txt": (GERMAN.encode("utf-8-sig"), GERMAN_CLEAN.encode("utf-8-sig")),
    "utf16.txt": (GERMAN.encode("utf-16"), GERMAN_CLEAN.encode("utf-16")),
    "utf16-be.txt": (b"\xfe\xff" + GERMAN.encode("utf-16-be"), b"\xfe\xff" + GERMAN_CLEAN.encode("utf-16-be")),
    "utf16-le-bare.txt": (GERMAN.encode("utf-16-le"), GERMAN_CLEAN.encode("utf-16-le")),
    "utf16-be-bare.txt": (GERMAN.encode("utf-16-be"), GERMAN_CLEAN.encode("utf-16-be")),
    "utf32.txt": (GERMAN.encode("utf-32"), GERMAN_CLEAN.encode("utf-32")),
    "latin1.txt": (GERMAN.encode("latin-1"), GERMAN_CLEAN.encode("latin-1")),
    "cp1252.txt": (GERMAN.replace("sold", "“sold”").encode("cp1252"), GERMAN_CLEAN.encode("cp1252")),
    "crlf.txt": (DIRTY.replace("\n", "\r\n").encode(), CLEAN.replace("\n", "\r\n").encode()),
    "mixed.txt": (
        f"{A}\r\n\r\n{SIGNUP}\n\n{B}\r\n".encode(),
        f"{A}\r\n\r\n{B}\r\n".encode(),
    ),
    "no-end.txt": (f"{A}\n\n{SIGNUP}\n\n{B}".encode(), f"{A}\n\n{B}".encode()),
    "odd.txt": (f"{A}\u2028{B}\x0c\n\n{SIGNUP}\n\n\U0001f600 {C}\n".encode(), b""),
    "notes.md": (f"# Notes\n\n{DIRTY}".encode(), f"# Notes\n\n{CLEAN}".encode()),
    "packed.txt.gz": (_gz(DIRTY), CLEAN.encode()),
    "two-members.txt.gz": (_gz(DIRTY[:90]) + _gz(DIRTY[90:]), CLEAN.encode()),
    "packed.txt.zst": (_zst(DIRTY), CLEAN.encode()),
    "packed.jsonl.gz": (_gz(_lines(ONE)), _lines(rf"{A}\n\n{B}").encode()),
    "plain.txt": (PLAIN.encode(), PLAIN.encode()),
    "plain.txt.gz": (_gz(PLAIN), PLAIN.encode()),
    "empty.txt": (b"", b""),
    "sub folder/deep/ümlaut 'q\".txt": (DIRTY.encode(), CLEAN.encode()),
    "rows.jsonl": (_lines("", ONE, PLAIN.strip().replace("\n", r"\n"), ONE).encode(), b""),
}
FILES["cp1252.txt"] = (FILES["cp1252.txt"][0], GERMAN_CLEAN.encode("cp1252"))
RAW = {name: before for name, (before, _) in FILES.items()}


def _unpacked(name: str, raw: bytes) -> bytes:
    if name.endswith(".gz"):
        return gzip.decompress(raw)
    return zstandard.ZstdDecompressor().decompressobj().decompress(raw) if name.endswith(".zst") else raw


def test_cleaning_into_a_folder_and_restoring_gives_every_byte(project: Path) -> None:
    put(project / "in", RAW)
    result = cleaner("clean", "in", "-o", "out")
    assert "0 failed" in result.stderr
    for name, content in tree(project / "out").items():
        if FILES[name][1] or not RAW[name]:
            assert _unpacked(name, content) == FILES[name][1], name
        if "plain" not in name and RAW[name]:
            assert SIGNUP.encode() not in _unpacked(name, content), name
    assert tree(project / "in") == RAW
    again = cleaner("clean", "out", "-o", "again")
    assert ": 0 cleaned" in again.stderr
    assert tree(project / "again") == tree(project / "out")
    cleaner("restore", "out")
    assert tree(project / "out") == RAW
    assert "0 restored" in cleaner("restore", "out").stderr


def test_cleaning_in_place_twice_changes_nothing_more_and_restore_undoes_it(project: Path) -> None:
    put(project / "in", RAW)
    cleaner("clean", "in", "--in-place")
    once = everything(project / "in")
    cleaner("clean", "in", "--in-place")
    assert everything(project / "in") == once
    assert tree(project / "in") != RAW
    cleaner("restore", "in")
    assert tree(project / "in") == RAW


@pytest.mark.parametrize("name", ["utf8.txt", "packed.txt.gz", "packed.txt.zst", "rows.jsonl", "utf16.txt", "crlf.txt"])
@pytest.mark.parametrize(
    "choice", [("--rule", "newsletter/signup"), ("--category", "promotion"), ("--document", "{name}")]
)
def test_restoring_a_part_and_then_the_rest_gives_the_original(
    project: Path, name: str, choice: tuple[str, str]
) -> None:
    put(project / "in", {name: RAW[name]})
    cleaner("clean", "in", "-o", "out")
    cut = _unpacked(name, (project / "out" / name).read_bytes())
    cleaner("restore", "out", choice[0], choice[1].format(name=name))
    part = _unpacked(name, (project / "out" / name).read_bytes())
    if choice[0] == "--document" or (name == "rows.jsonl" and choice[0] == "--rule"):
        assert (project / "out" / name).read_bytes() == RAW[name]
    elif name != "rows.jsonl":
        assert len(cut) < len(part) < len(_unpacked(name, RAW[name]))
        encoding = "utf-16" if "utf16" in name else "utf-8"
        assert (SIGNUP in part.decode(encoding)) is ("signup" in choice[1])
    cleaner("restore", "out")
    assert tree(project / "out") == {name: RAW[name]}


def test_one_row_can_be_restored_by_its_place_or_its_id(project: Path) -> None:
    put(project / "in", {"rows.jsonl": RAW["rows.jsonl"]})
    for choice in ("rows.jsonl:2", "1"):
        cleaner("clean", "in", "-o", "out", "--force")
        cleaner("restore", "out", "--document", choice)
        lines = (project / "out/rows.jsonl").read_bytes().splitlines()
        assert [SIGNUP.encode() in line for line in lines] == [False, True, False, False]
        cleaner("restore", "out")
        assert tree(project / "out") == {"rows.jsonl": RAW["rows.jsonl"]}


def test_order_of_inputs_and_jobs_change_no_byte(project: Path) -> None:
    put(project / "one", RAW)
    put(project / "two", RAW)
    runs = [(["one", "two"], 1), (["two", "one"], 1), (["one", "two"], 2), (["two", "one"], 3)]
    for number, (inputs, jobs) in enumerate(runs):
        cleaner("clean", *inputs, "-o", f"out{number}", "--jobs", str(jobs))
    results = [everything(project / f"out{number}") for number in range(len(runs))]
    assert ".cleaner/ledger.jsonl" in results[0]
    assert all(result == results[0] for result in results)


def test_overlapping_inputs_are_read_once_whatever_their_order(project: Path) -> None:
    put(project / "in", {"sub/a.txt": DIRTY, "b.txt": DIRTY})
    cleaner("clean", "in", "in/sub", project / "in", "-o", "out1")
    cleaner("clean", project / "in", "in/sub", "in", "-o", "out2")
    assert everything(project / "out1") == everything(project / "out2")
    assert sorted(tree(project / "out1")) == ["in/b.txt", "in/sub/a.txt"]


def test_commands_that_only_look_change_nothing(project: Path) -> None:
    put(project / "in", RAW)
    before = everything(project)
    for arguments in (("diff",), ("diff", "--stat"), ("diff", "--format", "json"), ("diff", "--format", "unified")):
        cleaner(*arguments, "in")
    cleaner("check", "in", code=1)
    cleaner("explain", "in")
    cleaner("config")
    assert everything(project) == before


def test_modes_stay(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.txt.gz": _gz(DIRTY)})
    modes = {"a.txt": 0o640, "b.txt": 0o755, "c.txt.gz": 0o600}
    for name, mode in modes.items():
        (project / "in" / name).chmod(mode)

    def found(folder: str) -> dict[str, int]:
        return {name: (project / folder / name).stat().st_mode & 0o7777 for name in modes}

    cleaner("clean", "in", "-o", "out")
    assert found("out") == modes
    cleaner("restore", "out")
    assert found("out") == modes
    cleaner("clean", "in", "--in-place")
    assert found("in") == modes


def test_a_changed_file_is_refused_and_named_and_the_others_are_restored(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY, "b.txt": DIRTY, "c.txt": DIRTY, "d.txt": DIRTY})
    cleaner("clean", "in", "-o", "out")
    put(project / "out", {"b.txt": CLEAN + "More.\n"})
    (project / "out/c.txt").unlink()
    result = cleaner("restore", "out", code=2)
    assert "out/b.txt: changed since it was cleaned" in result.stderr
    assert "out/c.txt: is no longer there" in result.stderr
    assert tree(project / "out") == {
        "a.txt": DIRTY.encode(), "b.txt": (CLEAN + "More.\n").encode(), "d.txt": DIRTY.encode()
    }  # fmt: skip


@settings(max_examples=15)
@given(st.lists(texts(16), min_size=1, max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "json"]))
def test_any_text_comes_back(some: list[str], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configure(folder)
        if encoding == "json":
            raw = {"a.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in some)}
        else:
            raw = {f"{n}.txt": text.encode(encoding, "replace") for n, text in enumerate(some)}
        before = tree(put(folder / "in", raw))
        cleaner("clean", folder / "in", "-o", folder / "out", "--config", folder / "cleaner.toml", code=None)
        cleaned = tree(folder / "out")
        cleaner("clean", folder / "out", "-o", folder / "two", "--config", folder / "cleaner.toml", code=None)
        assert tree(folder / "two").items() <= cleaned.items()
        cleaner("restore", folder / "out")
        assert tree(folder / "out").items() <= before.items()
        assert tree(folder / "in") == before


def test_a_kill_at_any_moment_leaves_old_or_cleaned_files_and_restore_gives_all_back(project: Path) -> None:
    names = [f"{number % 7}/{number}.txt" for number in range(300)]
    before = {name: f"{DIRTY}{name}\n".encode() for name in names}
    after = {name: f"{CLEAN}{name}\n".encode() for name in names}
    put(project / "in", before)
    dice = random.Random(4)
    seen: set[bool] = set()
    for delay in (0.0, 0.02, 0.05, 0.1, 0.2, 0.0):
        run = subprocess.Popen(
            command("clean", "in", "--in-place", "--jobs", "2"), env=environment(), stderr=subprocess.DEVNULL
        )
        ledger = project / "in/.cleaner/ledger.jsonl"
        size = ledger.stat().st_size if ledger.exists() else 0
        while run.poll() is None and (ledger.stat().st_size if ledger.exists() else 0) == size:
            time.sleep(0.001)
        time.sleep(delay * dice.random())
        run.send_signal(signal.SIGKILL)
        run.wait()
        now = {name: content for name, content in tree(project / "in").items() if not name.endswith(".tmp")}
        assert sorted(now) == sorted(names)
        states = [now[name] == after[name] for name in names]
        assert all(now[name] in (before[name], after[name]) for name in names)
        seen |= set(states)
        if delay == 0.05:
            cleaner("restore", "in", code=None)
            assert {name: (project / "in" / name).read_bytes() for name in names} == before
    assert seen == {True, False}
    cleaner("restore", "in")
    assert {name: (project / "in" / name).read_bytes() for name in names} == before
    assert all(entry.keys() & {"run", "document", "file"} for entry in entries(project / "in"))
