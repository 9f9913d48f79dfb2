"""Bytes ↔ text without loss: what encoding it is, and the proof that writing gives the bytes back.

UTF-8 first, then a byte-order mark, then UTF-16 by its zero bytes, then charset-normalizer's guess. A guess is
taken only if its letters make words, and only if encoding again gives the very bytes.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes that charset-normalizer looks at; its cost grows with them and its answer does not get better.
_SAMPLE = 1 << 16
#: Share of characters beyond ASCII that must stand in words or be typographic for a guess to be believed.
_BELIEVED = 0.8
#: Share of zero bytes at even or odd places that tells UTF-16 text from binary data.
_ZEROS = 0.3
#: Control characters a text may have: more than one in a hundred is binary data.
_CONTROLS = 0.01

#: Characters beyond ASCII that an alphabet other than Latin needs before a guess at it is believed.
_ALPHABET = 20

_BEYOND = regex.compile(r"[^\x00-\x7f\ufffd]")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LATIN = (
    r"(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z])"
    r"|[\u2010-\u2026\u20ac\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\u2122]"
)
_CREDIBLE_LATIN = regex.compile(_LATIN)
_CREDIBLE = regex.compile(rf"{_LATIN}|[^\x00-\x7f\p{{Latin}}]{{2,}}")


class NotTextError(ValueError):
    """The bytes are no text that could be written back; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name and the byte-order mark in front."""

    name: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The text's bytes, the mark in front."""
        return self.mark + text.encode(self.name)


def decode(raw: bytes) -> tuple[str, Encoding]:
    """The text and how to write it back. Raises ``NotTextError``."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw, Encoding(name, mark))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _other(raw, error)
    if "\x00" in text and (encoding := _by_zeros(raw)):
        return _strictly(raw, encoding)
    if found := _controls(text):
        raise NotTextError(f"binary data: {found}")
    return text, Encoding()


def _strictly(raw: bytes, encoding: Encoding) -> tuple[str, Encoding]:
    try:
        text = raw[len(encoding.mark) :].decode(encoding.name)
    except UnicodeDecodeError as error:
        at = len(encoding.mark) + error.start
        raise NotTextError(f"byte {at}: not valid {encoding.name}, which its first bytes announce") from None
    if encoding.encode(text) != raw:
        raise NotTextError(f"{encoding.name} would not give the same bytes back")
    if found := _controls(text):
        raise NotTextError(f"binary data, if it is {encoding.name}: {found}")
    return text, encoding


def _controls(text: str) -> str:
    """Where the first control character stands, if there are too many for text."""
    first = _CONTROL.search(text)
    if first is None or len(_CONTROL.findall(text)) <= _CONTROLS * len(text):
        return ""
    return f"control character U+{ord(first[0]):04X} at character {first.start()}"


def _by_zeros(raw: bytes) -> Encoding | None:
    half = max(1, min(len(raw), _SAMPLE) // 2)
    if raw[1:_SAMPLE:2].count(0) > _ZEROS * half > 8 * raw[0:_SAMPLE:2].count(0):
        return Encoding("utf-16-le")
    if raw[0:_SAMPLE:2].count(0) > _ZEROS * half > 8 * raw[1:_SAMPLE:2].count(0):
        return Encoding("utf-16-be")
    return None


def _other(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Encoding]:
    """UTF-16 without a mark or an eight-bit encoding, else the error that UTF-8 gave."""
    line = raw.count(b"\n", 0, error.start) + 1
    broken = f"line {line}, byte {error.start}: 0x{raw[error.start]:02x} is not valid UTF-8"
    if b"\x00" in raw[:_SAMPLE]:
        if encoding := _by_zeros(raw):
            return _strictly(raw, encoding)
        raise NotTextError(f"binary data: zero byte at {raw.index(0)}")
    replaced = raw.decode("utf-8", "replace")
    if len(_BEYOND.findall(replaced)) >= replaced.count("\ufffd"):
        raise NotTextError(f"{broken}, though other parts of the file are; repair or convert it")
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    sample = raw[max(0, error.start - _SAMPLE // 2) :][:_SAMPLE]
    best = from_bytes(sample).best()
    if best is not None:
        encoding = Encoding(best.encoding)
        try:
            text, encoding = _strictly(raw, encoding)
        except (NotTextError, UnicodeEncodeError):
            text = ""
        if text and _is_credible(text):
            return text, encoding
    raise NotTextError(f"{broken}, and no other encoding fits; convert it to UTF-8")


def _is_credible(text: str) -> bool:
    beyond = len(_BEYOND.findall(text))
    pattern = _CREDIBLE if beyond >= _ALPHABET else _CREDIBLE_LATIN
    return sum(len(match[0]) for match in pattern.finditer(text)) >= _BELIEVED * beyond
