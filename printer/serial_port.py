"""Printers at a serial port: pyserial opens it and sets speed and flow control, our own waiting keeps the deadlines."""

import termios
from contextlib import suppress
from pathlib import Path
from typing import Literal

import serial

from printer.open_file import OpenFile, group_of, refusal

Flow = Literal["hardware", "software", "none"]


class SerialTransport(OpenFile):
    """Speaks to a printer at a serial port of 8 data bits, no parity; `baud` in bits a second.

    With "hardware" flow control the printer's DTR is wired to our CTS, with "software" it sends XON and XOFF. A port
    that is missing, used by another program or not ours to use is Refused.
    """

    def __init__(self, port: str, baud: int, flow: Flow) -> None:
        try:
            hardware, software = flow == "hardware", flow == "software"
            self._port = serial.Serial(port, baud, rtscts=hardware, xonxoff=software, exclusive=True)
        except termios.error as error:
            raise refusal(port, OSError(*error.args), "dialout") from error
        except OSError as error:
            raise refusal(port, error, group_of(Path(port), "dialout")) from error
        super().__init__(port, self._port.fileno(), answers=True)

    def close(self) -> None:
        """Close the port. What the printer has not taken is dropped: the kernel would wait for it, up to 30 s."""
        with suppress(termios.error, OSError):
            self._port.reset_output_buffer()
        self._port.close()
