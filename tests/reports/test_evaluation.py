from __future__ import annotations

from cleaner.evaluation import Evaluation, Gold
from cleaner.model import Cleaned, Document, Removal
from cleaner.reports.evaluation import as_object, as_text


def _evaluation() -> Evaluation:
    evaluation = Evaluation()
    removal = Removal(4, 9, "legal/notice", "legal", "", 5.0)
    cleaned = Cleaned(Document("1", "the heron"), "the ", (removal,))
    evaluation.add(Gold("page\x1b[1m", "article", "the heron"), cleaned.text, cleaned)
    evaluation.add(Gold("2", wanted=("x",)), "x")
    return evaluation


def test_the_table() -> None:
    lines = as_text(_evaluation(), 1).splitlines()
    assert lines[0].split() == ["type", "pages", "F1", "P", "R", "with", "without"]
    assert lines[1].split() == ["all", "1", "0.6667", "1.0000", "0.5000", "-", "-"]
    assert lines[2].split()[0] == "article"
    assert lines[3] == "1 pages by snippets: F1 1.0000  P 1.0000  R 1.0000"
    assert lines[6].split() == ["legal", "1", "1", "1", "0.000"]
    assert lines[-1].split() == ["1", "page\\x1b[1m", "legal/notice", "heron"]
    assert "heron" not in as_text(_evaluation(), 0)


def test_the_object() -> None:
    own = as_object(_evaluation(), 1)
    assert own["types"][0] == {
        "type": "all", "pages": 1, "f1": 0.6667, "precision": 1.0, "recall": 0.5, "wanted": None, "unwanted": None,
    }  # fmt: skip
    assert own["snippets"] == {"pages": 1, "f1": 1.0, "precision": 1.0, "recall": 1.0}
    assert own["categories"] == [{"category": "legal", "removals": 1, "words": 1, "wrong": 1}]
    assert own["worst"] == [{"page": "page\x1b[1m", "rule": "legal/notice", "wrong": 1, "text": "heron"}]


def test_nothing_measured() -> None:
    assert as_text(Evaluation(), 5) == ""
    assert as_object(Evaluation(), 5) == {"types": [], "snippets": None, "categories": [], "worst": []}
