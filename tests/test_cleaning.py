from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner import cleaning
from cleaner.batch import Batch
from cleaner.blocks import split
from cleaner.decide import Policy
from cleaner.detectors.patterns import Patterns
from cleaner.detectors.prefilter import Everything
from cleaner.errors import InputError
from cleaner.model import Annotation, Block, Document, Finding, Media, Term
from tests.support import PROSE, cleaned, cleaned_all, pack, ruleset

A, B, C, D, E = PROSE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A}\n\nSign up now.\n\n{B}\n", f"{A}\n\n{B}\n"),
        (f"{A}\r\n\r\nSign up now.\r\n", f"{A}\r\n"),
        (f"{A}\n\nADVERTISEMENT\n\n{B}", f"{A}\n\n{B}"),
        (f"{A}\n\nPlease (click here) to go on.\n", f"{A}\n\nPlease to go on.\n"),
        (f"{A}\n\n## Read next\n\nthe other one\n\nyet another\n", f"{A}\n"),
        (f"{A}\n\nSign up now.\nGive us your address.\n", f"{A}\n"),
        (f"\ufeffSign up now.\n\n{A}\n", f"\ufeff{A}\n"),
    ],
)
def test_what_goes(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "\ufeff",
        f"{A}\n",
        f"{A}\n\nHe told them to sign up now.\n",
        f"{A}\n\nGive us your address.\n\n{B}\n",
        f"{A}\n\n```\nSign up now.\n```\n",
        f"---\ntitle: Sign up now\n---\n\n{A}\n",
        f"{A}\n\nGive us your address under section 4 of the act.\nSign up Monday.\n",
        "\ud800\udfff lone \x00\n",
    ],
)
def test_what_stays(text: str) -> None:
    result = cleaned(text)
    assert (result.text, result.removals, result.changed) == (text, (), False)


def test_what_stands_together_only_after_a_cut_is_judged_together() -> None:
    """The fixed point: the second pass sees other neighbours than the first."""
    text = f"{A}\n\nAdvertisement\n\nclick here\n\n{B}\n\n{C}\n"
    result = cleaned(text)
    assert "Advertisement" not in result.text
    assert "click" not in result.text
    assert cleaned(result.text).text == result.text


class _Annotations:
    """A detector that finds nothing and notes of each pass what annotations stand on, and how many say something."""

    def __init__(self) -> None:
        self.passes: list[dict[str, str]] = []
        self.evidence: list[int] = []

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        document = batch.pages[0].document
        self.evidence.append(sum(bool(a.evidence) for a in document.annotations))
        self.passes.append({a.path[0]: document.text[a.start : a.end] for a in document.annotations})
        return [[] for _ in batch.pages]


def test_what_a_source_says_is_heard_once_and_what_it_keeps_follows_its_text() -> None:
    lines = ["Sign up now.", A, "Advertisement", B]
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(4)]
    annotations = tuple(
        Annotation(start, start + len(line), (line,), {"evidence": 1.0}, int(line == B))
        for start, line in zip(starts, lines, strict=True)
    )
    seen = _Annotations()
    document = Document("a", "\n".join(lines), annotations=annotations)
    rules = ruleset()
    [result] = cleaning.clean([document], [Patterns(rules, Everything(rules.rules)), seen], Policy())
    assert result.text == f"{A}\n{B}"
    assert seen.passes == [{line: line for line in lines}, {B: B}]
    assert seen.evidence == [4, 0]
    assert result.document is document


def test_boilerplate_repeated_more_often_than_there_are_passes_goes() -> None:
    pitch = "Sign up now and once a month we write to you about the river, the mill and the bees."
    text = "\n\n".join(f"Part {number} {prose}\n\n{pitch}" for number in range(30) for prose in (PROSE[number % 5],))
    result = cleaned(text)
    assert result.held == ""
    assert pitch not in result.text


@pytest.mark.parametrize(
    ("policy", "held"),
    [
        ({"max_removed": 0.1}, "would lose"),
        ({"max_removed": 0.9}, ""),
        ({"min_kept_words": 500}, "would keep 19 words, under min_kept_words = 500"),
        ({"min_kept_words": 19}, ""),
    ],
)
def test_a_document_that_would_lose_too_much_stays_whole(policy: dict[str, float], held: str) -> None:
    text = f"{A}\n\nSign up now.\n"
    result = cleaned(text, **policy)
    assert result.held.startswith(held) and bool(result.held) is bool(held)
    assert (result.text == text) is bool(held) is not result.changed
    assert [removal.rule for removal in result.removals] == ["newsletter/signup"]


