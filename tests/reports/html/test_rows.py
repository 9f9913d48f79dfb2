from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Cleaned, Document, Removal
from cleaner.reports.html.rows import Row, notes, stretches
from tests.files import SIGNUP, A, B, C
from tests.support import PROSE, cleaned


def _rows(result: Cleaned) -> list[Row]:
    return [row for stretch in stretches(result, notes(result)) for row in stretch.rows]


def test_a_row_a_line_with_its_number() -> None:
    rows = _rows(cleaned(f"{A}\n\n{SIGNUP}\n\n{B}\n"))
    assert [(row.number, [note.rule for note in row.notes]) for row in rows] == [
        (1, []), (3, ["newsletter/signup"]), (5, [])
    ]  # fmt: skip
    assert [piece.text for piece in rows[1].pieces] == [SIGNUP]


def test_a_line_that_stays_in_part() -> None:
    rows = _rows(cleaned(f"{A} Click here and see. {B}\n"))
    assert [(piece.text, piece.note is not None) for piece in rows[0].pieces] == [
        (f"{A} ", False), ("Click here ", True), (f"and see. {B}", False)
    ]  # fmt: skip


def test_a_removal_of_several_lines_is_one_row_and_one_note() -> None:
    text = f"{A}\none\ntwo\n\nthree\n{B}\n"
    result = Cleaned(Document("a", text), "", (Removal(text.index("one"), text.index(B), "a/b", "a", "", 5.0),))
    gone = [row for row in _rows(result) if any(piece.note for piece in row.pieces)]
    assert [row.number for row in gone] == [2, 5]
    assert [len(row.notes) for row in gone] == [1, 0]
    assert "".join(piece.text for piece in gone[0].pieces) == "one\ntwo"


def test_white_space_that_goes_is_shown() -> None:
    text = f"{A}\n\n\n\n{B}\n"
    result = Cleaned(Document("a", text), "", (Removal(len(A) + 1, len(A) + 3, "a/b", "a", "", 5.0),))
    assert [piece.text for row in _rows(result) for piece in row.pieces if piece.note] == ["(white space)"]


def test_what_stays_is_folded_but_next_to_a_change() -> None:
    many = [f"{number} {own}" for number, own in enumerate([*PROSE, *PROSE])]
    result = cleaned("\n\n".join([*many, SIGNUP, *(f"again {own}" for own in many)]) + "\n")
    shown = [(len(stretch.rows), stretch.folded) for stretch in stretches(result, notes(result))]
    assert shown == [(8, True), (2, False), (1, False), (2, False), (8, True)]


def test_few_lines_are_not_folded() -> None:
    result = cleaned("\n\n".join([A, B, C, SIGNUP, *PROSE[3:]]) + "\n")
    assert not any(stretch.folded for stretch in stretches(result, notes(result)))


def test_a_copy_names_the_line_that_stays() -> None:
    text = f"{A} {C}\n\n{B}\n\n{B}\n\n{PROSE[3]}\n"
    (note,) = notes(cleaned(text))
    assert (note.category, note.line, note.sum) == ("duplicate", 3, "certain")


_TEXT = st.text(st.sampled_from("ab \n\r\t\u2028漢"), max_size=60)


@st.composite
def _cut(draw: st.DrawFn) -> Cleaned:
    text = draw(_TEXT)
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(places[::2], places[1::2], strict=False))
    return Cleaned(Document("a", text), "", tuple(Removal(*span, "a/b", "a", "", 1.0) for span in spans))


@given(_cut())
def test_every_removal_starts_once_and_every_character_is_in_its_place(result: Cleaned) -> None:
    rows = _rows(result)
    assert [note.number for row in rows for note in row.notes] == list(range(1, len(result.removals) + 1))
    text = result.document.text
    kept = "".join(piece.text for row in rows for piece in row.pieces if piece.note is None)
    gone = {
        number: "".join(p.text for row in rows for p in row.pieces if p.note and p.note.number == number)
        for number in range(1, len(result.removals) + 1)
    }
    left = text
    for removal in reversed(result.removals):
        left = left[: removal.start] + left[removal.end :]
    assert "".join(kept.split()) == "".join(left.split())
    for number, removal in enumerate(result.removals, 1):
        own = text[removal.start : removal.end]
        assert "".join(gone[number].split()) == ("".join(own.split()) or "(whitespace)")
