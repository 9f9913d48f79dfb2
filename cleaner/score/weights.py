"""The file of weights, as text: one gram or one tree a line, tab-separated, all weights in thousandths.

::

    cleaner weights 3
    bias    words   -412
    bias    sighted first   103
    tree    sighted first   words < 8   place < 0.1   last < 1   … (7)   12 -40 31 … (15)
    gram    -1204 -310 0 0  sign in

A tree's questions and weights stand level by level, yes before no, as :class:`.trees.Sum` has them. The four weights of
a gram are those of :data:`.lexicon.VOICES`.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from math import isfinite
from typing import overload

import numpy as np

from cleaner.errors import RuleError
from cleaner.score.lexicon import VOICES, Lexicon
from cleaner.score.scorer import MAKES, WEB, Looks, Weights, columns_of
from cleaner.score.trees import QUESTIONS, WEIGHTS, Question, Sum
from cleaner.tokens import I64

HEAD = "cleaner weights 3"
_BELOW = " < "
_LOOKS = ("first", "again")


def dump(weights: Weights) -> str:
    """The file's text; :func:`parse` gives the same weights back."""
    return "\n".join([HEAD, *_lines(weights), ""])


def _lines(weights: Weights) -> Iterator[str]:
    yield f"bias\twords\t{weights.lexicon.bias}"
    for name, own in _named(weights):
        yield f"bias\t{name}\t{own.bias}"
        for questions, said in zip(own.questions, own.weights.tolist(), strict=True):
            asked = [f"{column}{_BELOW}{value:g}" for column, value in questions]
            yield "\t".join(["tree", name, *asked, " ".join(map(str, said))])
    for gram, voices in zip(weights.lexicon.names, weights.lexicon.voices.tolist(), strict=True):
        yield f"gram\t{' '.join(map(str, voices))}\t{gram}"


def _named(weights: Weights) -> Iterator[tuple[str, Sum]]:
    """The sums with their names in the file."""
    for make, looks in zip(MAKES, weights.looks, strict=False):
        for look, own in zip(_LOOKS, (looks.first, looks.again), strict=True):
            if own:
                yield f"{make} {look}", own


def parse(data: bytes, origin: str) -> Weights:
    """The weights of a file; ``origin`` is what errors name. Raises ``RuleError``."""
    grams = _grams(data)
    try:
        head, _, lines = data[: len(data) - len(grams)].decode().partition("\n")
    except UnicodeDecodeError as error:
        raise RuleError(f"{origin}: cannot be read: {error}") from None
    if head != HEAD:
        raise RuleError(f"{origin}: line 1: found {head[:40]!r}; allowed: {HEAD!r}")
    biases: dict[str, int] = {}
    trees = {f"{make} {look}": _Trees(columns_of(make, look == _LOOKS[1])) for make in MAKES for look in _LOOKS}
    for number, line in enumerate(lines.rstrip("\n").split("\n"), 2):
        fields = line.split("\t")
        try:
            if fields[0] == "bias":
                biases[fields[1]] = int(fields[2])
            elif fields[0] == "tree":
                trees[fields[1]].add(fields[2:-1], fields[-1])
            else:
                raise ValueError(fields[0])
        except _ColumnError as error:
            raise RuleError(f"{origin}: line {number}: {error}") from None
        except (ValueError, KeyError, IndexError):
            raise RuleError(f"{origin}: line {number}: found {line[:40]!r}; allowed: bias, tree, gram") from None
    if "words" not in biases:
        raise RuleError(f"{origin}: no bias of words")
    bias = biases["words"]
    looks = _looks({name: own for name, part in trees.items() if (own := _sum(name, part, biases, origin))})
    for make in MAKES[:WEB]:
        if make not in looks:
            raise RuleError(f"{origin}: no trees of {make} first")
    return Weights(_lexicon(grams, bias, origin), **looks)


def _looks(sums: Mapping[str, Sum]) -> dict[str, Looks]:
    """The looks by make, from the sums by their names in the file."""
    return {make: Looks(first, sums.get(f"{make} again")) for make in MAKES if (first := sums.get(f"{make} first"))}


def _sum(name: str, trees: _Trees, biases: Mapping[str, int], origin: str) -> Sum | None:
    if name not in biases:
        if trees:
            raise RuleError(f"{origin}: no bias of {name}")
        return None
    try:
        return trees.sum(biases[name])
    except ValueError as error:
        raise RuleError(f"{origin}: trees of {name}: {error}") from None


