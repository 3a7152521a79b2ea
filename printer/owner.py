"""One agent owns one printer: a second one on the same machine does not start."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from config.errors import AntreanError


class PrinterOwned(AntreanError):
    """Another agent on this machine owns the printer."""

    key = "printer.owned"


@contextlib.contextmanager
def owning(printer: str, folder: Path) -> Iterator[None]:
    """Own a printer by a lock in a folder, which ends with the process; PrinterOwned where another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{printer}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise PrinterOwned(printer=printer) from error
        yield
