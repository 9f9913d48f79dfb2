"""Files of weights by name or path: the built-in ones, your own, or none."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import RuleError
from cleaner.packs import folder
from cleaner.rulecache import RuleCache

if TYPE_CHECKING:
    from cleaner.score.scorer import Weights

DEFAULT, NONE = "default", "none"


def content(name: str, base: Path) -> bytes:
    """What the file holds; nothing for ``none``. Raises ``RuleError``."""
    path = _path(name, base)
    return _read(path) if path else b""


def load(name: str, base: Path) -> Weights | None:
    """The weights; None for ``none``. Raises ``RuleError``."""
    path = _path(name, base)
    return _loaded(path) if path else None


def _path(name: str, base: Path) -> Path | None:
    if name == NONE:
        return None
    return folder() / "weights" / "default.tsv" if name == DEFAULT else base / name


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error}") from None
    # as a checkout may have it; looking for one byte takes no time, as the file has a megabyte
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


@cache
def _loaded(path: Path) -> Weights:
    # imported where it is used: nothing else needs it
    from cleaner import tokens
    from cleaner.score import again, context, features, lexicon, scorer, trees, web, weights

    own = _read(path)
    digest = hashlib.sha256(own)
    for module in (tokens, again, context, features, lexicon, scorer, trees, web, weights):
        with contextlib.suppress(OSError):  # in a zip file: the rules' salt must do
            digest.update(Path(str(module.__file__)).read_bytes())
    cached, key = RuleCache(), f"{digest.hexdigest()}.weights"
    if kept := cached.get(key):
        return weights.of_kept(kept, own)
    parsed = weights.parse(own, str(path))
    cached.put(key, weights.kept(parsed))
    return parsed
