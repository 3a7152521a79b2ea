"""`antrean report`: the figures of a day, a month or any range of days."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from config.errors import AntreanError

BINARY = ("xlsx", "pdf")


class FileNeeded(AntreanError):
    """A report of this format is a file, and none was named."""

    key = "error.report_file"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="report",
        epilog="Examples: antrean report --data /var/lib/antrean --from 2026-11-01 --to 2026-11-30;"
        " antrean report --data /var/lib/antrean --from 2026-11-30 --format pdf --out monday.pdf",
    )(report)


def report(
    data: Annotated[Path, typer.Option(help="A hub's data folder; the hub may run meanwhile.")],
    first: Annotated[str, typer.Option("--from", help="The first day, as 2026-11-01.")],
    last: Annotated[str, typer.Option("--to", help="The last day (default: the first one).")] = "",
    agency: Annotated[str, typer.Option(help="One agency by its id in the hall file (default: all).")] = "",
    form: Annotated[str, typer.Option("--format", help="text, csv, xlsx, pdf or json.")] = "text",
    out: Annotated[Path | None, typer.Option(help="The file to write (default: print).")] = None,
    public: Annotated[bool, typer.Option(help="A copy for the public: nothing of fewer than five people.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    language: Annotated[str, typer.Option(help="The language of names and definitions: id or en.")] = "id",
) -> None:
    """Report what happened in a hall: numbers, waits, service times, refusals, hours, attendance and faults."""
    from config.wording import Words
    from hub.report.build import Asking, report_of
    from hub.report.files import TYPES, written
    from hub.report.period import period_of

    form = "json" if as_json else form
    if form not in TYPES:
        raise typer.BadParameter(f"{form} is none of {', '.join(sorted(TYPES))}.", param_hint="--format")
    if language not in ("id", "en"):
        raise typer.BadParameter(f"{language} is neither id nor en.", param_hint="--language")
    if form in BINARY and out is None:
        raise FileNeeded(format=form.upper())
    asking = Asking(period_of(first, last), agency, with_clerks=not public, public=public)
    told = written(report_of(data, asking), form, Words(language))
    if out is None:
        sys.stdout.write(told.decode().rstrip("\n") + "\n")
    else:
        out.write_bytes(told)
