from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from cleaner.reports.json import decision, document, dump
from tests.files import DIRTY, PLAIN, SIGNUP, A, B, cleaner, put, records
from tests.support import ROOT, cleaned


def test_a_document_says_what_goes_and_on_what_sum() -> None:
    result = cleaned(f"{A}\n\n{SIGNUP}\n\n{B}\n")
    own = json.loads(dump(document("a.txt", None, result)))
    (removal,) = own.pop("removals")
    assert own == {"path": "a.txt", "line": None, "id": None, "characters": len(result.document.text), "held": None}
    assert result.document.text[removal["start"] : removal["end"]] == removal["text"] == f"{SIGNUP}\n\n"
    assert removal["score"] == sum(term["weight"] for term in removal["terms"]) == 6.0


def test_held_says_why_and_every_decision_has_its_block() -> None:
    result = cleaned(f"{A}\n\n{SIGNUP}\n", max_removed=0.01)
    assert document("a", 3, result)["held"].startswith("would lose")
    shown = [decision(own, result.document.text) for own in result.decisions]
    assert [(own["action"], own["line"]) for own in shown] == [("keep", 1), ("remove", 3)]
    assert shown[1]["text"] == SIGNUP


def test_any_text_becomes_ascii() -> None:
    raw = dump({"a": "\ud800 é \x1b \u2028 😀"})
    assert raw.isascii()
    assert json.loads(raw) == {"a": "\ud800 é \x1b \u2028 😀"}


def test_what_is_printed_fits_the_schema(project: Path) -> None:
    schema = json.loads((ROOT / "docs/json.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    Draft202012Validator.check_schema(schema)
    put(project / "in", {"a.txt": DIRTY, "b.txt": PLAIN, "c.jsonl": records([{"id": "x", "text": DIRTY}])})
    outputs = [
        cleaner("diff", "in", "--format", "json").stdout,
        cleaner("explain", "in", "--format", "json").stdout,
        cleaner("check", "in", "--format", "json", code=1).stdout,
    ]
    for output in outputs:
        assert [error.message for error in validator.iter_errors(json.loads(output))] == []
    other = json.loads(outputs[0])
    other["documents"][0]["removals"][0]["more"] = 1
    assert list(validator.iter_errors(other)), "a field that is not documented would be seen"
