"""`antrean hall`: the head's deeds from a terminal; each part of the group has a file of its own."""

import typer

from cli import hall_acts, hall_file, hall_more

PARTS = (hall_acts, hall_more, hall_file)


def add_to(app: typer.Typer) -> None:
    """Add the group with the commands of its parts."""
    group = typer.Typer(help="Open, close, see and change a running hall; its settings.", no_args_is_help=True)
    for part in PARTS:
        part.add_to(group)
    app.add_typer(group, name="hall")
