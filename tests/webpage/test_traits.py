from __future__ import annotations

import pytest

from cleaner.webpage.traits import BITS, traits


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ("main-menu", {"nav", "content"}),
        ("postNav", {"nav", "content"}),
        ("navy", set()),
        ("sidebar2", {"sidebar"}),
        ("RELATED_POSTS", {"related"}),
        ("cookieConsent", {"consent"}),
        ("share-buttons", {"share"}),
        ("x9f3 _abc", set()),
        ("", set()),
        ("widget_search", {"sidebar", "search"}),
    ],
)
def test_words_of_a_class(tokens: str, expected: set[str]) -> None:
    assert {name for name, bit in BITS.items() if traits(tokens) & bit} == expected
