"""`antrean test`: the tests of a checkout."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).resolve().parent.parent
SPREAD = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
"""The whole suite runs a file to a core; a few tests are sooner done by one."""


def add_to(app: typer.Typer) -> None:
    """Add the command, in a checkout alone."""
    if (ROOT / "tests").is_dir():
        app.command(
            name="test",
            context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
            epilog="Example: ./antrean test -k kiosk",
        )(run_tests)


def run_tests(
    context: typer.Context,
    all_tests: Annotated[bool, typer.Option("--all", help="Also the tests marked slow.")] = False,
) -> None:
    """Run the tests; further arguments go to pytest, whose last line is the last line here."""
    chosen = [] if all_tests else ["-m", "not slow"]
    spread = [] if context.args else SPREAD
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *chosen, *spread, *context.args])  # noqa: S606  our own interpreter
