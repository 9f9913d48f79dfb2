"""The keys of a rule file: one table that validation, ``cleaner rules schema`` and the docs share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from cleaner.model import Kind

#: What a removal can be; ``--select`` and ``--ignore`` take these.
CATEGORIES = (
    "newsletter", "promotion", "related", "author-bio", "share", "navigation", "comments", "legal",
    "about-this-site", "empty-widget", "embed", "metadata", "duplicate", "template", "boilerplate",
)  # fmt: skip

ID = r"[a-z0-9]+(-[a-z0-9]+)*"
KINDS = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its JSON Schema, and the same in words for an error."""

    schema: dict[str, Any]
    allowed: str
    fits: Callable[[Any], bool]
    about: str
    required: bool = False


def _string(about: str, allowed: str = "a string that is not empty", *, required: bool = False) -> Key:
    schema = {"type": "string", "minLength": 1}
    return Key(schema, allowed, lambda value: isinstance(value, str) and bool(value.strip()), about, required)


def _choice(choices: tuple[str, ...], about: str) -> Key:
    return Key({"enum": list(choices)}, " | ".join(choices), lambda value: value in choices, about)


def _strings(about: str, allowed: str, least: int = 1, *, required: bool = False) -> Key:
    def fits(value: Any) -> bool:
        return (
            isinstance(value, list)
            and len(value) >= least
            and all(isinstance(item, str) and item.strip() for item in value)
        )

    schema = {"type": "array", "minItems": least, "items": {"type": "string", "minLength": 1}}
    return Key(schema, allowed, fits, about, required)


def _name(about: str) -> Key:
    return Key(
        {"type": "string", "pattern": f"^{ID}$"},
        "lower-case words joined by hyphens",
        lambda value: isinstance(value, str) and re.fullmatch(ID, value) is not None,
        about,
        required=True,
    )


def _count(about: str) -> Key:
    return Key(
        {"type": "integer", "minimum": 1},
        "a whole number from 1",
        lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
        about,
    )


def _flag(about: str) -> Key:
    return Key({"type": "boolean"}, "true | false", lambda value: isinstance(value, bool), about)


def _weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -20 <= value <= 20


def _kinds(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(kind in KINDS for kind in value)


_LANGUAGES = _strings("ISO 639-1 codes of the languages its words belong to", 'a list such as ["en"]')
_SITES = _strings("hosts it is for, with *", 'a list such as ["*.example.org"]')

PACK_KEYS: dict[str, Key] = {
    "name": _name("the name by which configuration loads it"),
    "category": _choice(CATEGORIES, "what its rules remove, unless a rule says otherwise"),
    "description": _string("what it is for, in a sentence"),
    "languages": _LANGUAGES,
    "sites": _SITES,
}

RULE_KEYS: dict[str, Key] = {
    "id": _name("its name within its category; category/id names it everywhere"),
    "reason": _string("why a match is boilerplate, as a phrase", required=True),
    "category": _choice(CATEGORIES, "overrides the pack's"),
    "scope": _choice(("block", "section", "span"), "what goes: the block, a section from it on, or the match"),
    "pattern": _string("searched in a block's text", "a regular expression of the regex package", required=True),
    "weight": Key(
        {"type": "number", "minimum": -20, "maximum": 20},
        "a number from -20 to 20",
        _weight,
        "what a hit adds to the block's sum",
    ),
    "certain": _flag("a hit removes by itself"),
    "protect": _flag("a hit shields the block from weak evidence"),
    "min_words": _count("shorter blocks are not looked at"),
    "max_words": _count("longer blocks are not looked at"),
    "position": _choice(("head", "tail"), "where in the document it may hit"),
    "kinds": Key(
        {"type": "array", "minItems": 1, "items": {"enum": list(KINDS)}},
        f"a list of {', '.join(KINDS)}",
        _kinds,
        "kinds of block it looks at",
    ),
    "unless": _string("no hit where this matches too", "a regular expression of the regex package"),
    "extent": _choice(
        ("heading", "teasers", "short", "end", "empty"),
        "how far a section reaches: to the next heading; over titles with a summary each; over short lines; "
        "to the end; or only where nothing follows the heading",
    ),
    "stop": _string("a section ends before the block this matches", "a regular expression of the regex package"),
    "max_blocks": _count("a section ends after so many blocks"),
    "item_max_words": _count("a section of teasers or short lines ends before a longer block"),
    "sites": _SITES,
    "languages": _LANGUAGES,
    "ignore_case": _flag("false makes the patterns mind upper and lower case"),
    "remove": _strings("texts it must hit", "a list of at least two texts", 2, required=True),
    "keep": _strings("hard texts it must not hit", "a list of at least two texts", 2, required=True),
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a rule file, for editors."""

    def table(keys: dict[str, Key]) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "required": [name for name, key in keys.items() if key.required],
            "properties": {name: {**key.schema, "description": key.about} for name, key in keys.items()},
        }

    rule = table(RULE_KEYS)
    rule["oneOf"] = [{"required": [key]} for key in ("weight", "certain", "protect")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cleaner rule pack",
        "type": "object",
        "additionalProperties": False,
        "required": ["pack", "rule"],
        "properties": {"pack": table(PACK_KEYS), "rule": {"type": "array", "minItems": 1, "items": rule}},
    }
