"""`antrean verify`: whether the journal is whole and the tables say the same."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="verify", epilog="Example: antrean verify /var/lib/antrean")(verify)


def verify(
    data: Annotated[Path, typer.Argument(help="A hub's data folder; the hub may run meanwhile.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Recompute the chain from the first line and rebuild every table; exit code 0 where both agree, 1 otherwise."""
    from journal.verify import verify as verified

    report = verified(data)
    if as_json:
        print(json.dumps({**asdict(report), "content": report.content}))
    else:
        rows = ", ".join(f"{count} {table}" for table, count in report.tables.items())
        print(f"{report.hall}: {report.lines} lines, head {report.head[:16]}, tables: {rows}")
        for problem in report.problems:
            print(f"  {problem}")
        print("content" if report.content else "NOT content")
    raise typer.Exit(0 if report.content else 1)
