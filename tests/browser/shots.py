"""Pictures of the samples' report for the documentation: ``python -m tests.browser.shots FOLDER REPORT``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.chromium import browser

DESKTOP, PHONE = (1120, 740), (390, 740)
#: The sample that has something of everything, and a removal whose sum has several terms.
SAMPLE, RULE = "harbour-ferry", "newsletter/no-spam"


def shoot(running: Browser, report: Path, out: Path) -> None:
    """An overview, the list, and a document's page: light and dark, wide and narrow."""
    out.mkdir(parents=True, exist_ok=True)
    pictures = {
        "overview": (DESKTOP, "light", _overview),
        "list": (DESKTOP, "light", _list),
        "document": (DESKTOP, "light", _document),
        "side-by-side": (DESKTOP, "dark", _split),
        "phone": (PHONE, "dark", _document),
        "phone-overview": (PHONE, "light", _overview),
    }
    for name, ((width, height), scheme, go) in pictures.items():
        size = {"width": width, "height": height}
        context = running.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page = context.new_page()
        go(page, report)
        page.screenshot(path=out / f"{name}.png")
        context.close()


def _overview(page: Any, report: Path) -> None:
    page.goto((report / "index.html").as_uri())


def _list(page: Any, report: Path) -> None:
    page.goto((report / "list.html").as_uri() + "#below=6&category=promotion")
    page.wait_for_selector(".hit")


def _document(page: Any, report: Path) -> None:
    page.goto((report / "list.html").as_uri() + f"#q={SAMPLE}")
    page.click(".hit h2 a")
    number = page.locator(f'.note[data-rule="{RULE}"]').get_attribute("data-number")
    page.goto(page.url.partition("#")[0] + f"#r{number}")


def _split(page: Any, report: Path) -> None:
    _document(page, report)
    page.keyboard.press("v")
    page.keyboard.press("p")


if __name__ == "__main__":
    with browser() as running:
        shoot(running, Path(sys.argv[2]).resolve(), Path(sys.argv[1]))
