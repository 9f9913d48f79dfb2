"""The report in a real browser, from ``file://``, as somebody would use it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, axe


def _open(watched: Watched, report: Path, name: str) -> Any:
    watched.page.goto((report / name.partition("#")[0]).as_uri() + "".join(name.partition("#")[1:]))
    return watched.page


def _ferry(watched: Watched, report: Path) -> Any:
    """The page of the ferry's sample, found as a person finds it."""
    page = _open(watched, report, "list.html")
    page.fill("input[name=q]", "harbour-ferry")
    expect(page.locator(".hit")).to_have_count(1)
    page.click(".hit h2 a")
    page.wait_for_selector(".tools:not([hidden])")
    return page


def test_the_overview_leads_to_what_is_in_doubt(watched: Watched, samples: Path) -> None:
    page = _open(watched, samples, "index.html")
    assert page.locator(".figures dd").first.inner_text().endswith("%")
    assert page.locator("table.chart svg rect.fill").count() > 10
    scores = [float(text) for text in page.locator(".doubts .sum").all_text_contents()]
    assert scores == sorted(scores)
    wanted = page.locator(".doubts .snippet").first.inner_text()
    page.locator(".doubts .snippet").first.click()
    page.wait_for_function("document.activeElement.tagName === 'DEL'")
    assert page.evaluate("document.activeElement.textContent").strip().startswith(wanted[:20])


def test_search_and_filters_find_removals(watched: Watched, samples: Path) -> None:
    page = _open(watched, samples, "index.html")
    page.click("a.tag:text-is('newsletter')")
    page.wait_for_selector(".hit")
    assert set(page.locator(".hit .tag").all_inner_texts()) == {"newsletter"}
    page.select_option("select[name=category]", "")
    page.fill("input[name=below]", "5.5")
    expect(page.locator(".hit .tag", has_text="promotion").first).to_be_visible()
    expect(page.locator(".hit .sum", has_text="certain")).to_have_count(0)
    shown = [float(text) for text in page.locator(".hit .sum").all_inner_texts()]
    assert shown and max(shown) <= 5.5, "sums are shown with one decimal: 5.46 is below 5.5"
    page.fill("input[name=below]", "")
    page.select_option("select[name=rule]", "duplicate/pull-quote")
    expect(page.locator(".hit .mono").first).to_have_text("pull-quote")
    assert page.locator(".hit .sum").all_inner_texts()[0] == "certain"
    page.fill("input[name=q]", "no such text in any of them")
    expect(page.locator("#found")).to_have_text("0 removals")
    assert "q=no+such" in page.url, "a search can be linked to"


def test_the_keyboard_walks_from_removal_to_removal(watched: Watched, samples: Path) -> None:
    page = _ferry(watched, samples)
    seen = []
    for key in "nnnpn":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == ["r1", "r2", "r3", "r2", "r3"]
    assert page.locator(".note.on").count() == 1
    assert page.locator("#n3.on .mono").inner_text() == "read-time-meta"
    for _ in range(40):
        page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") == f"r{page.locator('del[id]').count()}", "the last is the end"
    before = page.locator("h1").inner_text()
    page.keyboard.press("]")
    expect(page.locator("h1")).not_to_have_text(before)
    expect(page.locator(".tools")).to_be_visible()  # its script is there
    page.keyboard.press("[")
    expect(page.locator("h1")).to_have_text(before)


def test_evidence_shows_on_hover_and_on_focus(watched: Watched, samples: Path) -> None:
    page = _ferry(watched, samples)
    note = page.locator(".note:has(.terms)").first
    number = note.get_attribute("data-number")
    assert not note.locator(".terms").is_visible()
    page.locator(f"#r{number}").hover()
    assert note.locator(".terms").is_visible()
    page.mouse.move(0, 0)
    assert not note.locator(".terms").is_visible()
    page.locator(f"#r{number}").focus()
    assert note.locator(".terms").is_visible()
    assert page.locator(f"#r{number}").get_attribute("aria-describedby") == f"n{number}"


def test_a_copy_links_to_the_text_that_stays(watched: Watched, samples: Path) -> None:
    page = _ferry(watched, samples)
    page.click(".note[data-category=duplicate] .why a")
    assert page.evaluate("document.activeElement.id") == "l10"
    assert "he lights come round" in page.locator("#l10").inner_text()


