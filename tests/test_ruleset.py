from __future__ import annotations

import pytest

from cleaner.errors import RuleError
from cleaner.ruleschema import PACK_KEYS, RULE_KEYS, json_schema
from cleaner.ruleset import MAX_LEAD_WORDS, build, parse
from tests.support import pack, real_rules, rule

HEAD = '[pack]\nname = "p"\ncategory = "promotion"\n'


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("[pack", ["a.toml: not valid TOML: Expected"]),
        ("a = " + "9" * 5000, ["a.toml: not valid TOML"]),
        ("a = " + "[" * 5000, ["a.toml: not valid TOML"]),
        ("", ["a.toml: a [pack] table with name and category is missing"]),
        ("pack = 3", ["a.toml: a [pack] table"]),
        ("[packs]", ["a.toml: top level: unknown key 'packs'", "did you mean pack?", "allowed: pack, rule"]),
        (HEAD, ["a.toml: no [[rule]] table"]),
        (HEAD + "[rule]\nid = 'x'", ["a.toml: no [[rule]] table"]),
        ("rule = [3]\n" + HEAD, ["a.toml: rule number 1: found 3", "a [[rule]] table"]),
        ("[pack]\ncategory = 'promotion'", ["a.toml: [pack]: name: missing", "lower-case words joined by hyphens"]),
        ("[pack]\nname = 'My Pack'", ["[pack]: name: found 'My Pack'", "lower-case words joined by hyphens"]),
        ("[pack]\nname = 'p'\ncategory = 'ads'", ["[pack]: category: found 'ads'", "newsletter | promotion"]),
        ("[pack]\nname = 'p'\nlanguage = ['en']", ["[pack]: unknown key 'language'", "did you mean languages?"]),
        ("[pack]\nname = 'p'\n[[rule]]\nid = 'r'", ["rule r: reason: missing"]),
    ],
)  # fmt: skip
def test_errors_of_a_file(source: str, parts: list[str]) -> None:
    with pytest.raises(RuleError) as caught:
        parse(source, "a.toml")
    for part in parts:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "parts"),
    [
        ({"id": '"Bad Id"'}, ["id: found 'Bad Id'; allowed: lower-case words joined by hyphens"]),
        ({"id": '"a\\n"'}, ["id: found 'a\\n'"]),
        ({"id": ""}, ["rule number 1: id: missing"]),
        ({"reason": '" "'}, ["rule r: reason: found ' '; allowed: a string that is not empty"]),
        ({"category": '"ads"'}, ["rule r: category: found 'ads'; allowed: newsletter |"]),
        ({"scope": '"page"'}, ["rule r: scope: found 'page'; allowed: block | section | span"]),
        ({"pattern": ""}, ["rule r: pattern: missing; allowed: a regular expression"]),
        ({"pattern": "'(a'"}, ["rule r: pattern: found '(a', which the regex package refuses", "missing )"]),
        ({"pattern": "'a*'"}, ["rule r: pattern: found 'a*', which matches empty text"]),
        ({"pattern": "'a{99999999999999999999}'"}, ["rule r: pattern: found"]),
        ({"unless": "'['"}, ["rule r: unless: found '['"]),
        ({"scope": '"section"', "stop": "'x?'"}, ["rule r: stop: found 'x?', which matches empty text"]),
        ({"weight": "21"}, ["rule r: weight: found 21; allowed: a number from -20 to 20"]),
        ({"weight": "nan"}, ["rule r: weight: found nan"]),
        ({"weight": "inf"}, ["rule r: weight: found inf"]),
        ({"weight": "true"}, ["rule r: weight: found True"]),
        ({"weight": '"5"'}, ["rule r: weight: found '5'"]),
        ({"weight": ""}, ["rule r: found none of them; allowed is exactly one of weight"]),
        ({"weight": "0"}, ["rule r: found none of them"]),
        ({"certain": "true"}, ["rule r: found weight and certain"]),
        ({"weight": "", "certain": "true", "protect": "true"}, ["rule r: found certain and protect"]),
        ({"weight": "", "certain": "1"}, ["rule r: certain: found 1; allowed: true | false"]),
        ({"weight": "", "certain": "false"}, ["rule r: found none of them"]),
        ({"min_words": "0"}, ["rule r: min_words: found 0; allowed: a whole number from 1"]),
        ({"max_words": "1.5"}, ["rule r: max_words: found 1.5"]),
        ({"max_words": "true"}, ["rule r: max_words: found True"]),
        ({"position": '"middle"'}, ["rule r: position: found 'middle'; allowed: head | tail"]),
        ({"kinds": '["prose"]'}, ["rule r: kinds: found ['prose']; allowed: a list of heading, paragraph"]),
        ({"kinds": "[]"}, ["rule r: kinds: found []"]),
        ({"kinds": '"heading"'}, ["rule r: kinds: found 'heading'"]),
        ({"extent": '"end"'}, ['rule r: extent: only a rule with scope = "section" may have it']),
        ({"stop": "'x'"}, ['rule r: stop: only a rule with scope = "section"']),
        ({"max_blocks": "3"}, ["rule r: max_blocks: only"]),
        ({"scope": '"span"', "item_max_words": "3"}, ["rule r: item_max_words: only"]),
        ({"scope": '"section"', "extent": '"far"'}, ["rule r: extent: found 'far'; allowed: heading | teasers"]),
        ({"scope": '"span"', "weight": "", "protect": "true"}, ['rule r: protect: allowed with scope = "block"']),
        ({"sites": '"x.org"'}, ["rule r: sites: found 'x.org'; allowed: a list such as"]),
        ({"languages": "[1]"}, ["rule r: languages: found [1]"]),
        ({"ignore_case": '"no"'}, ["rule r: ignore_case: found 'no'; allowed: true | false"]),
        ({"remove": '["one"]'}, ["rule r: remove: found ['one']; allowed: a list of at least two texts"]),
        ({"keep": '["one", ""]'}, ["rule r: keep: found ['one', '']"]),
        ({"keep": ""}, ["rule r: keep: missing; allowed: a list of at least two texts"]),
        ({"patern": "'x'"}, ["rule r: unknown key 'patern'; did you mean pattern?", "allowed: id, reason"]),
        ({"maxwords": "3"}, ["did you mean max_words?"]),
        ({"zzzz": "3"}, ["unknown key 'zzzz'; allowed: id"]),
    ],
)  # fmt: skip
def test_errors_of_a_rule_start_with_file_and_rule(keys: dict[str, str], parts: list[str]) -> None:
    with pytest.raises(RuleError) as caught:
        parse(pack(**keys), "dir/a.toml")
    assert str(caught.value).startswith("dir/a.toml: rule ")
    for part in parts:
        assert part in str(caught.value)


