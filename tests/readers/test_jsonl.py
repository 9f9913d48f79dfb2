from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import InputError
from cleaner.readers.base import Fields, Loaded, Unit
from cleaner.readers.jsonl import JSONL
from tests.property.strategies import texts_with_cuts


def _load(line: str | bytes, fields: Fields | None = None, site: str | None = None) -> Loaded | None:
    raw = line.encode() if isinstance(line, str) else line
    return JSONL.load(Unit("jsonl", "a.jsonl", raw, 3, site), fields or Fields())


#: a line, the text in it, what is cut from the text, and the line after
CUTS = [
    (r'{"text": "keep AD"}', "keep AD", "AD", r'{"text": "keep "}'),
    (r'{"text":"AD"}', "AD", "AD", r'{"text":""}'),
    (r'{"text": "\u00e9 AD \u00e9"}', "é AD é", "AD ", r'{"text": "\u00e9 \u00e9"}'),
    (r'{"text": "\u0041D \u00C9"}', "AD É", "AD ", r'{"text": "\u00C9"}'),
    (r'{"text": "a\"AD\"b\\AD"}', 'a"AD"b\\AD', '"AD"', r'{"text": "ab\\AD"}'),
    (r'{"text": "\ud83d\ude00AD\ud83d\ude00"}', "😀AD😀", "AD😀", r'{"text": "\ud83d\ude00"}'),
    (r'{"text": "\uD83DAD\ude00 \\ud83d"}', "\ud83dAD\ude00 \\ud83d", "AD\ude00", r'{"text": "\uD83D \\ud83d"}'),
    (r'{"text": "\ud83d\ud83d\ude00AD"}', "\ud83d😀AD", "AD", r'{"text": "\ud83d\ud83d\ude00"}'),
    (r'{"text": "é😀\u2028AD\/"}', "é😀\u2028AD/", "AD/", r'{"text": "é😀\u2028"}'),
    (r'{"text": "a\nAD\r\n\tb"}', "a\nAD\r\n\tb", "AD\r\n", r'{"text": "a\n\tb"}'),
    (
        r'{"n": 1e400, "x": NaN, "text": "AD.", "y": -Infinity}',
        "AD.",
        "AD",
        r'{"n": 1e400, "x": NaN, "text": ".", "y": -Infinity}',
    ),
    (
        r'{"text": "AD 1", "a": 1.10, "text": "AD 2", "a": 2}',
        "AD 2",
        "AD ",
        r'{"text": "AD 1", "a": 1.10, "text": "2", "a": 2}',
    ),
    (
        '\ufeff {"\\u0074ext" :\t"é AD" , "z":{"text":"AD"}}  \r\n',
        "é AD",
        "AD",
        '\ufeff {"\\u0074ext" :\t"é " , "z":{"text":"AD"}}  \r\n',
    ),
    ('{"n": ' + "9" * 6000 + ', "text": "AD."}\n', "AD.", "AD", '{"n": ' + "9" * 6000 + ', "text": "."}\n'),
]


@pytest.mark.parametrize(("line", "text", "cut", "expected"), CUTS)
def test_only_bytes_of_the_text_change(line: str, text: str, cut: str, expected: str) -> None:
    loaded = _load(line)
    assert loaded is not None
    assert loaded.document.text == text
    at = text.index(cut)
    assert loaded.without([(at, at + len(cut))]) == expected.encode()
    assert loaded.without([]) == line.encode()


@given(texts_with_cuts(), st.booleans(), st.text(max_size=5))
def test_cuts_anywhere_in_any_text(case: tuple[str, list[tuple[int, int]]], ascii_: bool, other: str) -> None:
    text, spans = case
    ascii_ = ascii_ or any("\ud800" <= c <= "\udfff" for c in text + other)
    line = json.dumps({other + "k": text, "text": text, "z": other}, ensure_ascii=ascii_) + "\n"
    loaded = _load(line)
    assert loaded is not None
    assert loaded.document.text == json.loads(line)["text"]
    if loaded.document.text == text:
        kept = "".join(
            text[a:b] for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), None], strict=True)
        )
        expected = json.dumps({other + "k": text, "text": kept, "z": other}, ensure_ascii=ascii_) + "\n"
        assert loaded.without(spans) == expected.encode()


@pytest.mark.parametrize(
    ("line", "fields", "expected"),
    [
        (
            '{"id": "a1", "url": "https://X.org/p", "text": "t"}',
            Fields(),
            ("t", {"id": "a1"}, "https://X.org/p", "x.org"),
        ),
        ('{"id": 7, "text": "t"}', Fields(), ("t", {"id": "7"}, None, "folder")),
        ('{"id": 1.5, "url": 3, "site": "s", "text": "t"}', Fields(), ("t", {}, None, "s")),
        (
            '{"key": "k", "link": "http://[x", "body": "b", "text": 1}',
            Fields("body", "key", "link"),
            ("b", {"id": "k"}, "http://[x", "folder"),
        ),
    ],
)
def test_id_url_and_site(line: str, fields: Fields, expected: tuple[object, ...]) -> None:
    loaded = _load(line, fields, None if "X.org" in line else "folder")
    assert loaded is not None
    own = loaded.document
    assert (own.text, dict(own.metadata), own.url, own.site) == expected
    assert own.id == "a.jsonl:3"


@pytest.mark.parametrize("line", ["", "\n", " \r\n", "\ufeff\n", '{"text": null}', b"\xef\xbb\xbf"])
def test_lines_without_a_document(line: str | bytes) -> None:
    assert _load(line) is None


@pytest.mark.parametrize(
    "line", ["[", "1", '{"text": "\n"}', '{"text" "a"}', '{"text": tru}', "{", '{"a"', '{"a":', '{"text": "a"}}']
)
def test_lines_that_are_no_records(line: str) -> None:
    with pytest.raises(InputError, match=r"^a.jsonl:3: (not valid JSON|found)"):
        _load(line)


def test_units_are_lines_with_their_ends_and_too_long_ones_are_cut_short() -> None:
    raw = b"one\r\ntwo\rstill two\n\nlast"
    assert list(JSONL.units(io.BytesIO(raw), 99)) == [
        (1, b"one\r\n"),
        (2, b"two\rstill two\n"),
        (3, b"\n"),
        (4, b"last"),
    ]
    assert next(iter(JSONL.units(io.BytesIO(b"x" * 50), 9))) == (1, b"x" * 10)
