"""``cleaner learn``: a rule pack proposed from what repeats, for a person to prune."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cleaner.cli import options
from cleaner.cli.common import found
from cleaner.errors import UsageError
from cleaner.proposals import packs
from cleaner.surveying import templates_of


@click.command("learn")
@options.inputs
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write the pack to.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@options.jobs
@options.configuration
def command(inputs: tuple[Path, ...], output: Path | None, force: bool, jobs: int, **rest: Any) -> None:
    """Propose a rule pack from what the pages of each site share.

    Every rule names the documents it comes from. Take out what should stay; then name the file under packs.

    \b
    Example:
      cleaner learn corpus/ -o pack.toml
    """
    if output is not None and output.exists() and not force:
        raise UsageError(f"output {output} exists; --force overwrites it")
    config = options.config_of(rest)
    files = found(inputs, config)
    text = packs(templates_of(files.sources, config, jobs))
    if not text:
        click.echo("cleaner: no site has a template in enough documents", err=True)
    elif output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")
    if any(skipped.error for skipped in files.skipped):
        sys.exit(2)
