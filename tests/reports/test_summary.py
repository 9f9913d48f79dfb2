from __future__ import annotations

from cleaner.reports.summary import summary


def _summary(**more: object) -> list[str]:
    usual = {"cleaned": 2, "unchanged": 3, "dropped": 0, "characters": 1000, "held": [], "failed": 1, "passed_over": 4,
             "removed": {"share": 10, "legal": 90, "embed": 10}, "seconds": 1.26}  # fmt: skip
    return summary(**{**usual, **more}).splitlines()  # type: ignore[arg-type]


def test_counts_add_up_and_categories_are_sorted_by_share() -> None:
    assert _summary() == [
        "6 documents: 2 cleaned, 3 unchanged, 0 left whole, 1 failed, 4 passed over, in 1.3 s",
        "removed 110 of 1000 characters (11.0%)",
        "  legal                    90    9.0%",
        "  embed                    10    1.0%",
        "  share                    10    1.0%",
    ]


def test_copies_that_were_left_out_are_counted_where_there_are_any() -> None:
    assert _summary(dropped=2)[0].startswith("8 documents: 2 cleaned, 3 unchanged, 2 dropped as near copies, 0 left")


def test_nothing_at_all() -> None:
    assert _summary(cleaned=0, unchanged=0, characters=0, removed={}, failed=0)[1:] == [
        "removed 0 of 0 characters (0.0%)"
    ]


def test_what_was_left_whole_is_named_to_a_point() -> None:
    lines = _summary(held=[(f"{n}\x1b.txt", "would lose\nall") for n in range(25)])
    assert lines[5] == "left whole: 0\\x1b.txt: would lose all"
    assert lines[-1] == "left whole: and 5 more, named in the ledger"
    assert len(lines) == 5 + 21
