"""A keypad's serial port: 9600 baud, 8 data bits, no parity, with a deadline for every wait."""

import math
import os
import select
import termios
from contextlib import suppress
from typing import Protocol

import serial

from config.errors import AntreanError

BAUD = 9600
WRITE_S = 1.0
READ_BYTES = 4096


class Away(AntreanError):
    """A keypad's port or a numpad is not there, not ours to use, or was unplugged."""

    key = "keypad.away"


class Wire(Protocol):
    """A way to carry bytes to keypads and back; Away where it is cut."""

    def read(self, deadline_s: float) -> bytes:
        """Return what came, as soon as there is a byte; nothing where none comes in time."""

    def write(self, data: bytes) -> None:
        """Send bytes."""

    def close(self) -> None:
        """Let the port go."""


class SerialPort:
    """A serial port, which no other program may use meanwhile."""

    def __init__(self, name: str) -> None:
        self._name = name
        try:
            self._port = serial.Serial(name, BAUD, write_timeout=WRITE_S, exclusive=True)
        except (OSError, termios.error) as error:
            raise self._away(error) from error

    def read(self, deadline_s: float) -> bytes:
        """Return what came, as soon as there is a byte; nothing where none comes in time."""
        poller = select.poll()
        poller.register(self._port.fileno(), select.POLLIN)
        if not poller.poll(math.ceil(deadline_s * 1000)):
            return b""
        try:
            said = os.read(self._port.fileno(), READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._away(error) from error
        if not said:
            raise Away(name=self._name, why="EOF", group="dialout")
        return said

    def write(self, data: bytes) -> None:
        """Send bytes."""
        try:
            self._port.write(data)
        except (OSError, termios.error) as error:
            raise self._away(error) from error

    def close(self) -> None:
        """Close the port. What the keypad has not taken is dropped: the kernel would wait for it."""
        with suppress(termios.error, OSError):
            self._port.reset_output_buffer()
        self._port.close()

    def _away(self, error: Exception) -> Away:
        number = error.args[0] if error.args else None
        why = os.strerror(number) if isinstance(number, int) else error
        return Away(name=self._name, why=why, group="dialout")
