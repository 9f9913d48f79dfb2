from __future__ import annotations

import numpy as np

from cleaner.batch import Batch
from cleaner.model import Annotation, Document
from cleaner.readers.base import Fields, Unit
from cleaner.readers.html import HTML
from cleaner.score.rows import Rows
from cleaner.score.web import EVIDENCE, KEPT, LINKED, has_verdict, web_columns
from cleaner.webpage import evidence

LINES = ("Home", "News of the town", "The mill stands where the river bends.", "Nobody grinds corn there.", "Imprint")


def _page(kept: list[float], lines: tuple[str, ...] = LINES) -> Document:
    text = "\n\n".join(lines)
    starts = [text.index(line) for line in lines]
    facts = [{KEPT: own, LINKED: 1.0 - own} for own in kept]
    marks = [Annotation(at, at + len(line), (), own) for at, line, own in zip(starts, lines, facts, strict=True)]
    return Document("a.html", text, annotations=tuple(marks))


def _columns(*documents: Document) -> dict[str, np.ndarray]:
    batch = Batch(documents)
    return web_columns(Rows([len(page.blocks) for page in batch.pages]), batch)


def test_windows_leave_the_line_itself_out() -> None:
    own = _columns(_page([0, 0, 1, 1, 0]))
    words = [1, 4, 7, 4, 1]
    assert own["kept in page"].tolist() == [11 / 17] * 5
    assert own["kept around 1"].tolist() == [0, 7 / 8, 4 / 8, 7 / 8, 1]
    assert own["kept before"].tolist() == [-0.1, 0, 0, 7 / 12, 11 / 16]
    assert own["kept in 3 after"].tolist() == [11 / 15, 11 / 12, 4 / 5, 0, -0.1]
    assert own["words since kept"].tolist() == [9999, 9999, 9999, 0, 0]
    assert own["words until kept"].tolist() == [words[1], 0, 0, 9999, 9999]
    assert own["words of kept run"].tolist() == [-5, -5, 11, 11, -1]
    assert own["linked around 3"][2] == 6 / 10


def test_a_page_does_not_depend_on_what_shares_its_batch() -> None:
    one, other, text = _page([0, 0, 1, 1, 0]), _page([1, 1, 0, 0, 1]), Document("a.txt", "Not a page.\n\nA text.")
    alone, beside = _columns(one), _columns(text, other, one, text)
    for name, column in alone.items():
        assert np.array_equal(beside[name][7:12], column), name


def test_the_names_of_evidence_are_those_that_readers_give() -> None:
    source = b"<html><body><nav class=menu><a href=/>Home</a></nav><main><h1>Mill</h1><p>" + b"It stands. " * 80
    loaded = HTML.load(Unit("html", "a.html", source), Fields())
    assert loaded is not None and has_verdict(loaded.document)
    made = {name for own in loaded.document.annotations for name in own.evidence}
    assert made <= set(EVIDENCE)
    assert evidence.KEPT == KEPT
    assert not has_verdict(Document("a.txt", "A text."))
