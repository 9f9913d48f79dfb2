"""``cleaner config``: what is in force, and where it came from."""

from __future__ import annotations

import json
from typing import Any

import click

from cleaner.cli import options
from cleaner.config import KEYS
from cleaner.packs import DEFAULT, names
from cleaner.run import rules_of


@click.command("config")
@options.configuration
def command(**rest: Any) -> None:
    """Show the configuration in force here, with the place each value comes from.

    \b
    Example:
      cleaner config
    """
    config = options.config_of(rest)
    for key, (_, _, about) in KEYS.items():
        value = getattr(config, key)
        shown = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
        click.echo(f"{key} = {shown}")
        click.echo(f"    {about} (from {config.origins.get(key, 'the defaults')})")
    click.echo(f"\n{len(rules_of(config))} rules in force; built-in packs: {DEFAULT}, {', '.join(names())}")