def kept(weights: Weights) -> bytes:
    """What takes long to make anew of the file: the sums, as JSON, and the lexicon."""
    sums = {
        name: (
            own.bias,
            {column: edges.tolist() for column, edges in own.edges.items()},
            *(numbers.ravel().tolist() for numbers in (own.columns, own.below, own.weights)),
        )
        for name, own in _named(weights)
    }
    head = json.dumps((weights.lexicon.bias, sums)).encode()
    head += b" " * (-len(head) % 8)  # what follows are numbers of eight bytes
    return len(head).to_bytes(8, "little") + head + weights.lexicon.kept()


def of_kept(entry: bytes, data: bytes) -> Weights:
    """The weights of which :func:`kept` gave the entry. Of their file, ``data``, only names of grams are ever read."""
    start = 8 + int.from_bytes(entry[:8], "little")
    bias, parts = json.loads(entry[8:start])
    sums = {
        name: Sum(
            own,
            {column: np.asarray(values) for column, values in edges.items()},
            np.asarray(columns, np.int64).reshape(-1, QUESTIONS),
            np.asarray(below, np.uint8).reshape(-1, QUESTIONS),
            np.asarray(weights, np.int64).reshape(-1, WEIGHTS),
        )
        for name, (own, edges, columns, below, weights) in parts.items()
    }
    return Weights(Lexicon.of_kept(_Names(_grams(data)), memoryview(entry)[start:], bias), **_looks(sums))


def _grams(data: bytes) -> bytes:
    """The lines of grams, with which the file ends."""
    return data[data.find(b"\ngram\t") + 1 or len(data) :]


class _ColumnError(ValueError):
    """A question about a column that there is not."""


class _Trees:
    """The trees of one sum, as they are read; they ask about ``columns``. All that reads raises ``ValueError``."""

    def __init__(self, columns: Set[str]) -> None:
        self._columns = columns
        self._questions: list[list[Question]] = []
        self._weights: list[str] = []
        self._known: dict[str, Question] = {}

    def __bool__(self) -> bool:
        return bool(self._questions)

    def add(self, questions: Sequence[str], weights: str) -> None:
        if len(questions) != QUESTIONS or weights.count(" ") != WEIGHTS - 1:
            raise ValueError(questions)
        self._questions.append([self._known.get(text) or self._question(text) for text in questions])
        self._weights.append(weights)

    def sum(self, bias: int) -> Sum:
        return Sum.of(bias, self._questions, _numbers(" ".join(self._weights)))

    def _question(self, text: str) -> Question:
        column, _, value = text.rpartition(_BELOW)
        self._known[text] = column, float(value)
        if column not in self._columns:
            raise _ColumnError(f"found a question about {column!r}; allowed: {', '.join(sorted(self._columns))}")
        if not isfinite(self._known[text][1]):
            raise ValueError(text)
        return self._known[text]


def _numbers(text: str) -> I64:
    """Whole numbers between spaces. Raises ``ValueError``."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)  # what older NumPy says of text that is no number
        try:
            return np.fromstring(text, np.int64, sep=" ")
        except (DeprecationWarning, ValueError) as error:
            raise ValueError(f"found a weight that is no whole number: {text[:40]!r} …") from error


class _Names(Sequence[str]):
    """The grams at a file's end, looked up line by line: few are ever asked for."""

    def __init__(self, grams: bytes) -> None:
        self._data = grams.rstrip(b"\n") + b"\n" if grams else b""

    @cached_property
    def _ends(self) -> I64:
        return np.concatenate(([-1], np.flatnonzero(np.frombuffer(self._data, np.uint8) == 10)))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        line = self._data[int(self._ends[at]) + 1 : int(self._ends[at + 1])]
        return line.rpartition(b"\t")[2].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1


def _fields(grams: bytes) -> list[str]:
    return grams.decode().rstrip("\n").replace("\n", "\t").split("\t") if grams else []


def _lexicon(grams: bytes, bias: int, origin: str) -> Lexicon:
    try:
        fields = _fields(grams)
        if len(fields) % 3 or set(fields[::3]) - {"gram"}:
            raise ValueError
        voices = _numbers(" ".join(fields[1::3])).reshape(len(fields) // 3, len(VOICES))
        return Lexicon(fields[2::3], voices, bias)
    except (ValueError, OverflowError):
        raise RuleError(f"{origin}: found a line that is no `gram<TAB>{len(VOICES)} weights<TAB>words`") from None
