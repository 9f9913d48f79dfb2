"""The unified diff applies with git, and gives the very bytes that ``cleaner clean`` writes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reports.unified import unified
from tests.files import CLEAN, DIRTY, PLAIN, SIGNUP, A, B, cleaner, configure, process, put, tree
from tests.property.strategies import texts_with_cuts

GERMAN = DIRTY.replace("heron", "Häher für Größe")
ROW = json.dumps({"text": DIRTY})
FILES: dict[str, bytes] = {
    "in/a.txt": DIRTY.encode(),
    "in/plain.txt": PLAIN.encode(),
    "in/crlf.txt": DIRTY.replace("\n", "\r\n").encode(),
    "in/cr.txt": f"{A}\r{B}\n\n{SIGNUP}\n\n{A}\rx\n".encode(),
    "in/no-end.txt": f"{A}\n\n{SIGNUP}\n\n{B}".encode(),
    "in/cut-end.txt": f"{A}\n\n{B}\n\n{SIGNUP}".encode(),
    "in/cut-start.txt": f"{SIGNUP}\n\n{A}\n{B}\n".encode(),
    "in/only.txt": f"{SIGNUP}\n".encode(),
    "in/span.txt": f"{A} Please (click here) to go on.\n\n{B}".encode(),
    "in/bom.txt": f"{SIGNUP}\n\n{GERMAN}".encode("utf-8-sig"),
    "in/latin1 ümlaut.txt": GERMAN.replace("sacks", "Säcke").encode("latin-1"),
    "in/with space.txt": DIRTY.encode(),
    "in/tab\tline\nend.txt": DIRTY.encode(),
    "in/\"quotes\" 'and' \\.txt": DIRTY.encode(),
    "in/ümlaut/Größe 漢.md": f"# Title\n\n{DIRTY}".encode(),
    "in/odd.txt": f"{A}\u2028{B}\x0c\x85{A}\n\n{SIGNUP}\n\x0b{B}\n".encode(),
    "in/far.txt": "".join(f"{A} {n}\n\n{SIGNUP if n % 9 == 0 else B}\n\n" for n in range(60)).encode(),
    "in/rows.jsonl": f'{ROW}\nnot json\n\n{{"text": "{A}\\n\\n{SIGNUP}"}}\n{ROW}'.encode() + b'\n{"text": "\xff"}',
}


def _apply(folder: Path, patch: bytes) -> None:
    own = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(folder),
    }
    run = subprocess.run(["git", "apply", "-"], input=patch, cwd=folder, env=own, capture_output=True)
    assert run.returncode == 0, run.stderr.decode(errors="replace")


@pytest.mark.parametrize("context", [None, 0, 1, 7])
def test_git_applies_it_and_gives_what_clean_writes(project: Path, context: int | None) -> None:
    put(project, FILES)
    cleaner("clean", "in", "-o", "out", code=2)
    more = () if context is None else ("--context", str(context))
    run = process("diff", "in", "--format", "unified", *more, cwd=project)
    assert run.returncode == 2, run.stderr
    assert b"Traceback" not in run.stderr
    if context == 0:
        return  # git needs --unidiff-zero for it
    _apply(project, run.stdout)
    assert tree(project / "in") == tree(project / "out")
    assert tree(project / "in") != {name[3:]: content for name, content in FILES.items()}


def test_a_patch_of_named_absolute_and_nested_paths_applies_here(project: Path) -> None:
    put(project, {"in/a.txt": DIRTY, "in/sub/b.txt": DIRTY})
    run = process("diff", project / "in/sub", "in/a.txt", "--format", "unified", cwd=project)
    _apply(project, run.stdout)
    assert tree(project / "in") == {"a.txt": CLEAN.encode(), "sub/b.txt": CLEAN.encode()}


def test_what_no_patch_can_change_is_named(project: Path) -> None:
    put(project, {"in/a.html": f"<p>{A}</p><p>{SIGNUP}</p><p>{B}</p>", "in/b.txt": DIRTY.encode("utf-16")})
    result = cleaner("diff", "in", "--format", "unified")
    assert result.stdout == ""
    assert "in/b.txt: utf-16-le files are binary to git" in result.stderr
    assert "in/a.html: HTML is never edited" in result.stderr


def test_reasons_that_the_file_s_encoding_cannot_hold(project: Path) -> None:
    pack = (project / "pack.toml").read_text().replace("asks to sign up", "asks — “now” — to sign up 漢")
    configure(project, pack=pack)
    put(project, {"in/a.txt": FILES["in/latin1 ümlaut.txt"]})
    run = process("diff", "in", "--format", "unified", cwd=project)
    assert run.returncode == 0, run.stderr
    assert "asks — “now” — to sign up 漢".encode() in run.stdout
    cleaner("clean", "in", "-o", "out")
    _apply(project, run.stdout)
    assert tree(project / "in") == tree(project / "out")


@settings(max_examples=40)
@given(texts_with_cuts(20), st.integers(0, 4))
def test_any_cuts_of_any_text(case: tuple[str, list[tuple[int, int]]], context: int) -> None:
    """Applied by a few lines of our own, which take hunks by their ranges."""
    text, spans = case
    removals = [_removal(start, end) for start, end in spans]
    patch = unified("a.txt", text, spans, removals, context)
    kept = "".join(text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), None], strict=True))
    assert _patched(text, patch) == kept


def _removal(start: int, end: int):  # type: ignore[no-untyped-def]
    from cleaner.model import Removal

    return Removal(start, end, "a/b", "a", "because", 1.0)


def _patched(text: str, patch: str) -> str:
    old = text.split("\n")
    old = [line + "\n" for line in old[:-1]] + [old[-1]] * bool(old[-1])
    new: list[str] = []
    at = 0
    lines = patch.split("\n")[3:-1]
    for number, line in enumerate(lines):
        end = "" if number + 1 < len(lines) and lines[number + 1].startswith("\\ No newline") else "\n"
        match line[:1]:
            case "@":
                first, count = map(int, line.split()[1][1:].split(","))
                first -= count > 0
                new += old[at:first]
                at = first
            case " " | "-":
                assert old[at] == line[1:] + end
                new += [old[at]] * (line[0] == " ")
                at += 1
            case "+":
                new.append(line[1:] + end)
    return "".join(new + old[at:])
