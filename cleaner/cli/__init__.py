"""The command line: one file a command, loaded when it is called. Exceptions become exit codes here only.

0: nothing to do, or done. 1: findings in check mode. 2: usage, configuration, or input that could not be processed.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import sys
from typing import Any

import click

from cleaner import __version__
from cleaner.errors import CleanerError

#: Command → the module in this folder that holds it, as ``command``.
COMMANDS = {
    "clean": "clean",
    "diff": "diff",
    "check": "check",
    "baseline": "baseline",
    "restore": "restore",
    "explain": "explain",
    "duplicates": "duplicates",
    "learn": "learn",
    "evaluate": "evaluate",
    "index": "index",
    "rules": "rules",
    "config": "config",
    "init": "init",
    "git": "git",
    "report": "report",
    "review": "review",
    "fit": "fit",
}

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """Commands that are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"cleaner.cli.{COMMANDS[cmd_name]}"
        if name not in sys.modules:
            _import(name)
        command: click.Command = sys.modules[name].command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            _complain(error)
            ctx.exit(2)
        except BrokenPipeError:
            # whoever read our output has seen enough; what is still buffered has nowhere to go
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            _complain(error)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("cleaner: interrupted; every file is as it was or cleaned", err=True)
            ctx.exit(130)  # as shells have it; 1 would mean findings


def _import(name: str) -> None:
    """Imports the module. No garbage is looked for meanwhile or in it later, which is a tenth of a hook's time.

    Nor does NumPy's OpenBLAS start its threads, which would wait busily for products of matrices that never come, and
    take a quarter of that time. What can be done at once is done by processes.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    try:
        importlib.import_module(name)
    finally:
        gc.freeze()
        gc.enable()


def _complain(error: Exception) -> None:
    """A line on stderr, where names and values from files can do nothing to a terminal."""
    from cleaner.reports.safe import visible

    click.echo(f"cleaner: {visible(str(error))}", err=True)


@click.group(cls=_Commands, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="cleaner", message="%(prog)s %(version)s")
def main() -> None:
    """Strips boilerplate from folders of scraped text, and says why.

    \b
    Example:
      cleaner diff corpus/            # what would go, and on what evidence
      cleaner clean corpus/ -o out/   # the same tree, clean, with a ledger
      cleaner restore out/            # every byte back
    """


def program() -> None:
    """The ``cleaner`` that is installed: :func:`main`, and then the end of the process at once.

    Python would take apart all that was made, piece by piece, for a twentieth of a hook's time.
    """
    try:
        main(prog_name="cleaner")
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(status: int) -> None:
    """Ends the process as Python does, but for taking things apart; returns where the last output goes nowhere."""
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError):  # Python complains of it, and has a status of its own
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        os._exit(status)
