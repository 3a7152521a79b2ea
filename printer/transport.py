"""Ways to carry bytes to a printer and its answers back, each within a deadline.

PrinterError
├── Refused            nobody there: wrong address, no listener
│   ├── Busy           another program holds it
│   ├── NoUsbLibrary   libusb is missing on this machine
│   └── NotPermitted   the user of this program may not use it
├── TimedOut           the printer did not take the bytes in time
└── Unplugged          it was there and is gone
"""

from typing import Protocol

from config.errors import AntreanError


class PrinterError(AntreanError):
    """Bytes cannot be carried to a printer."""

    key = "printer.error"


class Refused(PrinterError):
    """There is no printer at this address."""

    key = "printer.refused"


class Busy(Refused):
    """Another program holds the printer."""

    key = "printer.busy"


class NotPermitted(Refused):
    """The user of this program may not use the device; `group` is the group that may."""

    key = "printer.not_permitted"


class NoUsbLibrary(Refused):
    """This machine has no libusb."""

    key = "printer.no_usb_library"


class TimedOut(PrinterError):
    """The printer did not take the bytes in time; nobody knows how many it printed."""

    key = "printer.timed_out"


class Unplugged(PrinterError):
    """The printer was there and is gone."""

    key = "printer.unplugged"


class Transport(Protocol):
    """A way to one printer. Times are seconds from the call; `answers` is False where a printer can only listen."""

    answers: bool

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes over; TimedOut or Unplugged where that fails."""

    def read(self, deadline_s: float) -> bytes:
        """Return what the printer said, b"" where it was silent so long; Unplugged where it is gone."""

    def close(self) -> None:
        """Let go of the printer."""
