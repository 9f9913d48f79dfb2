from __future__ import annotations

import json
import os
from typing import Any

import jsonschema
import pytest

from cleaner.fingerprint import fingerprint
from cleaner.reports.findings import Found
from cleaner.reports.sarif import as_sarif
from tests.files import DIRTY, cleaner, put
from tests.support import ROOT

#: As an npm package ships it (tests/browser/package.json).
SCHEMA = ROOT / ".venv/node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


def _found(path: str = "a.txt", rule: str = "newsletter/signup", text: str = "Sign up now.") -> Found:
    return Found(path, 3, 4, rule, rule.split("/")[0], "be\x1bcause", 6.0, False, text)


def _run(*found: Found) -> dict[str, Any]:
    log = json.loads(as_sarif(found))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


def test_results_point_at_lines_and_rules() -> None:
    run = _run(_found(), _found(rule="legal/terms"), _found("b.txt"))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["legal/terms", "newsletter/signup"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a.txt"}, "region": {"startLine": 3, "endLine": 4}}
    assert run["results"][0]["partialFingerprints"] == {"words/v1": fingerprint("Sign up now.")}
    assert run["results"][0]["message"]["text"] == 'be\\x1bcause: "Sign up now."'


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ü.txt", "a%20b/%C3%BC.txt"), ("/abs/a.txt", "file:///abs/a.txt"), ("not\udcfc.txt", "not%FC.txt"),
        ("a:b?c#d%.txt", "a%3Ab%3Fc%23d%25.txt"), ("javascript:x", "javascript%3Ax"),
    ],
)  # fmt: skip
def test_paths_become_uris(path: str, uri: str) -> None:
    (result,) = _run(_found(path))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_the_log_fits_the_schema(project: Any) -> None:
    if not SCHEMA.is_file():
        assert os.environ.get("CI") != "true", "the schema of SARIF is missing: in CI it must be there (make node)"
        pytest.skip("NO SCHEMA OF SARIF: logs were not validated; `make node` installs it")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    put(project / "in", {"a.txt": DIRTY})
    logs = [
        cleaner("check", "in", "--format", "sarif", code=1).stdout,
        as_sarif([]),
        as_sarif([_found("\udcfc <x>.txt")]),
    ]
    for log in logs:
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        assert [error.message for error in validator.iter_errors(json.loads(log))] == []
        assert log.isascii()
    broken = json.loads(logs[0])
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert list(validator.iter_errors(broken)), "the schema is really looked at"
