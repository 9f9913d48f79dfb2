"""What the documentation shows is what the tool prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.consoles import PAGES, ROOT, commands, replayed, settled


@pytest.mark.parametrize("path", [path for path in PAGES if commands(path.read_text("utf-8"))], ids=lambda p: p.name)
def test_consoles_show_what_the_tool_prints(path: Path) -> None:
    page = path.read_text("utf-8")
    assert settled(replayed(page)) == settled(page), "`make docs` writes it anew"


def test_the_readme_shows_a_diff_of_a_sample() -> None:
    assert "cleaner diff samples/news/harbour-ferry.txt" in commands((ROOT / "README.md").read_text("utf-8"))
