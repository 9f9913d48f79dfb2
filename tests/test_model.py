from __future__ import annotations

import pickle

import pytest

from cleaner.model import Removal, Term

TERMS = (Term("share/buttons", 6.0, "asks to share"), Term("company", 1.5))


@pytest.mark.parametrize(
    "own", [*TERMS, Removal(3, 9, "share/buttons", "share", "asks to share", 7.5, TERMS, "Share this", certain=True)]
)
def test_what_a_worker_hands_over_arrives_whole(own: Term | Removal) -> None:
    assert pickle.loads(pickle.dumps(own)) == own
