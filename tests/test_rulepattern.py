from __future__ import annotations

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
