from __future__ import annotations

import pytest

from cleaner.dedup.members import Member
from cleaner.reports.duplicates import as_json, as_text
from cleaner.reports.safe import two_places

CLUSTER = (
    Member("in/a.txt", "a.txt", None, 120, 1.0, None),
    Member("in/b.jsonl", "b.jsonl", 7, 118, 0.9123456, 0),
    Member("in/c.txt", "c.txt", None, 110, 0.7, None),
    Member("in/d.txt", "d.txt", None, 109, 0.999, 2),
)


def test_text() -> None:
    assert as_text(CLUSTER).splitlines() == [
        "in/a.txt  120 words, 2 near copies",
        "  0.91  in/b.jsonl:7",
        "  0.70  in/c.txt  (stays: too far from the first)",
        "  0.99  in/d.txt  (of in/c.txt)",
    ]
    assert as_text(CLUSTER[:2]).startswith("in/a.txt  120 words, 1 near copy\n")


def test_json() -> None:
    documents = as_json(CLUSTER)["documents"]
    assert documents[1] == {
        "path": "in/b.jsonl",
        "line": 7,
        "words": 118,
        "similarity": 0.912346,
        "copy_of": "in/a.txt",
    }
    assert [own["copy_of"] for own in documents] == [None, "in/a.txt", None, "in/c.txt"]


@pytest.mark.parametrize(
    ("share", "shown"), [(1.0, "1.00"), (0.99999, "0.99"), (0.8, "0.80"), (0.29, "0.29"), (0.0, "0.00")]
)
def test_only_all_is_one(share: float, shown: str) -> None:
    assert two_places(share) == shown
