"""What ``cleaner init`` writes, as text: a configuration, a hook for pre-commit, a line for ``.gitignore``."""

from __future__ import annotations

import json
import re

from cleaner import __version__
from cleaner.config import KEYS, Config
from cleaner.readers import SUFFIXES
from cleaner.readers.packed import PACKINGS

#: What git should not track: the ledger of cuts made in place, and the index.
IGNORED = "/.cleaner/"


def documents() -> str:
    """The regular expression of the names of files that can be read, for pre-commit."""
    plain = "|".join(suffix.removeprefix(".") for suffix in SUFFIXES)
    packed = "|".join(packing.removeprefix(".") for packing in PACKINGS)
    return rf"\.({plain})(\.({packed}))?$"


def configuration() -> str:
    """A ``cleaner.toml`` that changes nothing: every key with its default, commented out."""
    default = Config()
    rows = [
        "# Configuration of cleaner. What is commented out is the default; `cleaner config` shows what is in force.\n"
    ]
    for key, (_, allowed, about) in KEYS.items():
        value = getattr(default, key)
        shown = json.dumps(list(value) if isinstance(value, tuple) else value)
        rows.append(f"# {about}: {allowed}\n# {key} = {shown}\n")
    return "\n".join(rows)


def hook(*, fix: bool, repo: str | None, rev: str | None) -> str:
    """A ``.pre-commit-config.yaml``: the hook of a repository, or without one the program that is installed."""
    name = "cleaner-fix" if fix else "cleaner-check"
    rows = [
        "# Looks at the text of every commit; `pre-commit install` turns it on.",
        "repos:",
        f"  - repo: {_quoted(repo or 'local')}",
    ]
    if repo:
        rows += [f"    rev: {_quoted(rev or f'v{__version__}')}", "    hooks:", f"      - id: {name}"]
    else:
        title = "cleaner check --fix" if fix else "cleaner check"
        own = {
            "name": title,
            "entry": f"{title} --alone",
            "language": "system",
            "files": f"'{documents()}'",
            "types": "[file]",
        }
        rows += ["    hooks:", f"      - id: {name}", *(f"        {key}: {value}" for key, value in own.items())]
        rows.append("        require_serial: true")
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    """A YAML string; in double quotes it is one of JSON."""
    return text if re.fullmatch(r"[A-Za-z0-9./][\w./@:+-]*", text) else json.dumps(text)


def ignoring(text: str) -> str | None:
    """A ``.gitignore`` with our line; None if it has it."""
    if {IGNORED, IGNORED.strip("/"), IGNORED.lstrip("/")} & {line.strip() for line in text.splitlines()}:
        return None
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{end}{IGNORED}\n"
