"""`antrean reload`: a changed hall file for a running hub."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="reload", epilog="Example: antrean reload config/halls/mpp-muara-enim.toml --data /var/lib/antrean"
    )(reload)


def reload(
    hall: Annotated[Path, typer.Argument(help="The changed hall file.")],
    data: Annotated[Path, typer.Option(help="The data folder of the running hub.")],
) -> None:
    """Check a hall file and let the running hub take it: at once, or with the next day if it would strand a ticket."""
    from config.load import load, read
    from config.wording import Words
    from hub.hub import head_client

    load(hall)
    taken = head_client(data).ask("POST", "/v1/hall", {"content": read(hall)})
    print(Words().say("error.hall_taken" if taken["at_once"] else "error.hall_planned"))
