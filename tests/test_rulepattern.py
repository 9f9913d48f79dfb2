from __future__ import annotations

import json
import pickle

import pytest
import regex

from cleaner.rulepattern import Pattern
from tests.support import pack, ruleset


def test_it_is_compiled_when_it_is_first_searched() -> None:
    broken = Pattern("(a")
    with pytest.raises(regex.error):
        broken.search("a")
    pattern = Pattern("fo+")
    assert pattern.search("a FOO")[0] == "FOO"  # type: ignore[index]
    assert [match[0] for match in pattern.finditer("fo foo", timeout=1.0)] == ["fo", "foo"]
    assert not Pattern("fo+", ignore_case=False).search("FOO")


def test_it_is_data() -> None:
    pattern = Pattern("fo+")
    pattern.search("foo")
    copy = pickle.loads(pickle.dumps(pattern))
    assert copy == pattern == Pattern("fo+")
    assert hash(copy) == hash(pattern)
    assert pattern not in (Pattern("fo+", False), Pattern("foo"), "fo+")
    assert repr(pattern) == "Pattern('fo+', True)"
    with pytest.raises(AttributeError, match="'Pattern' object has no attribute 'fullmatch'"):
        pattern.fullmatch("x")


def test_a_rule_set_can_be_sent_to_another_process() -> None:
    rules = ruleset(pack(pattern="'foo'", unless="'bar'"))
    assert pickle.loads(pickle.dumps(rules)) == rules


@pytest.mark.parametrize(
    "source", ["fo+", r"(?x) ^ (?:a|b) \b", r"\p{Lu}[\p{L}\d]*", r"(a)(?!\1)", r"x{2,5}?|\N{DIGIT ONE}", "(?<=a)b"]
)
def test_its_code_is_data_that_finds_the_same(source: str) -> None:
    code = json.loads(json.dumps(Pattern(source).code()))
    pattern = Pattern(source)
    pattern.take(code)
    for text in ("a foo", "b", "\u00c9t\u00e9 1", "aa ab", "xxx1", ""):
        found = [match.span() for match in pattern.finditer(text)]
        assert found == [match.span() for match in regex.finditer(source, text, regex.IGNORECASE)]


def test_a_pattern_with_names_is_always_compiled() -> None:
    """Their code has parts that JSON does not keep."""
    assert Pattern(r"(?P<name>a)").code() is None
    pattern = Pattern(r"(?P<name>a)")
    pattern.take(None)
    assert pattern.search("a")
