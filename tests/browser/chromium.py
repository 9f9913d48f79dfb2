"""A real browser for tests: the Chromium that is installed, driven by Playwright, alone and offline."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

#: Names under which systems install it.
NAMES = ("chromium", "chromium-browser", "google-chrome")

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def path() -> str | None:
    """Where Chromium is; None if there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium with a new, empty profile that reaches nothing but this machine."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path(), headless=True, args=list(_FLAGS))
        try:
            yield running
        finally:
            running.close()
