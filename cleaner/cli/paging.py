"""Long output on a terminal goes through a pager, short output does not; elsewhere it is printed as it comes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from itertools import chain

import click


def show(parts: Iterable[str], *, color: bool | None, pager: bool) -> None:
    """Prints the parts, through the pager if they are longer than the terminal is high."""
    if not (pager and sys.stdout.isatty() and sys.stdin.isatty()):
        for part in parts:
            click.echo(part, color=color)
        return
    height = shutil.get_terminal_size().lines
    shown: list[str] = []
    parts = iter(parts)
    for part in parts:
        shown.append(part)
        if sum(own.count("\n") + 1 for own in shown) >= height:
            os.environ.setdefault("LESS", "-R")
            click.echo_via_pager(f"{own}\n" for own in chain(shown, parts))
            return
    for part in shown:
        click.echo(part, color=color)
