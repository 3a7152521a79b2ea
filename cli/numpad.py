"""`antrean numpad`: a USB numpad at a counter, without a window."""

from typing import Annotated

import typer

from cli.pairing import DEFAULT_HUB, DeviceOption, HubOption, PairOption, device_of


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="numpad",
        epilog="Example: antrean numpad /dev/input/by-path/pci-0000:00:14.0-usb-0:1.2:1.0-event-kbd --pair 12345678",
    )(numpad)


def numpad(
    path: Annotated[str, typer.Argument(help="The numpad's device file, best below /dev/input/by-path.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    clerk: Annotated[
        str | None, typer.Option(help="A staff code under which call-next opens the counter where it is closed.")
    ] = None,
) -> None:
    """Serve a USB numpad, whose keys reach no window; the hall file says whose it is."""
    from counter.keypad.run import run_numpad

    raise typer.Exit(run_numpad(device_of("numpad", device, hub, code), path, clerk))
