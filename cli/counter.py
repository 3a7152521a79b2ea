"""`antrean counter`: the clerk's panel."""

from typing import Annotated

import typer

from cli.pairing import (
    DEFAULT_HUB,
    DeviceOption,
    HubOption,
    PairOption,
    PictureOption,
    SizeOption,
    device_of,
    size_of,
)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="counter", epilog="Example: antrean counter 5 --clerk P05 --pair 12345678")(counter)


def counter(
    counter: Annotated[int, typer.Argument(help="The number of the counter.")],
    clerk: Annotated[str, typer.Option(help="The clerk's staff code.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    size: SizeOption = "420x640",
    on_top: Annotated[bool, typer.Option("--on-top", help="Stay above other programs.")] = False,
    picture: PictureOption = None,
) -> None:
    """Show the panel of a counter: call next, recall, start, finish, skip; all else is in its drawer."""
    from counter.panel import run

    found = device_of(f"loket-{counter}", device, hub, code)
    raise typer.Exit(run(found, counter, clerk=clerk, size=size_of(size), on_top=on_top, picture=picture))
