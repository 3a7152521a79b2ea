"""`antrean bench`: measurements, from a checkout."""

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ("fleet", "hub", "pages", "paper", "push", "screens", "years")


def add_to(app: typer.Typer) -> None:
    """Add the command, in a checkout alone."""
    if (ROOT / "bench").is_dir():
        app.command(name="bench", epilog="Example: ./antrean bench hub")(bench)


def bench(
    names: Annotated[list[str] | None, typer.Argument(help=f"What to measure: {', '.join(MEASURES)}.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Measure, and print each figure with what it was measured beside and the bound it must keep to."""
    sys.path.insert(0, str(ROOT))
    unknown = set(names or ()) - set(MEASURES)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: measure one of {', '.join(MEASURES)}")
    figures = [figure for name in names or MEASURES for figure in importlib.import_module(f"bench.{name}").measure()]
    if as_json:
        print(json.dumps([asdict(figure) for figure in figures]))
        return
    table = Table("figure", "value", "unit", "beside", "to reach")
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:g}", figure.unit, figure.beside, figure.bound)
    Console().print(table)
