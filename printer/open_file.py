"""Printers behind a file: a device such as /dev/usb/lp0, a pipe, a plain file; serial ports share it."""

import errno
import math
import os
import select
import stat
import time
from pathlib import Path

from printer.transport import Busy, NotPermitted, Refused, TimedOut, Unplugged

READ_BYTES = 4096
PAUSE_S = 0.02
"""How long to look away where a device says that it is ready, and then is not."""
MEMORY_MAJOR = 1
"""The kernel's number for /dev/null and its like, which can be read but say nothing."""


class OpenFile:
    """Carries bytes over an open file that never blocks: what devices, pipes and serial ports share."""

    def __init__(self, address: str, file: int, *, answers: bool) -> None:
        self.answers = answers
        self._address, self._file = address, file

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand the bytes over as fast as they are taken."""
        until, rest = time.monotonic() + deadline_s, memoryview(data)
        while rest:
            self._wait_to_write(until)
            try:
                rest = rest[os.write(self._file, rest) :]
            except BlockingIOError:
                self._look_away(until)
            except OSError as error:
                raise Unplugged(address=self._address, why=error.strerror or "") from error

    def read(self, deadline_s: float) -> bytes:
        """Return what came, as soon as there is a byte."""
        if not self.answers:
            time.sleep(deadline_s)
            return b""
        until = time.monotonic() + deadline_s
        while found := events(self._file, select.POLLIN, until):
            said = self._taken(is_end=bool(found & select.POLLHUP))
            left = until - time.monotonic()
            if said or left <= 0:
                return said
            time.sleep(min(PAUSE_S, left))
        return b""

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _wait_to_write(self, until: float) -> None:
        if not events(self._file, select.POLLOUT, until):
            raise TimedOut(address=self._address)

    def _look_away(self, until: float) -> None:
        """Pause: the driver of /dev/usb/lp* calls a printer without paper ready to be written to."""
        if time.monotonic() >= until:
            raise TimedOut(address=self._address)
        time.sleep(PAUSE_S)

    def _taken(self, *, is_end: bool) -> bytes:
        """Return the bytes that lie ready; Unplugged where there are none and the other end is gone."""
        try:
            said = os.read(self._file, READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise Unplugged(address=self._address, why=error.strerror or "") from error
        if is_end and not said:
            raise Unplugged(address=self._address, why=os.strerror(errno.ENODEV))
        return said


class FileTransport(OpenFile):
    """Writes to a file or a pipe, which only listen, or to a device such as /dev/usb/lp0, which often answers."""

    def __init__(self, path: Path) -> None:
        try:
            kind = path.stat() if path.exists() else None
            self._is_device = kind is not None and stat.S_ISCHR(kind.st_mode)
            file, answers = opened_device(path) if self._is_device else (opened_file(path, is_new=kind is None), False)
        except OSError as error:
            raise refusal(str(path), error, group_of(path, "lp")) from error
        super().__init__(str(path), file, answers=answers)

    def write(self, data: bytes, deadline_s: float) -> None:
        """Append the bytes. The driver of /dev/usb/lp* forgets what it has not handed on when it is closed: wait."""
        until = time.monotonic() + deadline_s
        super().write(data, deadline_s)
        if self._is_device:
            self._wait_to_write(until)


def opened_file(path: Path, *, is_new: bool) -> int:
    """Return a file or a pipe opened to append to it; a pipe that nobody reads is an OSError."""
    flags = os.O_WRONLY | os.O_NONBLOCK | os.O_APPEND | os.O_CLOEXEC
    is_regular = is_new or stat.S_ISREG(path.stat().st_mode)
    return os.open(path, flags | os.O_CREAT if is_regular else flags, 0o644)


def opened_device(path: Path) -> tuple[int, bool]:
    """Return a device opened to read and write where it allows both, and whether it can answer."""
    flags = os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        file = os.open(path, os.O_RDWR | flags)
    except PermissionError:
        return os.open(path, os.O_WRONLY | flags), False
    return file, os.major(os.fstat(file).st_rdev) != MEMORY_MAJOR and has_read_side(file)


def has_read_side(file: int) -> bool:
    """Tell whether a device can be read: a printer of one way refuses it. What an earlier user left unread goes."""
    try:
        os.read(file, READ_BYTES)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def events(file: int, wanted: int, until: float) -> int:
    """Return which events of poll() an open file has, 0 where none comes before a moment of the monotonic clock."""
    poller = select.poll()
    poller.register(file, wanted)
    found = poller.poll(math.ceil(max(0.0, until - time.monotonic()) * 1000))
    return found[0][1] if found else 0


def refusal(address: str, error: OSError, group: str) -> Refused:
    """Return why a device could not be opened, as an error that says what to do."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotPermitted(address=address, group=group)
    if error.errno in (errno.EBUSY, errno.EWOULDBLOCK):
        return Busy(address=address)
    return Refused(address=address, why=os.strerror(error.errno) if error.errno else str(error))


def group_of(path: Path, usual: str) -> str:
    """Return the group a device belongs to, the usual one where it is root's or cannot be seen."""
    try:
        group = path.group()
    except (OSError, KeyError):
        return usual
    return usual if group == "root" else group
