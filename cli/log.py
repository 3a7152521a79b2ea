"""The log of every process: lines on standard error. That one cannot be written stops nothing."""

import contextlib
import io
import sys


class Log(io.TextIOBase):
    """Standard error, which may be a file on a disk that is full, or a pipe whose reader has gone."""

    def write(self, text: str) -> int:
        """Write what can be written."""
        with contextlib.suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what can be handed on."""
        with contextlib.suppress(OSError):
            sys.stderr.flush()
