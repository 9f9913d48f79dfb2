from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import cleaner
from cleaner import api
from cleaner.config import Config
from cleaner.errors import ConfigError, RuleError
from tests.files import CLEAN, DIRTY, SIGNUP, A, B, put
from tests.support import RULES, pack


@pytest.fixture
def config(tmp_path: Path) -> dict[str, object]:
    put(tmp_path, {"pack.toml": RULES, "site.toml": pack(sites='["*.example.org"]', languages='["en"]')})
    paths = [str(tmp_path / "pack.toml"), str(tmp_path / "site.toml")]
    return {"packs": paths, "min_kept_words": 0, "max_removed": 1.0}


def test_the_example() -> None:
    assert doctest.testmod(api).attempted > 2
    assert doctest.testmod(api).failed == 0


def test_text_removals_and_decisions(config: dict[str, object]) -> None:
    result = cleaner.clean(DIRTY, config=config)
    assert result.text == CLEAN
    assert [removal.rule for removal in result.removals] == ["newsletter/signup", "promotion/certain-ad"]
    assert [own.action for own in result.decisions] == ["keep", "remove", "keep", "remove", "keep"]
    assert result.changed
    assert result.held == ""


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        (None, False),
        ("https://www.example.org/a", True),
        ("https://WWW.Example.ORG/a", True),
        ("https://example.com/", False),
        ("no url", False),
        ("http://[broken", False),
    ],
)
def test_rules_for_a_site_need_its_url(config: dict[str, object], url: str | None, goes: bool) -> None:
    assert (cleaner.clean(f"{A}\n\nfoo\n\n{B}\n", url, config).text == f"{A}\n\n{B}\n") is goes


def test_each_configuration_has_its_own_rules(config: dict[str, object]) -> None:
    assert SIGNUP in cleaner.clean(DIRTY, config={**config, "ignore": ["newsletter"]}).text
    assert SIGNUP not in cleaner.clean(DIRTY, config=config).text
    assert SIGNUP in cleaner.clean(DIRTY, config={**config, "threshold": 7}).text
    assert cleaner.clean(DIRTY, config={**config, "max_removed": 0.01}).held.startswith("would lose")
    assert SIGNUP not in cleaner.clean(DIRTY, config=Config(packs=tuple(config["packs"]), min_kept_words=0)).text  # type: ignore[arg-type]


def test_media(config: dict[str, object]) -> None:
    fenced = f"{A}\n\n```\n{SIGNUP}\n\n{SIGNUP}\n```\n\n{B}\n"
    assert cleaner.clean(fenced, config=config, media="markdown").text == fenced


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"treshold": 1}, ConfigError, "config: unknown key 'treshold'; did you mean threshold?"),
        ({"threshold": "x"}, ConfigError, "config: threshold: found 'x'"),
        ({"select": ["nope"]}, ConfigError, "select: found 'nope'"),
        ({"packs": ["./none.toml"]}, RuleError, "none.toml: cannot be read"),
    ],
)
def test_a_configuration_that_means_nothing_is_an_error(settings: dict[str, object], error: type, message: str) -> None:
    with pytest.raises(error) as caught:
        cleaner.clean(A, config=settings)
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\ud800", "\x00", A])
def test_what_has_no_boilerplate_stays(config: dict[str, object], text: str) -> None:
    assert cleaner.clean(text, config=config).text == text
    assert cleaner.clean(text).text == text
