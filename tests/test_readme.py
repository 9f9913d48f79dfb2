"""The before and after in the README is what the tool prints; `.ci/run` holds the other pages to that."""

from __future__ import annotations

from tests.consoles import ROOT, commands, replayed, settled

README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_shows_what_the_tool_prints() -> None:
    assert settled(replayed(README)) == settled(README), "`make docs` writes it anew"


def test_the_readme_shows_a_diff_of_a_sample() -> None:
    assert "cleaner diff samples/news/harbour-ferry.txt" in commands(README)
