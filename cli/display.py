"""`antrean display`: a TV."""

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
    app.command(name="display", epilog="Example: antrean display layar-1 --pair 12345678")(display)


def display(
    screen: Annotated[str, typer.Argument(help="Which of the hall file's screens this is.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    size: SizeOption = None,
    picture: PictureOption = None,
) -> None:
    """Show the calls of a screen's zones."""
    from display.app import run

    window = size_of(size)
    found = device_of(screen, device, hub, code)
    raise typer.Exit(run(found, screen, full_screen=window is None, size=window, picture=picture))
