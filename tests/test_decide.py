from __future__ import annotations

import pytest

from cleaner.batch import Page
from cleaner.decide import Policy, Verdict
from cleaner.edits import apply, check
from cleaner.gaps import block_spans
from cleaner.model import Finding, Media
from tests.support import PROSE, page


def _finding(block: int, weight: float = 0.0, category: str = "promotion", **more: object) -> Finding:
    return Finding(block, f"{category}/r", category, "because", weight, **more)  # type: ignore[arg-type]


def _left(own: Page, findings: list[Finding], policy: Policy | None = None) -> str:
    removals = Verdict(own, findings, policy or Policy()).removals
    spans = [(removal.start, removal.end) for removal in removals]
    check(spans, len(own.document.text))
    return apply(own.document.text, spans)


def _gone(text: str, findings: list[Finding], media: Media = "text") -> list[int]:
    decisions = Verdict(page(text, media), findings, Policy()).decisions()
    return [number for number, decision in enumerate(decisions) if decision.action == "remove"]


LINES = "\n\n".join(PROSE)
CODE = f"{PROSE[0]}\n\n```\ncode here\n```\n\n{PROSE[1]}"
TABLE = f"{PROSE[0]}\n\n| a | b |\n| 1 | 2 |\n\n{PROSE[1]}"


@pytest.mark.parametrize(
    ("text", "findings", "gone"),
    [
        (LINES, [], []),
        (LINES, [_finding(1, 5.0)], [1]),
        (LINES, [_finding(1, 4.9)], []),
        (LINES, [_finding(1, 3.0), _finding(1, 2.0)], [1]),
        (LINES, [_finding(1, 8.0), _finding(1, -4.0)], []),
        (LINES, [_finding(1, certain=True), _finding(1, -20.0)], [1]),
        (LINES, [_finding(1, 9.0), _finding(1, protects=True)], []),
        (LINES, [_finding(1, certain=True), _finding(1, protects=True)], [1]),
        (TABLE, [_finding(1, 9.0)], []),
        (TABLE, [_finding(1, certain=True)], [1]),
        (CODE, [_finding(1, 9.0)], []),
        (CODE, [_finding(1, certain=True)], []),
        (CODE, [_finding(1, certain=True, copy_of=0)], [1]),
        (f"# A Title\n\n{LINES}", [_finding(0, -1.0)], []),
        (f"# A Title\n\n{LINES}", [_finding(0, 9.0)], [0]),
    ],
)
def test_threshold_certainty_protection(text: str, findings: list[Finding], gone: list[int]) -> None:
    assert _gone(text, findings) == gone


def test_the_title_is_the_first_heading_that_nothing_speaks_against() -> None:
    text = f"# Ad\n\n# The Title\n\n{PROSE[0]}\n\n# Another\n"
    decisions = Verdict(page(text), [_finding(0, 6.0), _finding(1, -1.0)], Policy()).decisions()
    assert [decision.action for decision in decisions] == ["remove", "keep", "keep", "keep"]
    notes = [decision.note for decision in decisions]
    assert notes[1] in ("title", "protected")
    assert notes[3] == ""


@pytest.mark.parametrize(
    ("findings", "gone"),
    [
        ([_finding(1, 5.0), _finding(2, 3.5)], [1, 2]),
        ([_finding(1, 5.0), _finding(2, 3.4)], [1]),
        ([_finding(1, 5.0), _finding(2, 2.0), _finding(3, 5.0)], [1, 2, 3]),
        ([_finding(1, 5.0), _finding(2, 1.9), _finding(3, 5.0)], [1, 3]),
        ([_finding(1, 5.0), _finding(2, 3.5), _finding(3, 3.5)], [1, 2, 3]),
        ([_finding(1, 5.0), _finding(3, 3.5)], [1]),
        ([_finding(1, certain=True, copy_of=0, category="duplicate"), _finding(2, 4.0)], [1]),
        ([_finding(1, 5.0), _finding(2, 4.0), _finding(2, protects=True)], [1]),
    ],
)
def test_company(findings: list[Finding], gone: list[int]) -> None:
    assert _gone(LINES, findings) == gone


@pytest.mark.parametrize(
    ("copies", "gone"),
    [
        ([_finding(2, certain=True, copy_of=0, category="duplicate")], [2]),
        ([_finding(0, 5.0), _finding(2, certain=True, copy_of=0, category="duplicate")], [0]),
        ([_finding(0, 5.0), _finding(2, 5.0), _finding(2, certain=True, copy_of=0, category="duplicate")], [0, 2]),
        ([_finding(1, 3.5), _finding(0, 5.0), _finding(4, certain=True, copy_of=1, category="duplicate")], [0, 1]),
    ],
)
def test_a_copy_goes_only_while_its_first_copy_stays(copies: list[Finding], gone: list[int]) -> None:
    assert _gone(LINES, copies) == gone


