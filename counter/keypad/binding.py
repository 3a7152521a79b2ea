"""Which counters the keypads of a line and a numpad belong to, as the hall file says."""

import platform
import re
from collections.abc import Iterator
from pathlib import Path

from config.errors import AntreanError
from config.hall import Hall
from config.tables import KEYPAD, NUMPAD
from counter.keypad.line import ALONE


class NotBound(AntreanError):
    """No counter of the hall file has this keypad or numpad."""

    key = "keypad.not_bound"


def keypads(hall: Hall, port: str, machine: str | None = None) -> dict[int, int]:
    """Return the counters whose keypads are at a port of a machine (default: this one), by address."""
    found = bindings(hall, KEYPAD, "keypad", machine)
    return {int(match["address"] or ALONE): counter for match, counter in found if match["device"] == port}


def numpad(hall: Hall, path: str, machine: str | None = None) -> int | None:
    """Return the counter whose numpad is the device file at this path of a machine, None where there is none."""
    found = bindings(hall, NUMPAD, "numpad", machine)
    return next((counter for match, counter in found if match["device"] in (path, usb_port(path))), None)


def bindings(hall: Hall, form: re.Pattern[str], name: str, machine: str | None) -> Iterator[tuple[re.Match[str], int]]:
    """Yield what counters have in one of these fields, where it is meant for a machine or for any."""
    here = machine or platform.node().partition(".")[0]
    for counter in hall.counters:
        match = form.fullmatch(getattr(counter, name))
        if match and match["machine"] in (None, here):
            yield match, counter.number


def usb_port(path: str) -> str:
    """Return the USB port in a name below /dev/input/by-path, "usb-0:1.2", the name itself where it has none."""
    name = Path(path).name
    found = re.search(r"usb(?:v\d)?(-\d+:\d+(?:\.\d+)*):", name)
    return f"usb{found[1]}" if found else name
