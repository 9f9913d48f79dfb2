"""Findings as SARIF 2.1.0, the form that code scanning and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0. A result's fingerprint is that of
baselines and decisions, so that a finding is the same one after edits above it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from cleaner import __version__
from cleaner.fingerprint import fingerprint
from cleaner.reports.findings import Found
from cleaner.reports.safe import one_line, visible

_TEXT = 200


def as_sarif(found: Sequence[Found]) -> str:
    """A log with one run; all ASCII."""
    rules = {own.rule: own for own in sorted(found, key=lambda own: own.rule, reverse=True)}
    names = sorted(rules)
    numbers = {name: number for number, name in enumerate(names)}
    driver = {"name": "cleaner", "version": __version__, "rules": [_rule(rules[name]) for name in names]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(own, numbers[own.rule]) for own in found],
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=1)


def _rule(found: Found) -> dict[str, Any]:
    return {
        "id": found.rule,
        "shortDescription": {"text": visible(found.reason)},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": [found.category]},
    }


def _result(found: Found, number: int) -> dict[str, Any]:
    return {
        "ruleId": found.rule,
        "ruleIndex": number,
        "level": "warning",
        "message": {"text": f'{visible(found.reason)}: "{one_line(found.text, _TEXT)}"'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(found.path)},
                    "region": {"startLine": found.line, "endLine": found.end_line},
                }
            }
        ],
        "partialFingerprints": {"words/v1": fingerprint(found.text)},
        "properties": {"score": found.score, "certain": found.certain},
    }


def _uri(path: str) -> str:
    """The path as a URI reference; bytes that are no UTF-8 are escaped as they are."""
    escaped = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    return "file://" + escaped if escaped.startswith("/") else escaped