@pytest.mark.parametrize(
    ("text", "findings", "gone"),
    [
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\nad one ad.", [_finding(3, 6.0)], [2, 3]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\nad one ad.\n\n## More\n\n{PROSE[1]}", [_finding(3, 6.0)], [2, 3]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\nad one ad.\n\n### More\n\n{PROSE[1]}", [_finding(3, 6.0)], [3]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\nad one ad.\n\n{PROSE[1]}", [_finding(3, 6.0)], [3]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\nad one ad.\n\nA short label\n\n{PROSE[1]}", [_finding(3, 6.0)], [3]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\n{PROSE[2]}", [_finding(3, 0, "duplicate", certain=True, copy_of=1)], [3]),
        (f"# T\n\n{PROSE[0]}", [_finding(1, 6.0)], [1]),
        (f"# T\n\n{PROSE[0]}\n\n## Part\n\n## More Say what it is\n\nad one ad.", [_finding(4, 6.0)], [3, 4]),
        (f"# T\n\n{PROSE[0]}\n\nA Part\n\nad one ad.", [_finding(3, 6.0)], [2, 3]),
        (f"# T\n\n{PROSE[0]}\n\nA Part\n\nad one ad.", [_finding(3, 6.0, "navigation")], [3]),
        (f"# T\n\n{PROSE[0]}\n\nA Part\n\nad one ad.", [_finding(3, 6.0, "boilerplate")], [3]),
        (f"# T\n\n{PROSE[0]}\n\n## A Part\n\nad one ad.", [_finding(3, 6.0, "boilerplate")], [2, 3]),
    ],
)  # fmt: skip
def test_a_heading_goes_with_all_that_is_under_it(text: str, findings: list[Finding], gone: list[int]) -> None:
    assert _gone(text, findings) == gone


@pytest.mark.parametrize(
    ("middle", "gone"),
    [
        ("by Jane", [2, 3, 4]),
        ("She left for good.", [2, 4]),
        ("nine words that make a line rather too long", [2, 4]),
    ],
)
def test_a_label_between_blocks_that_go(middle: str, gone: list[int]) -> None:
    text = f"# Title\n\n{PROSE[0]}\n\nad one ad.\n\n{middle}\n\nad two ad."
    assert _gone(text, [_finding(2, 6.0), _finding(4, 6.0)]) == gone


def test_a_label_before_prose_stays() -> None:
    text = f"# Title\n\n{PROSE[0]}\n\nad one ad.\n\nby Jane\n\nad two ad.\n\n{PROSE[1]}"
    assert _gone(text, [_finding(2, 6.0), _finding(4, 6.0)]) == [2, 4]


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        ("a a\n\nb b\n\nc c\n", [1], "a a\n\nc c\n"),
        ("a a\n\nb b\n\nc c\n", [0], "b b\n\nc c\n"),
        ("a a\n\nb b\n\nc c\n", [2], "a a\n\nb b\n"),
        ("a a\n\nb b\n\nc c", [2], "a a\n\nb b"),
        ("a a\n\nb b\n\nc c\n", [1, 2], "a a\n"),
        ("a a\n\nb b\n\nc c\n", [0, 1, 2], "\n"),
        ("a a\nb b\n\n\nc c", [1], "a a\n\n\nc c"),
        ("a a\n\n\nb b\nc c", [1], "a a\n\n\nc c"),
        ("a a\r\n\r\nb b\r\n\r\nc c\r\n", [1], "a a\r\n\r\nc c\r\n"),
        ("a a\rb b\rc c", [1], "a a\rc c"),
        ("\ufeffa a\n\nb b", [0], "\ufeffb b"),
        ("\ufeffa a", [0], "\ufeff"),
        ("  a a\n\nb b \n \n", [1], "  a a \n \n"),
    ],
)
def test_one_gap_of_two_stays(text: str, gone: list[int], expected: str) -> None:
    assert apply(text, [span for _, span in block_spans(page(text), gone)]) == expected


def test_blocks_of_one_line_are_not_glued_by_a_cut() -> None:
    text = f"Check your score →Written by {'x ' * 200}## More on it"
    blocks = page(text).blocks
    assert len(blocks) == 3
    assert apply(text, [span for _, span in block_spans(page(text), [1])]) == "Check your score → ## More on it"


@pytest.mark.parametrize(
    ("text", "cut", "expected"),
    [
        ("one CUT two", "CUT", "one two"),
        ("CUT two.", "CUT", "two."),
        ("one CUT", "CUT", "one"),
        ("one CUT, two", "CUT", "one , two"),
        ("oneCUTtwo", "CUT", "onetwo"),
        ("> one CUT\n> two", "CUT", "> one\n> two"),
        ("> one\n> CUT two", "CUT", "> one\n> two"),
        ("one CUT\r\n", "CUT", "one\r\n"),
    ],
)
def test_a_cut_takes_a_space_but_no_line_end(text: str, cut: str, expected: str) -> None:
    at = text.index(cut)
    assert _left(page(text), [_finding(0, certain=True, cut=(at, at + len(cut)))]) == expected


@pytest.mark.parametrize(("weight", "action"), [(5.0, "cut"), (4.0, "keep")])
def test_a_block_is_called_cut_only_if_it_was(weight: float, action: str) -> None:
    verdict = Verdict(page("one CUT two"), [_finding(0, weight, cut=(4, 7))], Policy())
    decisions, removals = verdict.decisions(), verdict.removals
    assert decisions[0].action == action
    assert bool(removals) is (action == "cut")


def test_overlapping_cuts_are_made_once() -> None:
    both = [_finding(0, certain=True, cut=(0, 5)), _finding(0, certain=True, cut=(3, 8))]
    assert _left(page("abcdefghij"), both) == "fghij"


def test_a_removal_shows_its_sum() -> None:
    (removal,) = Verdict(page(LINES), [_finding(1, 3.0), _finding(1, 2.5)], Policy()).removals
    assert removal.score == 5.5 == sum(term.weight for term in removal.terms)
    assert [term.reason for term in removal.terms] == ["because", "because"]


def test_the_threshold_is_the_policys() -> None:
    assert _left(page(LINES), [_finding(1, 3.0)], Policy(threshold=3.0)) != LINES
    assert _left(page(LINES), [_finding(1, 3.0)], Policy(threshold=3.1)) == LINES
