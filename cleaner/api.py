"""``from cleaner import clean``: one text at a time, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cleaner.cleaning import clean as clean_documents
from cleaner.config import Config, from_mapping
from cleaner.detectors import Detector
from cleaner.model import Cleaned, Document, Media
from cleaner.readers.base import host
from cleaner.run import work_of


def clean(
    text: str,
    url: str | None = None,
    config: Config | Mapping[str, Any] | None = None,
    *,
    media: Media = "text",
) -> Cleaned:
    """The text without its boilerplate.

    ``url`` lets rules for single sites apply. ``config`` is a :class:`~cleaner.config.Config` or a mapping
    with the keys of ``cleaner.toml``. ``media`` is ``"text"`` or ``"markdown"``.

    The result has ``.text``, ``.removals`` (spans of the original with rule, reason and score) and
    ``.decisions`` (one a block, kept ones too). If a safety limit kept the text whole, ``.held`` says which.

    Raises ``ConfigError`` and ``RuleError`` for a configuration that means nothing, and ``InputError`` if a
    rule takes too long on the text.

    >>> result = clean("The harbour froze over twice that winter, and the ferry stayed at its berth till March."
    ...     "\\nSubscribe to our newsletter\\n")
    >>> print(result.text, end="")
    The harbour froze over twice that winter, and the ferry stayed at its berth till March.
    >>> result.removals[0].category
    'newsletter'
    """
    settings = config if isinstance(config, Config) else from_mapping(config or {}, "config")
    document = Document(url or "text", text, media, url, host(url))
    return clean_documents([document], _detectors(_Key(settings)), settings.policy)[0]


class _Key:
    """A configuration as a key: mappings do not hash, their contents do."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._key = (config.packs, config.weights, config.select, config.ignore, config.languages, config.base)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=8)
def _detectors(key: _Key) -> tuple[Detector, ...]:
    return tuple(work_of(key.config, 0).detectors)
