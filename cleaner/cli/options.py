"""Options that commands share, and what they make of them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cleaner.config import Config, find, load, override
from cleaner.packs import is_path
from cleaner.reports.filter import Filter
from cleaner.reports.terminal import Style, plain
from cleaner.ruleschema import CATEGORIES

inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT…", type=click.Path(path_type=Path))
some_inputs = click.argument("inputs", nargs=-1, metavar="[INPUT…]", type=click.Path(path_type=Path))

jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 1024),
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    show_default="cores",
    help="Worker processes. The result does not depend on it.",
)


def _size(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """A size as ``512M`` or ``2G``, in bytes; K, M, G and T are powers of 1024."""
    match = re.fullmatch(r"(\d{1,9})([KMGT]?)(?:i?B)?", value.strip(), re.IGNORECASE)
    if match is None:
        raise click.BadParameter(f"{value!r} is no size; allowed is a whole number with K, M, G or T, as in 512M")
    size: int = int(match[1]) * 1024 ** " KMGT".index(match[2].upper() or " ")
    if size < _LEAST_MEMORY:
        raise click.BadParameter(f"{value} is too little; allowed is 16M or more")
    return size


#: Bytes below which parts get so small that their number costs more than they save.
_LEAST_MEMORY = 1 << 24

memory = click.option(
    "--memory",
    callback=_size,
    default="512M",
    metavar="SIZE",
    show_default=True,
    help="Memory to look for copies in. The result does not depend on it.",
)

_THRESHOLD = (click.option("--threshold", type=float, help="Sum of evidence at which a block goes."),)
_CONFIGURATION: tuple[Callable[[Any], Any], ...] = (
    click.option("--config", "config_file", type=click.Path(path_type=Path), help="Use this file's configuration."),
    click.option("--pack", "packs", multiple=True, metavar="NAME|PATH", help="Rule packs in place of the configured."),
    click.option("--weights", metavar="none|default|PATH", help="Weights of the learned score."),
    click.option("--select", multiple=True, metavar="CATEGORY|RULE", help="Look only for these."),
    click.option("--ignore", multiple=True, metavar="CATEGORY|RULE", help="Do not look for these."),
    *_THRESHOLD,
    click.option("--max-removed", type=float, help="A document that would lose more (0 to 1) stays whole."),
    click.option("--min-kept-words", type=int, help="A document that would keep fewer stays whole."),
    click.option("--text-field", help="The field of a record that holds its text."),
    click.option("--id-field", help="The field of a record that holds its id."),
    click.option("--url-field", help="The field of a record that holds its URL."),
    click.option("--html-format", help="What HTML pages are turned into: text or markdown."),
    click.option("--index", type=click.Path(path_type=Path), help="The index to use, in place of the configured."),
    click.option("--no-index", is_flag=True, help="Use no index, even if it is there."),
)
_NAMES = (
    "packs", "weights", "select", "ignore", "threshold", "max_removed", "min_kept_words", "duplicate_threshold",
    "drop_duplicates", "text_field", "id_field", "url_field", "html_format",
)  # fmt: skip


_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option("--category", "categories", multiple=True, type=click.Choice(CATEGORIES), help="Show only these."),
    click.option("--rule", "rules", multiple=True, metavar="RULE", help="Show only what these rules remove."),
    click.option("--below", type=float, metavar="SCORE", help="Show only sums under this, the least sure first."),
)


def filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that choose what is shown; the function gets them as ``options``, for :func:`filter_of`."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def filter_of(options: dict[str, Any]) -> Filter:
    """What the options choose."""
    return Filter(frozenset(options["categories"]), frozenset(options["rules"]), options["below"])


def configuration(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that make a configuration; the function gets them as ``options``, for :func:`config_of`."""
    for option in reversed(_CONFIGURATION):
        function = option(function)
    return function


def configuration_but_threshold(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command to which ``--threshold`` means something else."""
    for option in reversed(_CONFIGURATION):
        if option not in _THRESHOLD:
            function = option(function)
    return function


def duplicate_threshold(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option, under this name, that sets ``duplicate_threshold``."""
    return click.option(
        name, "duplicate_threshold", type=float, help="Jaccard index (0.5 to 1) from which documents are near copies."
    )


def config_of(options: dict[str, Any]) -> Config:
    """The configuration in force: the named or closest file's, with the command line's values over it.

    Raises ``ConfigError``.
    """
    path = options["config_file"] or find(Path.cwd())
    given = {name: options[name] for name in _NAMES if options.get(name) not in (None, ())}
    table = {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}
    if options.get("no_index"):
        table["index"] = ""
    elif options.get("index") is not None:
        table["index"] = str(options["index"].absolute())
    config = load(path)
    if "packs" in table:
        table["packs"] = [_from_here(name, config.base) for name in table["packs"]]
    return override(config, table, "command line")


def config_here() -> Config:
    """The closest configuration as its file has it. Raises ``ConfigError``."""
    return load(find(Path.cwd()))


def _from_here(pack: str, base: Path) -> str:
    """A pack's path on the command line counts from the working folder, one in a configuration from its own."""
    if not is_path(pack) or base.resolve() == Path.cwd() or Path(pack).is_absolute():
        return pack
    return os.path.join(".", os.path.relpath(pack, base))  # noqa: PTH118  # Path drops the leading dot


#: Colours of categories, by their place in the list of them: of the 256 those that can be read on black and on white.
_COLOURS = (33, 166, 35, 133, 37, 136, 168, 69, 71, 173, 98, 142, 160, 31, 131)


def styler(color: bool | None) -> Style:
    """Colours by role: as asked, else on a terminal that has not said NO_COLOR."""
    wanted = sys.stdout.isatty() and "NO_COLOR" not in os.environ if color is None else color
    return _styled if wanted else plain


def _styled(text: str, role: str) -> str:
    kind, _, category = role.partition("/")
    fixed = {"path": {"bold": True}, "kept": {"dim": True}, "fold": {"dim": True}, "held": {"fg": "yellow"}}
    if category:
        number = CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)
        colour = _COLOURS[number % len(_COLOURS)]
        return click.style(text, fg=colour, strikethrough=kind == "gone" or None, bold=kind == "rule" or None)
    return click.style(text, **fixed.get(role, {}))  # type: ignore[arg-type]
