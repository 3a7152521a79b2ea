"""`antrean hall`: the head's deeds from a terminal; each part of the group has a file of its own."""

import typer

from cli import hall_acts

PARTS = (hall_acts,)


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(name="hall", help="Open, close, see and change a running hall.", no_args_is_help=True)
    for part in PARTS:
        part.add_to(group)
    app.add_typer(group)
