"""`antrean keypad`: the keypads at a serial port, without a window."""

from typing import Annotated

import typer

from cli.pairing import DEFAULT_HUB, DeviceOption, HubOption, PairOption, device_of


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="keypad", epilog="Example: antrean keypad /dev/ttyUSB0 --clerk 7=P05 --pair 12345678")(keypad)


def keypad(
    port: Annotated[str, typer.Argument(help="The serial port, as the hall file names it.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    clerk: Annotated[
        list[str] | None,
        typer.Option(
            help="COUNTER=CODE: call-next opens this closed counter under the clerk's staff code. Repeatable."
        ),
    ] = None,
) -> None:
    """Serve the keypads at a serial port; the hall file says whose they are."""
    from counter.keypad.run import run_keypad

    clerks = dict(clerk_of(each) for each in clerk or [])
    raise typer.Exit(run_keypad(device_of("keypad", device, hub, code), port, clerks))


def clerk_of(text: str) -> tuple[int, str]:
    """Return "7=P05" as the counter and the clerk's staff code."""
    counter, _, code = text.partition("=")
    if not (counter.isascii() and counter.isdigit() and code):
        raise typer.BadParameter(f"{text} is not COUNTER=CODE; write for example 7=P05", param_hint="--clerk")
    return int(counter), code
