"""``cleaner explain``: every block of a file, with its kind, its sum and its decision."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cleaner.blocks import layout
from cleaner.cli import options
from cleaner.cli.common import Look, place
from cleaner.model import Cleaned, Decision
from cleaner.reports import json as json_report
from cleaner.reports.safe import one_line, visible
from cleaner.reports.terminal import Style

_TEXT = 72


@click.command("explain")
@options.inputs
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@click.option("--color/--no-color", default=None, help="Colour or not, whatever the output is.")
@options.configuration
def command(inputs: tuple[Path, ...], form: str, color: bool | None, **rest: Any) -> None:
    """Show every block with its kind, its sum and its decision, kept ones too.

    \b
    Example:
      cleaner explain corpus/news/ferry.txt
    """
    look = Look(inputs, options.config_of(rest), 1, every_decision=True)
    style = options.styler(color)
    documents = []
    for source, units in look.files():
        for done in units:
            cleaned = done.outcome.cleaned
            if cleaned is None:
                continue
            if form == "json":
                shown = json_report.document(str(source.path), done.unit.line, cleaned)
                shown["decisions"] = [json_report.decision(own, cleaned.document.text) for own in cleaned.decisions]
                documents.append(shown)
                continue
            click.echo(style(visible(place(source, done)), "path") + f"  ({_about(cleaned)})", color=color)
            for decision in cleaned.decisions:
                click.echo(_block(decision, cleaned, style), color=color)
    if form == "json":
        click.echo(json_report.dump({"version": json_report.VERSION, "documents": documents}))
    if look.failed:
        sys.exit(2)


def _about(cleaned: Cleaned) -> str:
    shape = "markdown" if cleaned.document.media == "markdown" else f"{layout(cleaned.document.text)} as paragraphs"
    held = f"; left whole: {cleaned.held}" if cleaned.held else ""
    return f"{len(cleaned.decisions)} blocks, {shape.replace('wrapped as paragraphs', 'hard-wrapped')}{held}"


def _block(decision: Decision, cleaned: Cleaned, style: Style) -> str:
    text = one_line(cleaned.document.text[decision.start : decision.end], _TEXT)
    note = f"  [{decision.note}]" if decision.note else ""
    head = f"{decision.line:5} {decision.kind:12} {decision.action:6} {decision.score:+6.1f}  {text}{note}"
    role = {"keep": "kept", "remove": "gone", "cut": "gone"}[decision.action]
    terms = [
        style(f"{'':27}{term.weight:+5.1f}  {term.name}: {visible(term.reason)}", "why") for term in decision.terms
    ]
    return "\n".join([style(head, role), *terms])
