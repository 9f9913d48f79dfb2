from __future__ import annotations

import pytest

from tests.support import PROSE, found, pack


@pytest.mark.parametrize(
    ("keys", "text", "blocks"),
    [
        ({}, "bar\n\na FOO here", [1]),
        ({}, "bar\n\nbaz", []),
        ({}, "```\nfoo\n```", []),
        ({}, "---\ntitle: foo\n---\nbar", []),
        ({"pattern": "'^foo$'"}, "- **foo**\n\nfoo bar", [0]),
        ({"pattern": "'a foo'"}, "[a](http://x.org) foo", [0]),
        ({"max_words": "2"}, "a foo\n\none foo two", [0]),
        ({"min_words": "3"}, "a foo\n\none foo two", [1]),
        ({"kinds": '["heading"]'}, "# foo\n\nfoo is here.", [0]),
        ({"unless": "'bar'"}, "foo.\n\nfoo bar.", [0]),
        ({"ignore_case": "false"}, "foo.\n\nFOO.", [0]),
        ({"sites": '["x.org"]'}, "foo", []),
        ({"position": '"head"'}, "\n\n".join(["bar baz."] * 40 + ["foo"]), []),
        ({"position": '"tail"'}, "\n\n".join(["foo", *["bar baz."] * 40]), []),
        ({"position": '"tail"'}, "\n\n".join([*["bar baz."] * 40, "foo"]), [40]),
    ],
)
def test_block_rules(keys: dict[str, str], text: str, blocks: list[int]) -> None:
    assert [finding.block for finding in found(text, pack(**keys))] == blocks


def test_a_finding_says_what_was_found_and_why() -> None:
    (finding,) = found("a FOO here", pack())
    assert (finding.rule, finding.category, finding.reason) == ("promotion/r", "promotion", "because")
    assert (finding.weight, finding.certain, finding.evidence, finding.cut) == (6.0, False, "FOO", None)


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("a foo b foo", ["foo", "foo"]),
        ("a **foo** b", ["**foo**"]),
        ("a [foo](http://x.org) b", ["[foo](http://x.org)"]),
        ("- foo", ["- foo"]),
        ("bar", []),
        ("foo but not here", []),
    ],
)
def test_span_rules(text: str, cuts: list[str]) -> None:
    findings = found(text, pack(scope='"span"', unless="'not'"))
    assert [text[slice(*finding.cut)] for finding in findings if finding.cut] == cuts


def test_a_span_rule_makes_a_hundred_cuts_a_block_at_most() -> None:
    assert len(found("foo " * 300, pack(scope='"span"'))) == 100


def test_a_section_rule_finds_its_lead_and_what_follows() -> None:
    text = f"{PROSE[0]}\n\n## foo\n\none two.\n\nthree four.\n\n## bar\n\n{PROSE[1]}"
    findings = found(text, pack(scope='"section"'))
    assert [finding.block for finding in findings] == [1, 2, 3]
    assert findings[1].evidence == 'in the section under "foo"'


def test_a_lead_is_short() -> None:
    assert found("foo " + "word " * 12, pack(scope='"section"')) == []
    assert found("foo " + "word " * 11, pack(scope='"section"')) != []
