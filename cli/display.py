"""`antrean display`: the TVs of one machine."""

from pathlib import Path
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
from cli.voice import packs_folder


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="display", epilog="Example: antrean display layar-1 --pair 12345678")(display)


def display(
    screens: Annotated[
        list[str],
        typer.Argument(
            metavar="SCREEN...",
            help="Which of the hall file's screens these are, from left to right; one device file, of the first.",
        ),
    ],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    size: SizeOption = None,
    picture: PictureOption = None,
    media: Annotated[
        Path | None, typer.Option("--media", help="The folder whose pictures and videos the layout `media` shows.")
    ] = None,
) -> None:
    """Show and speak the calls of a screen's zones, one window for each screen."""
    from display.app import Setting, run

    window = size_of(size)
    found = device_of(screens[0], device, hub, code)
    setting = Setting(full_screen=window is None, size=window, media=media, packs=packs_folder())
    raise typer.Exit(run(found, screens, setting, picture=picture))
