"""Which printers have lost their agent: one that died cannot say so itself."""

from collections.abc import Callable, Mapping

GONE_S = 5.0
"""An agent that is away no longer is restarting, or its network blinked."""


class Attendance:
    """Remembers who spoke for each printer and since when they are away. `seconds` is a monotonic clock."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._spoke: dict[str, str | None] = {}
        self._away: dict[str, float] = {}

    def other(self, printer: str, device: str, connected: set[str]) -> bool:
        """Tell whether another device that is on the line speaks for a printer already."""
        owner = self._spoke.get(printer)
        return owner is not None and owner != device and owner in connected

    def heard(self, printer: str, device: str | None) -> None:
        """Take note of who spoke for a printer; None is somebody who need not stay."""
        self._spoke[printer] = device
        self._away.pop(printer, None)

    def speaker(self, printer: str) -> str:
        """Return the device that spoke for a printer last, one of its own name where none has yet."""
        return self._spoke.get(printer) or printer

    def gone(self, printers: Mapping[str, str], connected: set[str]) -> list[str]:
        """Return the printers of these statuses that nobody speaks for any more, from the connected devices.

        A printer of which nothing was heard yet is given as long: the hub itself may have just started.
        """
        now, found = self._seconds(), []
        for printer, status in printers.items():
            device = self._spoke.get(printer, "")
            if status == "NO_ANSWER" or device is None or device in connected:
                self._away.pop(printer, None)
            elif now - self._away.setdefault(printer, now) > GONE_S:
                found.append(printer)
        return found
