from __future__ import annotations

import pytest

from cleaner.model import Removal
from cleaner.reports.unified import unified

TEXT = "".join(f"line {number}\n" for number in range(1, 21))


def _diff(text: str, *cuts: str, context: int = 1, path: str = "a.txt", reason: str = "because") -> list[str]:
    spans = [(text.index(cut), text.index(cut) + len(cut)) for cut in cuts]
    removals = [Removal(start, end, "a/b", "a", reason, 1.0) for start, end in spans]
    return unified(path, text, spans, removals, context).splitlines()


@pytest.mark.parametrize(
    ("cuts", "hunks"),
    [
        (["line 5\n"], ["@@ -4,3 +4,2 @@ a/b +1.0 because", " line 4", "-line 5", " line 6"]),
        (["line 1\n"], ["@@ -1,2 +1,1 @@ a/b +1.0 because", "-line 1", " line 2"]),
        (["line 20\n"], ["@@ -19,2 +19,1 @@ a/b +1.0 because", " line 19", "-line 20"]),
        (["ine 5"], ["@@ -4,3 +4,3 @@ a/b +1.0 because", " line 4", "-line 5", "+l", " line 6"]),
        (["5\nline "], ["@@ -4,3 +4,2 @@ a/b +1.0 because", " line 4", "-line 5", " line 6"]),
        (
            ["line 5\n", "line 7\n"],
            ["@@ -4,5 +4,3 @@ a/b +1.0 because", " line 4", "-line 5", " line 6", "-line 7", " line 8"],
        ),
        (
            ["line 5\n", "line 9\n"],
            [
                "@@ -4,3 +4,2 @@ a/b +1.0 because",
                " line 4",
                "-line 5",
                " line 6",
                "@@ -8,3 +7,2 @@ a/b +1.0 because",
                " line 8",
                "-line 9",
                " line 10",
            ],
        ),
        ([TEXT], ["@@ -1,20 +0,0 @@ a/b +1.0 because", *(f"-line {n}" for n in range(1, 21))]),
        ([], []),
    ],
)
def test_hunks(cuts: list[str], hunks: list[str]) -> None:
    shown = _diff(TEXT, *cuts)
    assert shown[3:] == hunks
    assert shown[:3] == (["diff --git a/a.txt b/a.txt", "--- a/a.txt", "+++ b/a.txt"] if cuts else [])


def test_no_newline_at_the_end() -> None:
    assert _diff("one\ntwo\nthree", "two\n")[4:] == [" one", "-two", " three", "\\ No newline at end of file"]
    assert _diff("one\ntwo", "two")[4:] == [" one", "-two", "\\ No newline at end of file"]
    assert _diff("one\ntwo", "\ntwo")[4:] == [
        "-one",
        "-two",
        "\\ No newline at end of file",
        "+one",
        "\\ No newline at end of file",
    ]


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("with space.txt", "a/with space.txt"),
        ("ü.txt", '"a/\\303\\274.txt"'),
        ('"q".txt', '"a/\\"q\\".txt"'),
        ("back\\slash", '"a/back\\\\slash"'),
        ("line\nfeed\t\x1b", '"a/line\\nfeed\\t\\033"'),
        ("not\udcfc.txt", '"a/not\\374.txt"'),
    ],
)
def test_paths_are_quoted_as_git_does(path: str, quoted: str) -> None:
    assert _diff(TEXT, "line 5\n", path=path)[1] == f"--- {quoted}"


def test_a_reason_stays_in_its_line() -> None:
    assert _diff(TEXT, "line 5\n", reason="x\n-line 6\n\x1b")[3] == "@@ -4,3 +4,2 @@ a/b +1.0 x -line 6 \\x1b"
