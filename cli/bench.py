"""`antrean bench`: measurements, from a checkout."""

import importlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from bench.figures import Figure

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ("fleet", "hub", "pages", "paper", "push", "reports", "screens", "years")
ALIASES = {"sync": "push"}
ON_ENGINES = ("fleet", "push")
"""Those that measure a region, on each of its engines or on one."""


class Engine(StrEnum):
    """What a region keeps its records in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def add_to(app: typer.Typer) -> None:
    """Add the command, in a checkout alone."""
    if (ROOT / "bench").is_dir():
        app.command(name="bench", epilog="Example: ./antrean bench hub")(bench)


def bench(
    names: Annotated[list[str] | None, typer.Argument(help=f"What to measure: {', '.join(MEASURES)}.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    engine: Annotated[
        Engine | None, typer.Option(help=f"The region's engine in {' and '.join(ON_ENGINES)}, instead of both.")
    ] = None,
) -> None:
    """Measure, and print each figure with what it was measured beside and the bound it must keep to."""
    sys.path.insert(0, str(ROOT))
    wanted = [ALIASES.get(name, name) for name in names or MEASURES]
    unknown = set(wanted) - set(MEASURES)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: measure one of {', '.join(MEASURES)}")
    figures = [figure for name in wanted for figure in measured(name, engine)]
    if as_json:
        print(json.dumps([asdict(figure) for figure in figures]))
        return
    table = Table("figure", "value", "unit", "beside", "to reach")
    for figure in figures:
        table.add_row(figure.name, f"{figure.value:g}", figure.unit, figure.beside, figure.bound)
    Console().print(table)


def measured(name: str, engine: Engine | None) -> "Iterable[Figure]":
    """Return what one measurement yields, on an engine where it is of a region and one is named."""
    module = importlib.import_module(f"bench.{name}")
    chosen = {"engines": (engine.value,)} if engine and name in ON_ENGINES else {}
    figures: Iterable[Figure] = module.measure(**chosen)
    return figures
