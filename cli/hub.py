"""`antrean hub`: the queue of the hall."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="hub",
        epilog="Example: antrean hub --hall config/halls/mpp-muara-enim.toml --data /var/lib/antrean",
    )(hub)


def hub(
    hall: Annotated[Path, typer.Option(help="The hall file.")],
    data: Annotated[Path, typer.Option(help="The folder of the journal and the hub's secrets; made if missing.")],
    host: Annotated[
        str, typer.Option(help="The address to listen on; other machines reach only others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8100,
    trust_clock: Annotated[
        bool, typer.Option("--trust-clock", help="Believe the machine's clock, however far ahead of the journal it is.")
    ] = False,
    simulated: Annotated[bool, typer.Option("--simulated", help="Take the time from POST /v1/clock.")] = False,
) -> None:
    """Run the hub: the one writer of the hall's journal, its HTTP commands and its feed."""
    from config.load import load, read
    from hub.hub import Settings
    from hub.serve import serve

    load(hall)
    settings = Settings(data, read(hall), "", simulated=simulated, trust_clock=trust_clock, hall_file=hall.resolve())
    raise typer.Exit(serve(settings, host, port))
