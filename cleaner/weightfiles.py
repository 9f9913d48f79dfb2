"""Files of weights by name or path: the built-in ones, your own, or none."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import RuleError
from cleaner.packs import folder

if TYPE_CHECKING:
    from cleaner.score.scorer import Weights

DEFAULT, NONE = "default", "none"


def text(name: str, base: Path) -> str:
    """What the file holds; nothing for ``none``. Raises ``RuleError``."""
    path = _path(name, base)
    try:
        return path.read_text(encoding="utf-8") if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read: {error}") from None


def load(name: str, base: Path) -> Weights | None:
    """The weights; None for ``none``. Raises ``RuleError``."""
    path = _path(name, base)
    return _loaded(path) if path else None


def _path(name: str, base: Path) -> Path | None:
    if name == NONE:
        return None
    return folder() / "weights" / "default.tsv" if name == DEFAULT else base / name


@cache
def _loaded(path: Path) -> Weights:
    from cleaner.score.weights import parse  # imported where it is used: the score is off unless configured

    return parse(text(str(path), Path()), str(path))