def test_a_document_that_never_settles_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MAX_PASSES", 1)
    text = f"{A}\n\nSign up now.\n"
    assert cleaned(text).held == "still changing after 1 passes"
    assert cleaned(text).text == text


def test_a_cut_is_among_the_decisions() -> None:
    result = cleaned(f"{A}\n\nPlease (click here) to go on.\n")
    assert [decision.action for decision in result.decisions] == ["keep", "cut"]


def test_no_documents_and_no_rules() -> None:
    assert cleaned_all([]) == []
    assert cleaned(f"{A}\n\n{A}\n", rules=ruleset(pack())).text == f"{A}\n"


def test_a_pattern_that_takes_too_long_is_an_error_of_that_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.detectors.patterns.TIMEOUT", 0.02)
    rules = ruleset(pack(pattern=r"'(?:a|aa|aaa)*(?:a|aa)*b(?<!b)'"))
    with pytest.raises(InputError, match=r"doc-0: rule promotion/r took over 0.02 s on one block"):
        cleaned("a" * 5000 + "b", rules=rules)


def test_a_batch_finds_for_each_page_what_it_finds_alone() -> None:
    from cleaner.model import Document

    documents = [Document(str(n), text) for n, text in enumerate(["", f"{A}\n\nSign up now.", " ", "Advertisement", A])]
    patterns = Patterns(ruleset(), Everything(ruleset().rules))
    together = patterns.detect(Batch(documents), [])
    assert together == [patterns.detect(Batch([document]), [])[0] for document in documents]
    assert [len(own) for own in together] == [0, 1, 0, 1, 0]


class _Worded:
    """Weighs each block by its number and writes down what it is asked to put into words."""

    def __init__(self) -> None:
        self.told: list[list[int]] = []

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        return [[Finding(n, "a/b", "a", "", 3.0 * n, wording=self) for n in range(len(p.blocks))] for p in batch.pages]

    def tell(self, views: Sequence[int]) -> list[tuple[str, tuple[Term, ...]]]:
        self.told.append(list(views))
        return [(f"view {view}", (Term("a/c", 0.0, str(view)),)) for view in views]


@pytest.mark.parametrize(("explain", "told"), [(False, [[2, 5], []]), (True, [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3]])])
def test_only_what_is_shown_is_put_into_words(explain: bool, told: list[list[int]]) -> None:
    detector = _Worded()
    documents = [Document("a", f"{A}\n{B}\n{C}"), Document("b", f"{B}\n{A}\n{D}")]
    results = cleaning.clean(documents, [detector], Policy(), explain=explain)
    assert [[removal.reason for removal in result.removals] for result in results] == [["view 2"], ["view 5"]]
    assert [result.removals[0].terms[0].reason for result in results] == ["2", "5"]
    assert detector.told == [views for views in told if views]


class _Masthead:
    """Takes the first block of pages that begin with a masthead."""

    def detect(self, batch: Batch, found: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
        return [[Finding(0, "a/b", "a", "", 9.0)] if page.views[0] == "masthead" else [] for page in batch.pages]


@pytest.mark.parametrize("explain", [False, True])
def test_a_page_that_a_stage_leaves_is_cut_into_blocks_once(explain: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counted(text: str, media: Media) -> list[Block]:
        seen.append(text)
        return split(text, media)

    monkeypatch.setattr("cleaner.batch.split", counted)
    rules = ruleset(pack(pattern="'sign up now'"))
    texts = [f"{A}\n\nSign up now.\n\n{B}", f"masthead\n\n{C}\n\n{D}"]
    documents = [Document(str(number), text, "markdown") for number, text in enumerate(texts)]
    detectors = [Patterns(rules, Everything(rules.rules))]
    results = cleaning.clean(documents, detectors, Policy(), explain=explain, stages=[_Masthead()])
    assert [len(result.removals) for result in results] == [1, 1]
    assert seen == [*texts, results[1].text, results[0].text]
