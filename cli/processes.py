"""Starts the program's own processes, waits for the lines they print, and ends them in order."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from cli.__main__ import PARENT
from config.errors import AntreanError

READY_S = 30.0
END_S = 15.0


class ProcessFailed(AntreanError):
    """A process ended, or said nothing in time."""

    key = "error.process"


class Process:
    """One running `antrean` command. What it has printed so far stands in `lines`; its log goes to a file."""

    def __init__(
        self, name: str, arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.log = name, log
        self.lines: list[str] = []
        self._ended = False
        self._told = threading.Condition()
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "cli", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, PARENT: str(os.getpid()), **(environment or {})},
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            with self._told:
                self.lines.append(line.rstrip("\n"))
                self._told.notify_all()
        with self._told:
            self._ended = True
            self._told.notify_all()

    def wait_for(self, beginning: str, seconds: float = READY_S, *, after: int = 0) -> str:
        """Return the first line with this beginning among `lines[after:]`, those still to come included.

        ProcessFailed where the process ends, or does not print one in so many seconds.
        """
        with self._told:
            self._told.wait_for(lambda: self._ended or self._found(beginning, after) is not None, seconds)
            found = self._found(beginning, after)
        if found is None:
            code = self.popen.wait() if self._ended else f"- (no line '{beginning}' after {self.lines[-5:]})"
            raise ProcessFailed(name=self.name, code=code, log=str(self.log))
        return found

    def _found(self, beginning: str, after: int) -> str | None:
        return next((line for line in self.lines[after:] if line.startswith(beginning)), None)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if the process still runs."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)

    def end(self, seconds: float = END_S) -> int:
        """Ask the process to end and return its exit code; one that does not is killed, and its code says so."""
        self.signal(signal.SIGTERM)
        try:
            code = self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            code = self.popen.wait()
        self._close()
        return code

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        self.popen.kill()
        self.popen.wait()
        self._close()

    def _close(self) -> None:
        self._reader.join()
        assert self.popen.stdout is not None
        self.popen.stdout.close()


def start_hub(hall: Path, data: Path, *options: str, port: int = 0, log: Path | None = None) -> tuple[Process, str]:
    """Return a running hub and its address."""
    data.mkdir(parents=True, exist_ok=True)
    arguments = ["hub", "--hall", str(hall), "--data", str(data), "--port", str(port), *options]
    process = Process("hub", arguments, log or data / "hub.log")
    try:
        line = process.wait_for("hub ready ")
    except ProcessFailed:
        process.end()
        raise
    return process, line.removeprefix("hub ready ")
