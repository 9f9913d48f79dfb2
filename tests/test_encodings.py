from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.encodings import Encoding, NotTextError, decode
from tests.property.strategies import texts

GERMAN = "Die Bäume am Flußufer mögen ältere Häuser überragen, doch für die Stadt zählen größere Früchte.\n" * 3
RUSSIAN = "Весной река выходит из берегов, и нижний луг на несколько недель становится озером.\n" * 4
OTHERS = {
    "shift_jis": "吾輩は猫である。名前はまだ無い。どこで生れたか",
    "euc_kr": "봄이 오면 강물이 넘쳐 호수가 된다",
    "big5": "每年春天河水漫過堤岸草地變成湖泊",
    "gb18030": "每年春天河水漫过堤岸草地变成湖泊",
}


@pytest.mark.parametrize(
    ("raw", "name", "mark"),
    [
        (b"", "utf-8", b""),
        (b"plain\r\n", "utf-8", b""),
        (GERMAN.encode(), "utf-8", b""),
        ("\ufeff\ufeffx".encode(), "utf-8", codecs.BOM_UTF8),
        (codecs.BOM_UTF8, "utf-8", codecs.BOM_UTF8),
        (GERMAN.encode("utf-16"), "utf-16-le", codecs.BOM_UTF16_LE),
        (codecs.BOM_UTF16_BE + "x😀".encode("utf-16-be"), "utf-16-be", codecs.BOM_UTF16_BE),
        (GERMAN.encode("utf-32"), "utf-32-le", codecs.BOM_UTF32_LE),
        (codecs.BOM_UTF32_BE + "x".encode("utf-32-be"), "utf-32-be", codecs.BOM_UTF32_BE),
        (b"plain text\n".decode().encode("utf-16-le"), "utf-16-le", b""),
        (GERMAN.encode("utf-16-be"), "utf-16-be", b""),
        (b"\x1b[1mbold\x1b[0m \x0c page\t\n", "utf-8", b""),
        (
            b"one \x00 stray zero in a line that is longer than the hundred characters of which one may be a control, "
            * 20,
            "utf-8",
            b"",
        ),
    ],
)
def test_what_it_is(raw: bytes, name: str, mark: bytes) -> None:
    text, encoding = decode(raw)
    assert encoding == Encoding(name, mark)
    assert text == raw[len(mark) :].decode(name)
    assert encoding.encode(text) == raw


@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "iso8859-15", "cp1250"])
def test_eight_bit_text_is_read_as_its_letters(codec: str) -> None:
    text, encoding = decode(GERMAN.encode(codec))
    assert text == GERMAN
    assert encoding.encode(GERMAN) == GERMAN.encode(codec)


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251", "shift_jis", "euc_kr", "big5", "gb18030"])
def test_other_alphabets_give_their_bytes_back(codec: str) -> None:
    raw = OTHERS.get(codec, RUSSIAN) * 5
    try:
        text, encoding = decode(raw.encode(codec))
    except NotTextError as error:
        assert "convert it to UTF-8" in str(error)
    else:
        assert encoding.encode(text) == raw.encode(codec)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x00\x01\x00\x02\x00\x03\x00\x04", "binary data, if it is utf-16-be: control character U+0001"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary data: zero byte at 8"),
        (b"\x7fELF\x02\x01\x01\x00" * 9, "binary data: control character U+0002 at character 4"),
        (b"abc\x01\x02" * 50, "binary data: control character U+0001 at character 3"),
        (codecs.BOM_UTF8 + b"ok \xff", "byte 6: not valid utf-8, which its first bytes announce"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8", "byte 4: not valid utf-16-le"),
        (codecs.BOM_UTF32_LE + b"abc", "byte 4: not valid utf-32-le"),
        ("gut Größe\n".encode() * 5 + b"schl\xe4cht\n", "line 6, byte 64: 0xe4 is not valid UTF-8, though other parts"),
        (b"one\ntwo \xed\xa0\x80\n", "line 2, byte 8: 0xed is not valid UTF-8"),
        (bytes(range(128, 256)), "line 1, byte 0: 0x80 is not valid UTF-8, and no other encoding fits"),
    ],
)
def test_what_is_no_text(raw: bytes, message: str) -> None:
    with pytest.raises(NotTextError) as caught:
        decode(raw)
    assert str(caught.value).startswith(message)


@given(st.one_of(st.binary(max_size=300), texts().map(lambda text: text.encode("utf-16", "replace"))))
def test_bytes_come_back_or_are_refused(raw: bytes) -> None:
    try:
        text, encoding = decode(raw)
    except NotTextError as error:
        assert str(error)
    else:
        assert encoding.encode(text) == raw


@given(st.binary(min_size=1, max_size=60).map(lambda raw: GERMAN.encode("cp1252") + raw + RUSSIAN.encode("cp1251")))
def test_bytes_of_no_encoding_come_back_or_are_refused(raw: bytes) -> None:
    test_bytes_come_back_or_are_refused.hypothesis.inner_test(raw)  # type: ignore[attr-defined]
