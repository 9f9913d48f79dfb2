"""What the tests in a browser share: the browser, pages that are watched, and a corpus that means harm.

Without a Chromium they are skipped and say so; in CI (``CI=true``) that is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser import hostile
from tests.browser.chromium import browser, path
from tests.files import cleaner, configure, put
from tests.support import ROOT


@dataclass
class Watched:
    """A page, and whatever went wrong in it."""

    page: Any
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Notes errors, warnings, refused loads, dialogs, and requests to anywhere else."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("requestfailed", self._failed)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # whoever went on did not wait for it
            self.wrong.append(f"not loaded: {request.url}: {request.failure}")

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:///", "http://127.0.0.1:")):
            self.wrong.append(f"asked for {url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if path() is None:
        assert os.environ.get("CI") != "true", "no Chromium: in CI the tests in a browser must run"
        pytest.skip("NO CHROMIUM: the report was not looked at in a browser; install one (apt-get install chromium)")
    with browser() as running:
        yield running


@pytest.fixture
def watched(chromium: Any) -> Iterator[Watched]:
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1200, "height": 800})
    watched = Watched(context.new_page())
    watched.watch()
    yield watched
    context.close()
    assert watched.wrong == []


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report over samples/."""
    out = tmp_path_factory.mktemp("samples")
    cleaner("report", ROOT / "samples", "-o", out / "report", "-j", "1")
    return out / "report"


@pytest.fixture(scope="session")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report over texts that would run if they could."""
    folder = tmp_path_factory.mktemp("harmful")
    configure(folder, pack=hostile.PACK)
    put(folder / "in", hostile.FILES)
    cleaner("report", folder / "in", "-o", folder / "report", "-j", "1", "--config", folder / "cleaner.toml", code=None)
    return folder / "report"


def axe() -> str | None:
    """The accessibility checks of axe-core; None where they are not installed."""
    script = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
    return script.read_text("utf-8") if script.is_file() else None
