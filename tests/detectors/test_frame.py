from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cleaner.batch import Batch
from cleaner.cleaning import clean
from cleaner.decide import Policy
from cleaner.detectors.frame import FLOOR, Frame, Tables, group_of
from cleaner.detectors.webfeatures import EVIDENCE, features
from cleaner.model import Document
from cleaner.packs import web_tables
from cleaner.readers.base import Fields, Unit
from cleaner.readers.html import HTML
from cleaner.webpage import evidence
from tests.support import PROSE

NAV = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("News", "Sport", "Weather", "Letters", "Contact"))
PAGE = (
    f'<html><body><nav class="menu"><ul>{NAV}</ul></nav><main><article><h1>On herons and mail</h1>'
    + "".join(f"<p>{one} {two}</p>" for one in PROSE for two in PROSE if one != two)
    + '</article></main><div class="sidebar related"><a href="/a">The crane returns</a></div>'
    '<footer class="footer"><p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer></body></html>'
)


def _document() -> Document:
    loaded = HTML.load(Unit("html", "a.html", PAGE.encode()), Fields())
    assert loaded is not None
    return loaded.document


@pytest.mark.parametrize(
    ("lines", "message"),
    [(["a\t1"], "line 1"), (["# x", "a\tb\tc"], "line 2"), (["a 1 2"], "line 1"), (["base\t\tx"], "line 1")],
)
def test_what_is_no_table_is_named(lines: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Tables.parse(lines)


def test_steps_reach_up_to_their_edge() -> None:
    tables = Tables.parse(["# note", "base\t\t5.5", "html_link_density\t0.5\t-1", "html_link_density\tinf\t2"])
    sums = Frame(tables).sums(Batch([_document()]).pages[0])
    assert sums["frame/line"][0] == 5.5
    assert sums["frame/links"][[0, 7]].tolist() == [2, -1]  # a link, and a paragraph


def test_the_frame_goes_and_the_text_stays() -> None:
    [result] = clean([_document()], [Frame(web_tables())], Policy())
    assert "Imprint" not in result.text
    assert "Weather" not in result.text
    assert all(one in result.text for one in PROSE)
    assert result.text.startswith("On herons and mail")
    [again] = clean([replace(result.document, text=result.text, annotations=())], [Frame(web_tables())], Policy())
    assert again.removals == ()


def test_the_terms_add_up() -> None:
    page = Batch([_document()]).pages[0]
    frame = Frame(web_tables())
    [found] = frame.detect(Batch([_document()]), [[]])
    totals = sum(frame.sums(page).values())
    by_block = {own.block: sum(f.weight for f in found if f.block == own.block) for own in found}
    assert by_block == pytest.approx({n: total for n, total in enumerate(totals) if total >= FLOOR})
    assert all(own.weight < FLOOR for own in found)  # a rule that suffices by itself names the removal
    assert {own.category for own in found} == {"frame"}


def test_a_document_without_a_verdict_is_left_alone() -> None:
    document = _document()
    bare = [replace(own, evidence={"html_in_nav": 1.0}) for own in document.annotations]
    frame = Frame(web_tables())
    for own in (replace(document, annotations=()), replace(document, annotations=tuple(bare))):
        assert frame.detect(Batch([own]), [[]]) == [[]]


def test_what_is_not_chosen_finds_nothing() -> None:
    assert Frame(web_tables(), frozenset()).detect(Batch([_document()]), [[]]) == [[]]


def test_every_feature_is_in_a_group_and_every_table_is_of_a_feature() -> None:
    names, matrix = features(Batch([_document()]).pages[0])
    assert {f"frame/{group_of(name)}" for name in names} | {"frame/line"} == Frame.RULES.keys()
    assert set(web_tables().steps) <= set(names)
    assert np.isfinite(matrix).all()


def test_evidence_is_named_alike_where_it_is_made_and_where_it_is_read() -> None:
    made = {name for own in _document().annotations for name in own.evidence}
    assert made <= set(EVIDENCE)
    assert evidence.KEPT in EVIDENCE
