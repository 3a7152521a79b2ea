"""`antrean kiosk`: the visitor's touchscreen."""

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
    app.command(
        name="kiosk",
        epilog="Example: antrean kiosk anjungan-1 --hub http://192.0.2.10:8100 --pair 12345678",
    )(kiosk)


def kiosk(
    kiosk: Annotated[str, typer.Argument(help="Which of the hall file's kiosks this is.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    size: SizeOption = None,
    picture: PictureOption = None,
    language: Annotated[str, typer.Option(help="The language it returns to.")] = "id",
) -> None:
    """Show the kiosk: agencies, services, ticket."""
    from kiosk.app import run

    found = device_of(kiosk, device, hub, code)
    window = size_of(size)
    raise typer.Exit(run(found, kiosk, language=language, full_screen=window is None, size=window, picture=picture))
