"""What cannot be processed is named with its place, stays to the byte, and does not stop the rest; exit 2."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from cleaner import packs
from tests.files import (
    CLEAN,
    DIRTY,
    SETTINGS,
    SIGNUP,
    A,
    B,
    cleaner,
    configure,
    entries,
    put,
    tree,
)

GZ = gzip.compress(DIRTY.encode() * 50, mtime=0)
ZST = zstandard.ZstdCompressor().compress(DIRTY.encode() * 50)
ROW = json.dumps({"id": 1, "text": DIRTY}) + "\n"
CLEAN_ROW = json.dumps({"id": 1, "text": CLEAN}) + "\n"
BOMB = gzip.compress(b"Sign up now. " * 1_000_000)

#: name → (content, what stderr says of it)
BAD: dict[str, tuple[bytes, str]] = {
    "binary.txt": (bytes(range(256)) * 20, "bin/binary.txt: binary data: zero byte at 0"),
    "controls.txt": (b"ab\x01\x02\x03" * 20, "bin/controls.txt: binary data: control character U+0001 at character 2"),
    "half.txt": (
        f"{A}\nGröße, Häher\n".encode() + b"\xff\xfe broken\n",
        "bin/half.txt: line 3, byte 109: 0xff is not valid UTF-8, though other parts of the file are",
    ),
    "noise.txt": (b"\x81\x8d\x8f\x90\x9d" * 9 + b"\n", "bin/noise.txt: line 1, byte 0: 0x81 is not valid UTF-8"),
    "odd-utf16.txt": (b"\xff\xfea\x00b", "bin/odd-utf16.txt: byte 4: not valid utf-16-le"),
    "cut.txt.gz": (GZ[: len(GZ) // 2], "bin/cut.txt.gz: truncated: the gzip stream ends before its end mark"),
    "head.txt.gz": (GZ[:5], "bin/head.txt.gz: truncated"),
    "flipped.txt.gz": (GZ[:40] + b"\x00\xff\x00" + GZ[43:], "bin/flipped.txt.gz: corrupt gzip data"),
    "sum.txt.gz": (GZ[:-8] + b"\x00" * 4 + GZ[-4:], "bin/sum.txt.gz: corrupt gzip data"),
    "text.txt.gz": (DIRTY.encode(), "bin/text.txt.gz: corrupt gzip data"),
    "empty.txt.gz": (b"", "bin/empty.txt.gz: truncated"),
    "cut.txt.zst": (ZST[:-7], "bin/cut.txt.zst: truncated: the zstd stream ends inside a frame"),
    "text.txt.zst": (DIRTY.encode(), "bin/text.txt.zst: corrupt zstd data"),
    "tail.txt.zst": (ZST + b"garbage", "bin/tail.txt.zst: corrupt zstd data"),
    "empty.txt.zst": (b"", "bin/empty.txt.zst: truncated: the file is empty"),
    "cut.jsonl.gz": (gzip.compress(ROW.encode() * 99)[:-20], "bin/cut.jsonl.gz: truncated"),
    "bomb.txt.gz": (BOMB, "bin/bomb.txt.gz: larger than megabytes_per_document = 2 allows"),
    "bomb.jsonl.gz": (
        gzip.compress(b'{"text": ""}\n{"text": "' + b"a" * 3_000_000 + b'"}\n'),
        "bin/bomb.jsonl.gz:2: larger than megabytes_per_document = 2 allows",
    ),
    "nothing.html": (b"<html><body></body></html>", "bin/nothing.html: no text in the page"),
}  # fmt: skip
#: lines of JSONL that are no documents → what stderr says of them
BAD_LINES = {
    "[1, 2]": "found '[1, 2]'; allowed is a JSON object a line",
    "null": "found 'null'; allowed is a JSON object a line",
    '"text"': "found '\"text\"'; allowed is a JSON object a line",
    '{"text": "a"': "not valid JSON: the line ends inside the object",
    '{"text": "a': "not valid JSON",
    '{"text": "a"} {"text": "b"}': 'not valid JSON: found \'{"text": "b"\' where the end of the line should be',
    '{"text": "a",}': "not valid JSON: found '}' where another key should be, column 14",
    "{text: 1}": "not valid JSON: found 'text: 1}' where a key in double quotes should be, column 2",
    '{"body": "a", "n": 1}': "no field 'text'; the record has: body, n (see --text-field)",
    "{}": "no field 'text'; the record has: none",
    '{"text": 5}': "field 'text' holds int; allowed is a string or null",
    '{"text": ["a"]}': "field 'text' holds list",
    '{"text": ' + "[" * 100_000 + "}": "JSON nested too deeply",
}


@pytest.fixture
def bad(project: Path) -> Path:
    configure(project, SETTINGS + "megabytes_per_document = 2\n")
    put(project / "bin", {name: content for name, (content, _) in BAD.items()})
    return put(project / "bin", {"aaa.txt": DIRTY, "zzz.txt": DIRTY})


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_bad_files_are_named_the_rest_is_cleaned(bad: Path, jobs: str) -> None:
    before = tree(bad)
    result = cleaner("clean", "bin", "-o", "out", "--jobs", jobs, code=2)
    for _, message in BAD.values():
        assert f"cleaner: {message}" in result.stderr
    assert f"2 cleaned, 0 unchanged, 0 left whole, {len(BAD)} failed" in result.stderr
    assert tree(Path("out")) == {"aaa.txt": CLEAN.encode(), "zzz.txt": CLEAN.encode()}
    assert tree(bad) == before
    failed = {entry["document"] for entry in entries(Path("out")) if entry.get("status") == "failed"}
    assert failed == {name.replace(".html", ".txt") for name in BAD}


def test_bad_files_stay_in_place(bad: Path) -> None:
    before = tree(bad)
    result = cleaner("clean", "bin", "--in-place", code=2)
    assert "bin/nothing.html: HTML is never edited in place" in result.stderr
    assert tree(bad) == {**before, "aaa.txt": CLEAN.encode(), "zzz.txt": CLEAN.encode()}
    cleaner("restore", "bin")
    assert tree(bad) == before


@pytest.mark.parametrize("arguments", [("diff",), ("diff", "--format", "unified"), ("check",), ("explain",)])
def test_commands_that_look_name_bad_files_too(bad: Path, arguments: tuple[str, ...]) -> None:
    result = cleaner(*arguments, "bin", code=2)
    for _, message in BAD.values():
        assert f"cleaner: {message}" in result.stderr
    assert "Sign up now" in result.stdout


@pytest.mark.parametrize(("line", "message"), BAD_LINES.items(), ids=range(len(BAD_LINES)))
def test_a_bad_line_passes_through_and_the_others_are_cleaned(project: Path, line: str, message: str) -> None:
    put(project, {"in/rows.jsonl": f"{ROW}{line}\n{ROW}"})
    result = cleaner("clean", "in", "-o", "out", code=2)
    assert f"cleaner: in/rows.jsonl:2: {message}" in result.stderr
    assert (project / "out/rows.jsonl").read_text() == f"{CLEAN_ROW}{line}\n{CLEAN_ROW}"
    result = cleaner("clean", "in", "--in-place", code=2)
    assert "0 cleaned, 2 unchanged, 0 left whole, 1 failed" in result.stderr
    assert tree(project / "in") == {"rows.jsonl": f"{ROW}{line}\n{ROW}".encode()}
    cleaner("restore", "out")
    assert (project / "out/rows.jsonl").read_text() == f"{ROW}{line}\n{ROW}"


def test_a_row_with_broken_bytes_passes_through(project: Path) -> None:
    broken = b'{"text": "gr\xf6sser"}\n'
    put(project, {"in/rows.jsonl": ROW.encode() + broken})
    result = cleaner("clean", "in", "-o", "out", code=2)
    assert "in/rows.jsonl:2: byte 12 of the line is not valid UTF-8" in result.stderr
    assert (project / "out/rows.jsonl").read_bytes() == CLEAN_ROW.encode() + broken


def test_empty_files_blank_lines_and_null_texts_are_documents_with_nothing_to_do(project: Path) -> None:
    files = {"a.txt": "", "b.md": "", "c.jsonl": "", "d.jsonl": '\n \r\n{"text": null}\n{"text": ""}\n', "e.html": ""}
    put(project / "in", files)
    cleaner("clean", "in", "-o", "out")
    assert tree(project / "out") == {name.replace("html", "txt"): text.encode() for name, text in files.items()}


def test_many_lines_and_a_long_line_are_done(project: Path) -> None:
    """A smaller form of a million lines and of a line of 50 MB."""
    put(project / "in", {"rows.jsonl": '{"text": "' + A + '"}\n' + ROW})
    many = "".join(f"{number} herons stood in the ford.\n" for number in range(100_000))
    put(project / "in", {"lines.txt": f"{SIGNUP}\n{many}", "long.txt": f"{A} " * 15_000 + f"\n{SIGNUP}\n{B}\n"})
    cleaner("clean", "in", "-o", "out")
    assert (project / "out/lines.txt").read_text() == many
    assert (project / "out/long.txt").read_text() == f"{A} " * 15_000 + f"\n{B}\n"


def test_what_takes_longer_than_its_limit_is_named_and_left(project: Path) -> None:
    configure(project, SETTINGS + "seconds_per_document = 1\n", EVIL)
    put(project / "in", {"evil.txt": "a" * 4000 + "b\n", "good.txt": f"{A}\n\naaab\n\n{B}\n"})
    result = cleaner("clean", "in", "-o", "out", code=2)
    assert "in/evil.txt: took longer than 1 s" in result.stderr
    assert tree(project / "out") == {"good.txt": f"{A}\n\n{B}\n".encode()}


EVIL = """
[pack]
name = "evil"
category = "promotion"
[[rule]]
id = "r"
reason = "takes exponential time"
pattern = '^(?:a|aa|aaa)*(?:a|aa)*b(?<!b\\b)$|^(a+)+b$'
certain = true
remove = ["aab", "aaab"]
keep = ["b", "c"]
"""


@pytest.mark.parametrize("command", ["clean", "check", "diff"])
def test_a_pattern_that_takes_too_long_on_a_block_is_named_with_the_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("cleaner.detectors.patterns.TIMEOUT", 0.05)
    configure(project, SETTINGS, EVIL)
    put(project / "in", {"evil.txt": "a" * 4000 + "b\n", "good.txt": f"{A}\n\naaab\n\n{B}\n"})
    more = ("-o", "out") if command == "clean" else ()
    result = cleaner(command, "in", *more, code=2)
    assert "in/evil.txt: rule promotion/r took over 0.05 s on one block" in result.stderr
    assert "aaab" in result.stdout or (project / "out/good.txt").read_text() == f"{A}\n\n{B}\n"


def test_the_textbook_pattern_does_no_harm(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.detectors.patterns.TIMEOUT", 0.05)
    configure(project, SETTINGS, EVIL.replace("'^(?:a|aa|aaa)*(?:a|aa)*b(?<!b\\b)$|^(a+)+b$'", "'(a+)+$'"))
    put(project / "in", {"evil.txt": f"{'a' * 30_000}!\n\n{A}\n"})
    cleaner("clean", "in", "-o", "out", code=None)
    assert (project / "in/evil.txt").read_text() == f"{'a' * 30_000}!\n\n{A}\n"


def test_a_pattern_that_takes_forever_to_compile_is_an_error(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "_COMPILE_LIMIT", 0.1)
    words = "|".join(f"w{number}x{number * 7}" for number in range(60_000))
    put(project, {"slow.toml": EVIL.replace("'^(?:a", f"'{words}|^(?:a"), "in/a.txt": DIRTY})
    result = cleaner("clean", "in", "-o", "out", "--pack", "./slow.toml", code=2)
    assert "slow.toml: its patterns take over 0.1 s to compile; simplify them" in result.stderr
    assert not (project / "out").exists()


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        ("[pack", "pack.toml: not valid TOML"),
        ("", "pack.toml: a [pack] table with name and category is missing"),
        (EVIL.replace("'^(?:a", "'(^(?:a"), "pack.toml: rule r: pattern: found '(^"),
        (EVIL.replace("certain", "sertain"), "unknown key 'sertain'; did you mean certain?"),
        (EVIL.replace('"promotion"', '"promo"'), "pack.toml: [pack]: category: found 'promo'"),
    ],
)
def test_a_bad_rule_file_is_an_error_before_anything_is_written(project: Path, pack: str, message: str) -> None:
    put(project, {"pack.toml": pack, "in/a.txt": DIRTY})
    for arguments in (("clean", "in", "-o", "out"), ("clean", "in", "--in-place"), ("check", "in"), ("diff", "in")):
        assert message in cleaner(*arguments, code=2).stderr
    assert everything_is_as_it_was(project)


def everything_is_as_it_was(project: Path) -> bool:
    return tree(project / "in") == {"a.txt": DIRTY.encode()} and not (project / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in", "-o", "in/out"), "output in/out lies inside input in"),
        (("in", "-o", "in"), "output in lies inside input in"),
        (("in/a.txt", "-o", "in"), "input in/a.txt lies inside output in"),
        (("in", "-o", "."), "input in lies inside output ."),
        (("in", "-o", "link/out"), "output link/out lies inside input in"),
        (("in", "-o", "full"), "output full is not empty; --force overwrites what it holds"),
        (("in", "-o", "pack.toml"), "output pack.toml is not a folder"),
        (("in",), "give either -o OUTPUT or --in-place"),
        (("in", "-o", "out", "--in-place"), "give either -o OUTPUT or --in-place"),
        (("in", "twice.html", "twice.txt", "-o", "out"), "would both be written to twice.txt"),
    ],
)
def test_commands_that_make_no_sense_write_nothing(project: Path, arguments: tuple[str, ...], message: str) -> None:
    put(project, {"in/a.txt": DIRTY, "full/mine.txt": "mine", "twice.txt": DIRTY, "twice.html": f"<p>{A}</p>"})
    (project / "link").symlink_to("in")
    assert message in cleaner("clean", *arguments, code=2).stderr
    assert everything_is_as_it_was(project)
    assert tree(project / "full") == {"mine.txt": b"mine"}


def test_force_overwrites_and_leaves_other_files(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "out/a.txt": "old", "out/mine.txt": "mine"})
    cleaner("clean", "in", "-o", "out", "--force")
    assert tree(project / "out") == {"a.txt": CLEAN.encode(), "mine.txt": b"mine"}


def test_missing_paths_are_named_and_the_rest_is_done(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY})
    for command in (("clean", "-o", "out"), ("check",), ("diff",), ("explain",)):
        result = cleaner(*command, "nowhere", "in", "no.txt", code=2)
        assert "cleaner: nowhere: no such file or folder" in result.stderr
        assert "cleaner: no.txt: no such file or folder" in result.stderr
    assert tree(project / "out") == {"in/a.txt": CLEAN.encode()}
