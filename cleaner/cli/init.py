"""``cleaner init``: a repository made ready for the hook."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner import starting
from cleaner.config import find, load
from cleaner.errors import UsageError
from cleaner.files import replace
from cleaner.repository import top
from cleaner.rulecode import WORTH_COMPILING, ready
from cleaner.run import rules_of


@click.command("init")
@click.option("--fix", is_flag=True, help="A hook that cuts, in place of one that only says what it found.")
@click.option("--repo", metavar="URL|PATH", help="Where pre-commit gets cleaner; without it, the one installed here.")
@click.option("--rev", help="The revision of --repo; by default the tag of this version.")
def command(fix: bool, repo: str | None, rev: str | None) -> None:
    """Write cleaner.toml and .pre-commit-config.yaml, and let git ignore the ledger. What is there stays.

    In the top folder of the repository, or the current folder outside of one.

    \b
    Example:
      cleaner init && pre-commit install && cleaner baseline .
    """
    if rev and not repo:
        raise click.UsageError("--rev needs --repo")
    try:
        folder = top()
    except UsageError:
        folder = Path.cwd()
    _write(folder / "cleaner.toml", starting.configuration())
    _write(folder / ".pre-commit-config.yaml", starting.hook(fix=fix, repo=repo, rev=rev))
    ignore = folder / ".gitignore"
    before = ignore.read_text(encoding="utf-8", errors="surrogateescape") if ignore.is_file() else ""
    after = starting.ignoring(before)
    if after is not None:
        replace(ignore, [after.encode("utf-8", "surrogateescape")], ignore.stat() if before else None)
        click.echo(f"{ignore}: added {starting.IGNORED}")
    click.echo("compiling the rules, so that the hook need not", err=True)
    ready(rules_of(load(find(folder))).rules, WORTH_COMPILING)


def _write(path: Path, text: str) -> None:
    """Writes a file that is not there; of one that is, says what it would hold."""
    if path.exists():
        wanted = "".join(f"  {line}\n" for line in text.splitlines())
        click.echo(f"{path} is there and stays as it is; what it could hold:\n{wanted}", nl=False)
    else:
        replace(path, [text.encode()])
        click.echo(f"{path}: written")
