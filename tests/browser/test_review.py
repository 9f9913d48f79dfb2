"""The review in a real browser: what is clicked and typed is in the file of decisions, and is heeded."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from cleaner import decisions
from tests.browser.conftest import Watched
from tests.files import CLEAN, DIRTY, SIGNUP, A, cleaner, command, configure, environment, put


@pytest.fixture
def review(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A corpus under review: its folder, and the address of the first page.

    Tests name it before the page, so that the page, which may still be loading, is closed before the server stops.
    """
    configure(tmp_path)
    put(tmp_path / "in", {"a.txt": DIRTY, "b.txt": f"{A}\n\n{SIGNUP}\n\nAdvertisement\n"})
    running = subprocess.Popen(
        command("review", "in", "-j", "1"), cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        yield tmp_path, running.stdout.readline().strip()
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) == 0, "stopping it is no error"


def _decided(folder: Path) -> dict[str, tuple[str, bool]]:
    entries = decisions.load(folder / "cleaner.decisions.toml")
    return {own.rule: (own.verdict, own.example) for own in entries}


def _first(watched: Watched, address: str) -> Any:
    page = watched.page
    page.goto(address)
    page.click("text=All removals")
    page.click(".hit h2 a >> nth=0")
    expect(page.locator("#judged")).to_have_text("0 decisions on file")
    return page


def test_keys_accept_reject_and_undo(review: tuple[Path, str], watched: Watched) -> None:
    folder, address = review
    page = _first(watched, address)
    page.keyboard.press("n")
    page.keyboard.press("r")
    expect(page.locator("#n1 .verdict")).to_have_text("rejected: it stays")
    assert _decided(folder) == {"newsletter/signup": ("keep", False)}
    assert page.evaluate("document.activeElement.id") == "r2", "a decision goes on to the next"
    page.keyboard.press("a")
    expect(page.locator("#n2 .verdict")).to_have_text("accepted")
    assert _decided(folder)["promotion/certain-ad"] == ("remove", False)
    page.keyboard.press("u")
    expect(page.locator("#n2 .verdict")).to_have_text("")
    assert "promotion/certain-ad" not in _decided(folder)
    assert cleaner_diff(folder) == {"Advertisement"}


def cleaner_diff(folder: Path) -> set[str]:
    """What ``cleaner check`` still finds."""
    done = subprocess.run(command("check", "in"), cwd=folder, env=environment(), capture_output=True, text=True)
    return {line.rsplit('"', 2)[1] for line in done.stdout.splitlines()}


def test_a_click_makes_an_example(review: tuple[Path, str], watched: Watched) -> None:
    folder, address = review
    page = _first(watched, address)
    page.click("#n1 button:text-is('reject')")
    page.click("#n1 button:text-is('make it an example')")
    expect(page.locator("#n1 .verdict")).to_have_text("rejected: it stays, an example")
    assert _decided(folder) == {"newsletter/signup": ("keep", True)}
    assert f'"text": "{SIGNUP}"' in (folder / "cleaner.labels.jsonl").read_text("utf-8")
    page.keyboard.press("]")
    expect(page.locator("#n1 .verdict")).to_have_text("rejected: it stays, an example")


def test_a_whole_document_and_a_whole_rule(review: tuple[Path, str], watched: Watched) -> None:
    folder, address = review
    page = _first(watched, address)
    page.click("#all button:text-is('accept all')")
    expect(page.locator("#judged")).to_have_text("2 decisions on file")
    assert {own.fingerprint != "" for own in decisions.load(folder / "cleaner.decisions.toml")} == {True}
    page.click("text=Overview")
    page.click("[data-rule-all='promotion/certain-ad'] button:text-is('reject')")
    expect(page.locator("#judged")).to_have_text("3 decisions on file")
    page.click("[data-rule-all='promotion/certain-ad'] button:text-is('undo')")
    expect(page.locator("#judged")).to_have_text("2 decisions on file")


def test_keys_for_a_document_and_a_rule(review: tuple[Path, str], watched: Watched) -> None:
    folder, address = review
    page = _first(watched, address)
    page.keyboard.press("A")
    expect(page.locator("#judged")).to_have_text("2 decisions on file")
    page.keyboard.press("n")
    page.keyboard.press("X")
    expect(page.locator("#judged")).to_have_text("3 decisions on file")
    (whole,) = [own for own in decisions.load(folder / "cleaner.decisions.toml") if not own.fingerprint]
    assert (whole.rule, whole.verdict) == ("newsletter/signup", "keep")
    page.keyboard.press("u")
    expect(page.locator("#n1 .verdict")).to_have_text("rejected: it stays, as all of this rule")
    page.keyboard.press("U")
    expect(page.locator("#n1 .verdict")).to_have_text("")


def test_what_was_decided_is_there_after_a_restart_and_heeded(project: Path) -> None:
    put(project / "in", {"a.txt": DIRTY})
    entry = decisions.Decided("newsletter/signup", "keep", "57b986d3900c51f7", SIGNUP)
    decisions.change(project / "cleaner.decisions.toml", [entry])
    cleaner("clean", "in", "-o", "out")
    assert (project / "out/a.txt").read_text("utf-8") == DIRTY.replace("Advertisement\n\n", "")
    decisions.change(project / "cleaner.decisions.toml", drop=[entry.key])
    cleaner("clean", "in", "-o", "out", "--force")
    assert (project / "out/a.txt").read_text("utf-8") == CLEAN