def test_side_by_side_shows_what_is_left(watched: Watched, samples: Path) -> None:
    page = _ferry(watched, samples)
    page.keyboard.press("v")
    after = page.locator(".after").all_inner_texts()
    assert any(line.startswith("Night ferry returns") for line in after)
    assert not any("Unsubscribe anytime" in line for line in after)
    assert page.locator("[data-view=split]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("v")
    assert page.locator(".after").count() == 0


def test_one_category_alone(watched: Watched, samples: Path) -> None:
    page = _ferry(watched, samples)
    page.select_option("#only", "newsletter")
    page.keyboard.press("n")
    assert page.locator(".note.on").get_attribute("data-category") == "newsletter"


def test_without_scripts_a_page_says_everything(chromium: Any, samples: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((samples / "index.html").as_uri())
    page.locator(".doubts .snippet").first.click()
    assert page.locator(".note .why").first.is_visible()
    assert page.locator("del").first.is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window(watched: Watched, samples: Path, harmful: Path, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 700})
    pages = [
        samples / "index.html",
        samples / "list.html",
        *(samples / "d").glob("*.html"),
        *(harmful / "d").glob("*.html"),
    ]
    wide = []
    for path in pages:
        watched.page.goto(path.as_uri())
        if watched.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path.name)
    assert wide == []


# -- harm


def test_nothing_of_a_document_runs(watched: Watched, harmful: Path) -> None:
    pages = [harmful / "index.html", harmful / "skipped.html", harmful / "list.html", *(harmful / "d").glob("*.html")]
    assert len(pages) > 8
    for path in pages:
        watched.page.goto(path.as_uri())
        watched.page.wait_for_load_state()
        assert watched.page.evaluate("window.harmed") is None, path
        assert watched.page.locator("main script, main style, main img, main iframe, main base, main meta").count() == 0
        assert watched.page.locator("[onerror], [onload], [onfocus], [href^='javascript']").count() == 0
        shown = watched.page.locator("body").inner_text()
        assert not {"\x1b", "\u202e", "\u2066", "\x00", "\x07", "\u200b"} & set(shown)
    watched.page.goto((harmful / "list.html").as_uri() + "#q=<script>")
    watched.page.wait_for_selector(".hit")
    watched.page.keyboard.press("Tab")
    assert watched.page.evaluate("window.harmed") is None
    assert "<script>window.harmed = 1</script>" in watched.page.locator("#results").inner_text()


def test_names_of_pages_are_hashes(harmful: Path) -> None:
    names = {path.relative_to(harmful).as_posix() for path in harmful.rglob("*") if path.is_file()}
    assert all(name.isascii() and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789/.-") for name in names)


def test_a_script_that_got_in_would_not_run(watched: Watched, harmful: Path, tmp_path: Path) -> None:
    """The policy is the second line: it holds even if a template forgot to escape."""
    text = (harmful / "index.html").read_text("utf-8")
    planted = text.replace(
        '<main id="main"', "<script>window.harmed = 1</script><img src=x onerror=window.harmed=2><main"
    )
    assert planted != text
    (harmful / "planted.html").write_text(planted, "utf-8")
    watched.page.goto((harmful / "planted.html").as_uri())
    watched.page.wait_for_load_state()
    assert watched.page.evaluate("window.harmed") is None
    assert any("Content Security Policy" in text for text in watched.wrong)
    watched.wrong.clear()
    (harmful / "planted.html").unlink()


# -- accessibility


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing(chromium: Any, samples: Path, scheme: str, width: int) -> None:
    script = axe()
    if script is None:
        assert os.environ.get("CI") != "true", "no axe-core: in CI it must be there (make node)"
        pytest.skip("NO AXE-CORE: accessibility was not checked; `make node` installs it")
    # its script is run by the debugger's protocol, which the page's policy does not bind
    context = chromium.new_context(
        color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    largest = max((samples / "d").glob("*.html"), key=lambda path: path.stat().st_size)
    found = []
    for name, keys in (
        ("index.html", ""),
        ("list.html", ""),
        ("skipped.html", ""),
        (f"d/{largest.name}", "n?"),
        (f"d/{largest.name}", "v"),
    ):
        page.goto((samples / name).as_uri())
        page.wait_for_timeout(300 if name == "list.html" else 0)
        for key in keys:
            page.keyboard.press(key)
        page.evaluate(script)
        outcome = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(name, own["id"], own["impact"], own["nodes"][0]["html"][:200]) for own in outcome["violations"]]
    context.close()
    assert found == [], json.dumps(found, indent=1)
