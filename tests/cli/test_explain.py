from __future__ import annotations

import json
from pathlib import Path

from tests.files import DIRTY, PLAIN, SETTINGS, cleaner, configure, put, records


def test_every_block_with_its_kind_sum_and_decision(project: Path) -> None:
    put(project, {"a.txt": DIRTY})
    lines = cleaner("explain", "a.txt").stdout.splitlines()
    assert lines[0].startswith("a.txt  (5 blocks, ")
    blocks = [line.split()[:4] for line in lines[1:] if line.split()[0].isdigit()]
    assert blocks == [
        ["1", "paragraph", "keep", "+0.0"], ["3", "paragraph", "remove", "+6.0"], ["5", "paragraph", "keep", "+0.0"],
        ["7", "heading", "remove", "+0.0"], ["9", "paragraph", "keep", "+0.0"],
    ]  # fmt: skip
    assert any(line.strip() == "+6.0  newsletter/signup: asks to sign up" for line in lines)


def test_documents_with_nothing_to_cut_and_those_held_are_explained_too(project: Path) -> None:
    configure(project, SETTINGS.replace("max_removed = 1", "max_removed = 0.01"))
    put(project, {"a.txt": PLAIN, "b.jsonl": records([{"text": PLAIN}, {"text": DIRTY}])})
    shown = cleaner("explain", "a.txt", "b.jsonl").stdout
    assert "a.txt  (2 blocks" in shown
    assert "b.jsonl:1  (2 blocks" in shown
    assert "left whole: would lose" in shown
    documents = json.loads(cleaner("explain", "a.txt", "b.jsonl", "--format", "json").stdout)["documents"]
    assert [(own["path"], own["line"], len(own["decisions"])) for own in documents] == [
        ("a.txt", None, 2), ("b.jsonl", 1, 2), ("b.jsonl", 2, 5)
    ]  # fmt: skip
