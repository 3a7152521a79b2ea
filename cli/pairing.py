"""How the device commands find their hub: a device file, made once with a pairing code."""

import os
from pathlib import Path
from typing import Annotated

import typer

from hub.client.device import DEFAULT_HUB, Device, pair, paired

HubOption = Annotated[str, typer.Option("--hub", help="The hub's address; needed with --pair alone.")]
DeviceOption = Annotated[
    Path | None, typer.Option("--device", help="The file that keeps this device's token (default: in ~/.local/state).")
]
PairOption = Annotated[str | None, typer.Option("--pair", help="The one-time code of `antrean pair`; once is enough.")]
SizeOption = Annotated[
    str | None, typer.Option("--window", metavar="WxH", help="A window of this size instead of the full screen.")
]
PictureOption = Annotated[
    Path | None, typer.Option("--picture", help="The PNG file that signal USR1 writes what is shown into.")
]

__all__ = [
    "DEFAULT_HUB",
    "DeviceOption",
    "HubOption",
    "PairOption",
    "PictureOption",
    "SizeOption",
    "device_of",
    "size_of",
]


def device_of(name: str, file: Path | None, hub: str, code: str | None) -> Device:
    """Return the device of a file, pairing it first where a code is given; NotPaired where neither is there."""
    path = file or state_folder() / f"{name}.json"
    return pair(hub, code, path) if code else paired(path)


def state_folder() -> Path:
    """Return the folder for what a user's programs remember."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "antrean"


def size_of(text: str | None) -> tuple[int, int] | None:
    """Return "1080x1920" as numbers, None for the full screen."""
    if text is None:
        return None
    width, _, height = text.partition("x")
    if not (text.isascii() and width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise typer.BadParameter(f"{text} is not a size; write for example 1080x1920")
    return int(width), int(height)
