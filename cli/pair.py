"""`antrean pair`: a one-time code that lets a device in."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Role(StrEnum):
    """What a device may do."""

    kiosk = "kiosk"
    counter = "counter"
    display = "display"
    printer = "printer"
    head = "head"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="pair",
        epilog="Example: antrean pair --data /var/lib/antrean kiosk anjungan-1",
    )(pair)


def pair(
    role: Annotated[Role, typer.Argument(help="What the device may do.")],
    device: Annotated[str, typer.Argument(help="The device's name, for example anjungan-1 or loket-5.")],
    data: Annotated[Path, typer.Option(help="The data folder of the running hub.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print a code of eight digits, good once and for ten minutes: start the device with --pair CODE."""
    from hub.hub import head_client

    answer = head_client(data).pairing_code(role.value, device)
    print(json.dumps(answer) if as_json else answer["code"])
