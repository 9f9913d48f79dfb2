"""One Hypothesis profile for all: the same examples every time, and no deadline on a busy machine."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.indexes import corpus_of_sites
from tests.repositories import repository

__all__ = ["corpus_of_sites", "project", "repository"]

settings.register_profile(
    "cleaner",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("cleaner")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, worked in, whose configuration names the rules of tests/support.py alone."""
    from tests.files import configure

    configure(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
