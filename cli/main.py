"""The program `antrean`: every command of the house, one file each."""

import os
import signal
import sys
from typing import TextIO, cast

import structlog
import typer

from cli import (
    bench,
    check,
    counter,
    demo,
    display,
    hall,
    hub,
    keypad,
    kiosk,
    numpad,
    pair,
    paper_block,
    printer,
    reload,
    replay,
    report,
    sync,
    test,
    ui,
    verify,
    voice,
    why,
)
from cli.log import Log
from config.errors import AntreanError
from config.wording import Words

app = typer.Typer(
    name="antrean",
    help="Antrean, the queue appliance of a public-service hall.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    demo, hub, kiosk, counter, keypad, numpad, display, voice, printer, sync,
    pair, hall, check, reload, why, paper_block, report, replay, verify, bench, test, ui,
):  # fmt: skip
    module.add_to(app)


def main() -> None:
    """Run the command line; an error a person can act on ends with its sentence on stderr and exit code 1."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Log())),
        cache_logger_on_first_use=True,
    )
    signal.signal(signal.SIGTERM, end_in_order)
    try:
        app()
    except AntreanError as error:
        print(f"antrean: {sentence(error)}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            # Whoever read our output has gone; Python would complain once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        print(
            f"antrean: {sentence(FileTrouble(name=error.filename or '-', why=error.strerror or error))}",
            file=sys.stderr,
        )
        sys.exit(1)


class FileTrouble(AntreanError):
    """A file or folder that was named cannot be used."""

    key = "error.file"


def end_in_order(*_: object) -> None:
    """Let what was started be ended on SIGTERM, too; programs with a loop of their own replace this."""
    raise SystemExit(143)


def sentence(error: AntreanError) -> str:
    """Return an error's sentence in Indonesian and, below, in English."""
    indonesian, english = Words("id").error(error), Words("en").error(error)
    return indonesian if indonesian == english else f"{indonesian}\n         {english}"
