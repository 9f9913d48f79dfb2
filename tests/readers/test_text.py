from __future__ import annotations

import io
from pathlib import PurePath

import pytest

from cleaner.errors import InputError
from cleaner.readers import READERS, SUFFIXES, for_path
from cleaner.readers.base import Fields, Unit
from cleaner.readers.markdown import MARKDOWN
from cleaner.readers.text import TEXT


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", ("text", "")),
        ("a/b.TEXT", ("text", "")),
        ("a.b.md", ("markdown", "")),
        ("a.markdown.gz", ("markdown", ".gz")),
        ("A.HTM.ZST", ("html", ".zst")),
        ("x.html", ("html", "")),
        ("x.jsonl.zst", ("jsonl", ".zst")),
        ("x.ndjson", ("jsonl", "")),
        ("a", None),
        (".txt", None),
        ("a.gz", None),
        ("a.txt.gz.gz", None),
        ("a.txt.bak", None),
        ("txt", None),
        ("a.json", None),
        ("a.py", None),
    ],
)
def test_which_reader(path: str, expected: tuple[str, str] | None) -> None:
    kind = for_path(PurePath(path))
    assert (kind and (kind[0].name, kind[1])) == expected


def test_the_table_holds_each_reader_under_its_name() -> None:
    assert all(reader.name == name for name, reader in READERS.items())
    assert sorted(SUFFIXES) == list(SUFFIXES)
    assert READERS["html"].output_suffix == ".txt"


@pytest.mark.parametrize("reader", [TEXT, MARKDOWN])
def test_a_file_is_a_document(reader: object) -> None:
    loaded = TEXT.load(Unit("text", "d/a.txt", b"\xef\xbb\xbfone\r\ntwo", None, "s"), Fields())
    assert loaded is not None
    assert (loaded.document.id, loaded.document.text, loaded.document.site) == ("d/a.txt", "one\r\ntwo", "s")
    assert loaded.without([(1, 5)]) == b"\xef\xbb\xbfotwo"
    assert loaded.without([]) == b"\xef\xbb\xbfone\r\ntwo"


def test_media() -> None:
    for reader, media in ((TEXT, "text"), (MARKDOWN, "markdown")):
        loaded = reader.load(Unit(reader.name, "a", b"x"), Fields())
        assert loaded is not None
        assert loaded.document.media == media


def test_an_empty_file_holds_no_document_and_binary_data_is_an_error() -> None:
    assert TEXT.load(Unit("text", "a.txt", b""), Fields()) is None
    with pytest.raises(InputError, match=r"a\.txt: binary data"):
        TEXT.load(Unit("text", "a.txt", b"\x00\x01\x02" * 9), Fields())


def test_a_unit_is_the_file_and_no_more_than_one_byte_over_the_limit() -> None:
    assert list(TEXT.units(io.BytesIO(b"a\nb"), 3)) == [(None, b"a\nb")]
    assert list(TEXT.units(io.BytesIO(b"a\nb" * 9), 5)) == [(None, b"a\nba\nb")]
