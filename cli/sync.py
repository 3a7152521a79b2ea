"""`antrean sync` and `antrean region`: the push of the hall's records, and the server that takes it."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add both commands."""
    app.command(
        name="sync",
        epilog="Example: antrean sync /var/lib/antrean --region http://192.0.2.20:8200 --token-file region.token",
    )(sync)
    app.command(name="region", epilog="Example: antrean region /var/lib/antrean-region")(region)


def sync(
    data: Annotated[Path, typer.Argument(help="The hub's data folder; the hub may run or not.")],
    region: Annotated[str, typer.Option(help="The region's address.")],
    token_file: Annotated[Path, typer.Option(help="The file with the region's push token.")],
    state: Annotated[
        Path | None, typer.Option(help="The file that remembers what the region holds (default: sync.db in DATA).")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End as soon as the region holds all.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between two looks at the journal.", min=0.1)] = 5.0,
) -> None:
    """Push the journal's lines to the region, from where it left off."""
    from journal.line import decode
    from journal.store import JournalError, reading_end
    from sync.app import read_token, run

    connection = reading_end(data)
    first = connection.execute("SELECT line FROM journal WHERE seq = 1").fetchone()
    connection.close()
    if first is None:
        raise JournalError(path=str(data), why="no first line yet")
    hall = decode(first[0]).body["hall"]
    token = read_token(token_file)
    database, watermark = data / "hall.db", state or data / "sync.db"
    raise typer.Exit(run(database, region, watermark, hall_id=hall, once=once, interval_s=every, token=token))


def region(
    data: Annotated[Path, typer.Argument(help="The region's data folder; made if missing.")],
    host: Annotated[
        str, typer.Option(help="The address to listen on; other machines reach only others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8200,
    accept_simulated: Annotated[
        bool, typer.Option("--accept-simulated", help="Take journals in simulated time too.")
    ] = False,
) -> None:
    """Run the regional server: take pushes, show on one page what it holds."""
    from region.app import run

    raise typer.Exit(run(data, host=host, port=port, accept_simulated=accept_simulated))
