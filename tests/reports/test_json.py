from __future__ import annotations

import json

from cleaner.reports.json import decision, document, dump
from tests.files import SIGNUP, A, B
from tests.support import cleaned


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
