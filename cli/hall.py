"""`antrean hall`: what the head of a hall does, as commands on the hub's machine."""

import typer

from cli import hall_file

PARTS = (hall_file,)


def add_to(app: typer.Typer) -> None:
    """Add the group with the commands of its parts."""
    group = typer.Typer(help="What the head of the hall does: settings, calendar, notices.", no_args_is_help=True)
    for part in PARTS:
        part.add_to(group)
    app.add_typer(group, name="hall")
