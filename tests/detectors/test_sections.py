from __future__ import annotations

import pytest

from cleaner.detectors.sections import reach
from tests.support import PROSE, page, rule

HEADINGS = f"## Lead\n\none two.\n\n### Sub\n\nthree.\n\n## Next\n\n{PROSE[0]}"
PLAIN = f"Lead here\n\none two.\n\nthree four.\n\nNext heading\n\n{PROSE[0]}"
TEASERS = (
    "## Lead\n\nA first title\n\nIts summary ends here with a sentence.\n\nA second title\n\n12 May 2020\n\n"
    f"Another summary of it, at some length.\n\n{PROSE[0]}\n\n{PROSE[1]}"
)


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        (HEADINGS, {}, 4),
        (HEADINGS.replace("## Next", "# Next"), {}, 4),
        (HEADINGS.replace("## Next", "#### Next"), {}, 6),
        (PLAIN, {}, 3),
        (HEADINGS, {"max_blocks": "1"}, 2),
        (HEADINGS, {"stop": "'three'"}, 3),
        (HEADINGS, {"stop": "'one'"}, 1),
        (HEADINGS, {"stop": "'nothing'"}, 4),
        (HEADINGS, {"extent": '"end"'}, 6),
        (HEADINGS, {"extent": '"short"'}, 5),
        (HEADINGS, {"extent": '"short"', "item_max_words": "1"}, 1),
        (HEADINGS, {"extent": '"empty"'}, 0),
        ("## Lead\n\n## Next\n\none.", {"extent": '"empty"'}, 1),
        ("## Lead", {"extent": '"empty"'}, 1),
        ("## Lead\n\n### Sub\n\none.", {"extent": '"empty"'}, 0),
        (TEASERS, {"extent": '"teasers"'}, 5),
        (TEASERS, {"extent": '"teasers"', "item_max_words": "3"}, 2),
        (f"## Lead\n\n{PROSE[0]}\n\n{PROSE[1]}", {"extent": '"teasers"'}, 1),
        ("## Lead\n\n- one\n- two\n\n```\ncode\n```", {"extent": '"teasers"'}, 3),
        ("## Lead\n\n- one\n- two\n\n```\ncode\n```", {"extent": '"short"'}, 3),
    ],
)
def test_reach(text: str, keys: dict[str, str], expected: int) -> None:
    assert reach(page(text), 0, rule(scope='"section"', **keys), 1.0) == expected


def test_a_line_that_looks_like_a_heading_ends_no_marked_section() -> None:
    text = f"## Lead\n\nA title of something\n\none two.\n\n## Next\n\n{PROSE[0]}"
    assert reach(page(text), 0, rule(scope='"section"'), 1.0) == 3


def test_a_stop_pattern_is_under_the_time_limit() -> None:
    own = rule(scope='"section"', stop=r"'(?:a|aa|aaa)*(?:a|aa)*b(?<!b)'")
    with pytest.raises(TimeoutError):
        reach(page("## Lead\n\n" + "a" * 5000 + "b"), 0, own, 0.02)


def test_an_entry_of_a_table_of_contents_is_no_empty_widget() -> None:
    own = rule(scope='"section"', extent='"empty"')
    listed = page("\n".join(["Forms", "Fields", "Widgets", "Views", "Models", PROSE[0]]))
    assert reach(listed, 2, own, 1.0) == 2
    alone = page("\n".join([PROSE[0], "Widgets", "Views", PROSE[1]]))
    assert reach(alone, 1, own, 1.0) == 2
