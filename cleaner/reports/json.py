"""Documents and their removals as JSON objects (docs/json.md says what each field means)."""

from __future__ import annotations

import json
from typing import Any

from cleaner.model import Cleaned, Decision, Removal

#: Raised when a field changes its meaning or goes.
VERSION = 1


def document(path: str, line: int | None, cleaned: Cleaned) -> dict[str, Any]:
    """A document with what would go from it."""
    text = cleaned.document.text
    return {
        "path": path,
        "line": line,
        "id": cleaned.document.metadata.get("id"),
        "characters": len(text),
        "held": cleaned.held or None,
        "removals": [removal(own, text) for own in cleaned.removals],
    }


def removal(own: Removal, text: str) -> dict[str, Any]:
    """A removal with its text and the sum behind it."""
    return {
        "start": own.start,
        "end": own.end,
        "text": text[own.start : own.end],
        "rule": own.rule,
        "category": own.category,
        "reason": own.reason,
        "score": round(own.score, 3),
        "certain": own.certain,
        "terms": [{"name": term.name, "weight": round(term.weight, 3)} for term in own.terms],
        "evidence": own.evidence,
    }


def decision(own: Decision, text: str) -> dict[str, Any]:
    """A block with its decision."""
    return {
        "start": own.start,
        "end": own.end,
        "line": own.line,
        "kind": own.kind,
        "text": text[own.start : own.end],
        "action": own.action,
        "score": round(own.score, 3),
        "terms": [{"name": term.name, "weight": round(term.weight, 3)} for term in own.terms],
        "note": own.note,
    }


def dump(value: Any) -> str:
    """ASCII only, so that lone surrogates and odd characters reach any reader."""
    return json.dumps(value, ensure_ascii=True)