def test_a_category_must_stand_somewhere() -> None:
    with pytest.raises(RuleError, match=r"rule r: category: missing here and in .pack.; allowed: newsletter"):
        parse(pack().replace('category = "promotion"\n', ""), "a.toml")


def test_an_id_twice_in_a_file() -> None:
    source = pack()
    with pytest.raises(RuleError, match=r"a.toml: rule promotion/r: the id stands twice in this file"):
        parse(source + source[source.index("[[rule]]") :], "a.toml")


def test_a_name_in_two_packs() -> None:
    with pytest.raises(RuleError, match=r"b.toml: rule promotion/r: this name is taken by a.toml; give it an id"):
        build([parse(pack(), "a.toml"), parse(pack(), "b.toml")])


@pytest.mark.parametrize(
    "keys",
    [
        {"weight": "-20"}, {"weight": "20.0"}, {"weight": "", "certain": "true"}, {"certain": "false"},
        {"scope": '"section"', "stop": "'x'", "extent": '"empty"', "max_blocks": "1"},
        {"kinds": '["heading", "quote"]'},
        {"id": '"a1-b2"'}, {"pattern": "'(?x) fo o # c'"}, {"pattern": r"'\bfoo\b'"}, {"position": '"tail"'},
    ],
)  # fmt: skip
def test_rules_that_are_fine(keys: dict[str, str]) -> None:
    assert parse(pack(**keys), "a.toml").rules[0].name.startswith("promotion/")


def test_what_a_rule_takes_from_its_pack_and_what_it_overrides() -> None:
    source = pack().replace("[[rule]]", 'languages = ["en"]\nsites = ["X.org"]\n[[rule]]')
    plain = parse(source, "a.toml").rules[0]
    assert (plain.category, plain.languages, plain.sites, plain.pack) == ("promotion", ("en",), ("x.org",), "p")
    own = parse(source + 'category = "legal"\nsites = ["y.org"]\nlanguages = ["de"]', "a.toml").rules[0]
    assert (own.name, own.languages, own.sites) == ("legal/r", ("de",), ("y.org",))


def test_a_lead_is_short_unless_its_rule_says_otherwise() -> None:
    assert rule(scope='"section"').max_words == MAX_LEAD_WORDS
    assert rule(scope='"section"', max_words="30").max_words == 30
    assert rule().max_words > 10_000


@pytest.mark.parametrize(
    ("sites", "site", "expected"),
    [
        ("", None, True),
        ("", "x.org", True),
        ('["x.org"]', "x.org", True),
        ('["X.org"]', "x.ORG", True),
        ('["*.x.org"]', "a.x.org", True),
        ('["*.x.org", "y.org"]', "y.org", True),
        ('["*.x.org"]', "x.org", False),
        ('["x.org"]', "x.org.evil.com", False),
        ('["x.org"]', None, False),
    ],
)
def test_sites(sites: str, site: str | None, expected: bool) -> None:
    assert rule(sites=sites).applies_to(site) is expected


def test_case_counts_only_on_demand() -> None:
    assert rule().pattern.search("FOO")
    assert not rule(ignore_case="false").pattern.search("FOO")


def test_rules_come_sorted_and_by_name() -> None:
    second = pack(id='"a"').replace('name = "p"', 'name = "q"')
    rules = build([parse(pack(), "a.toml"), parse(second, "b.toml")])
    assert [own.name for own in rules] == ["promotion/a", "promotion/r"] == list(rules.by_name)
    assert len(rules) == 2


def test_the_schema_has_every_key_and_says_what_it_is_for() -> None:
    schema = json_schema()["properties"]
    for table, keys in ((schema["pack"], PACK_KEYS), (schema["rule"]["items"], RULE_KEYS)):
        assert set(table["properties"]) == set(keys)
        assert not table["additionalProperties"]
        assert all(own["description"] for own in table["properties"].values())
        assert set(table["required"]) == {name for name, key in keys.items() if key.required}


def test_the_shipped_packs_are_valid() -> None:
    names = [own.name for own in real_rules()]
    assert len(names) > 20
    assert names == sorted(set(names))
