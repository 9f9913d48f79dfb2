"""``cleaner restore``: the originals back, to the byte."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleaner.cli.common import complain
from cleaner.restoring import Choice, restore_tree


@click.command("restore")
@click.argument("tree", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--document", "documents", multiple=True, metavar="PATH|ID", help="Only these documents.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only what these rules removed.")
@click.option("--category", "categories", multiple=True, metavar="CATEGORY", help="Only what went as one of these.")
def command(tree: Path, documents: tuple[str, ...], rules: tuple[str, ...], categories: tuple[str, ...]) -> None:
    """Give back every original in TREE, the folder that was written or cleaned in place, byte for byte.

    Of HTML that is the extracted text. A file that changed since it was cleaned is named and left alone.

    \b
    Examples:
      cleaner restore out/
      cleaner restore out/ --document news/ferry.txt
      cleaner restore corpus/ --category author-bio
    """
    report = restore_tree(tree, Choice(frozenset(documents), frozenset(rules), frozenset(categories)))
    for name, reason in report.refused:
        complain(str(tree / name), reason)
    click.echo(
        f"{len(report.restored)} restored, {len(report.already)} already as wanted, {len(report.refused)} refused",
        err=True,
    )
    if documents and not (report.restored or report.already or report.refused):
        complain(str(tree), f"the ledger has no document {' or '.join(documents)}")
        sys.exit(2)
    if report.refused:
        sys.exit(2)
