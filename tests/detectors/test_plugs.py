from __future__ import annotations

import pytest

from cleaner.batch import Batch
from cleaner.detectors.plugs import Plugs
from cleaner.model import Document, Finding
from tests.support import PROSE

A, B, C, D, E = PROSE
CALL, OTHER = "Try Acmetron today.", "Talk with an Acmetron agent."
PLUG = "Operators running Acmetron report that Acmetron dispatches technicians automatically overnight."


def _found(blocks: list[str], confident: list[int]) -> list[int]:
    batch = Batch([Document("d", "\n\n".join(blocks))])
    assert len(batch.pages[0].blocks) == len(blocks)
    before = [Finding(n, "promotion/x", "promotion", "because", 5.0) for n in confident]
    return [finding.block for finding in Plugs().detect(batch, [before])[0]]


def test_a_block_that_dwells_on_the_name_the_calls_share() -> None:
    assert _found([A, B, C, D, CALL, PLUG, OTHER], [4, 6]) == [5]


@pytest.mark.parametrize(
    ("blocks", "confident"),
    [
        ([A, B, C, D, CALL, PLUG, OTHER], [4]),
        ([A, B, C, D, CALL, PLUG, OTHER], []),
        (["Acmetron And Its Makers", A, B, C, D, CALL, PLUG, OTHER], [5, 7]),
        ([f"{A} Acmetron did.", B, C, D, CALL, PLUG, OTHER], [4, 6]),
        ([A, B, C, D, CALL, PLUG.replace("Acmetron", "acmetron"), OTHER], [4, 6]),
        ([A, B, C, D, CALL, "The heron and the miller saw Acmetron near the bridge of the village.", OTHER], [4, 6]),
        ([A, B, C, D, "Try this today.", PLUG, "Talk with an agent."], [4, 6]),
        ([A, B, C, f"{D} An acmetron is a kind of bird.", CALL, PLUG, OTHER], [4, 6]),
    ],
)
def test_what_is_no_plug(blocks: list[str], confident: list[int]) -> None:
    assert _found(blocks, confident) == []


QUESTION = ["## Does it work at night?", "Lamps burn on batteries."]


@pytest.mark.parametrize(
    ("blocks", "confident", "gone"),
    [
        ([A, B, C, D, CALL, "## Why?", PLUG, *QUESTION, "## How?", PLUG, OTHER], [4, 11], range(5, 11)),
        ([A, B, C, D, "## Why?", PLUG, *QUESTION, CALL, OTHER], [8, 9], range(4, 8)),
        ([A, B, C, D, CALL, *QUESTION, OTHER, "## What else?", "Wicks burn on oil.", CALL], [4, 7, 10], ()),
    ],
    ids=["between plugs", "between a plug and a call", "between calls alone, as products of a shop stand"],
)
def test_what_stands_between(blocks: list[str], confident: list[int], gone: range) -> None:
    assert sorted(_found(blocks, confident)) == sorted(gone)


def test_the_verb_of_the_calls_is_no_name() -> None:
    chronicle = "Book seven describes vestments, processions, chalices, reliquaries, candlesticks."
    assert _found([A, B, C, D, "Book a demo today.", chronicle, "Book a call today."], [4, 6]) == []
