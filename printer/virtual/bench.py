"""A technician's test printer in a terminal: it says what comes out of it, and obeys orders that break and mend it."""

import os
import select
import signal
import socket
import stat
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Self

from config.wording import Words
from printer.virtual.device import VirtualPrinter
from printer.virtual.faults import Faults, Mechanics
from printer.virtual.page import Paper
from printer.virtual.serve import Server
from printer.virtual.tray import Tray
from ui.lines import tell

FAULTS = tuple(field.name for field in fields(Faults) if isinstance(field.default, bool))
DELAY = "answer_delay_s"
SWITCHES: Mapping[str, bool] = MappingProxyType({"on": True, "off": False})
ENDING = (signal.SIGTERM, signal.SIGINT)
STDIN = 0
CHUNK = 4096


class Bench:
    """A virtual printer with its server and what a technician may order: `orders` by name, those of two words too."""

    def __init__(self, papers: Path | None, width: int, mechanics: Mechanics) -> None:
        self._tray = Tray(papers, self._tell_paper)
        self.printer = VirtualPrinter(self._tray.take, width, mechanics, on_unknown=tell_unknown)

    def serve(self, make_server: Callable[[VirtualPrinter], Server], faults: Faults) -> int:
        """Serve until a signal comes or the orders end; return the exit code."""
        self.printer.set(faults)
        with Terminal(self.obey) as terminal, closing(make_server(self.printer)) as self.server:
            tell(f"virtual ready {self.server.address}")
            terminal.run()
        self.printer.tear()
        return 0

    def obey(self, line: str) -> None:
        """Obey one line, such as "paper_out on" or "new_roll"; what is not understood is answered with what is."""
        match line.split():
            case [name] if name in self._deeds:
                self._deeds[name]()
            case [name, switch] if name in self._switches and switch in SWITCHES:
                self._switches[name](SWITCHES[switch])
            case [name, switch] if name in FAULTS and switch in SWITCHES:
                self.printer.change(**{name: SWITCHES[switch]})
            case [name, seconds] if name == DELAY and seconds.replace(".", "", 1).isdecimal():
                self.printer.change(answer_delay_s=float(seconds))
            case []:
                return
            case _:
                tell(told_help(self._deeds, self._switches))
                return
        tell(f"virtual {line.strip()}")

    @property
    def _deeds(self) -> Mapping[str, Callable[[], None]]:
        server, printer = self.server, self.printer
        return {
            "new_roll": printer.new_roll,
            "tear": printer.tear,
            "power_off": server.lose_power,
            "unplug": server.unplug,
            "plug": self._plug,
        }

    @property
    def _switches(self) -> Mapping[str, Callable[[bool], None]]:
        server = self.server
        return {
            "stall": lambda is_on: server.stall(stalled=is_on),
            "refuse": lambda is_on: server.refuse(refused=is_on),
        }

    def _plug(self) -> None:
        self.server.plug()
        tell(f"virtual ready {self.server.address}")

    def _tell_paper(self, paper: Paper) -> None:
        tell(f"virtual paper {self._tray.papers:04d} {paper.end} {paper.picture.width}x{paper.picture.height}")


class Terminal:
    """Reads lines from the standard input and hands them on, until a signal comes or they end."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self._on_line, self._begun = on_line, b""

    def __enter__(self) -> Self:
        self._alarm, self._bell = socket.socketpair()
        self._bell.settimeout(0)
        # The kernel's handler rings: one of Python's would wait for a `select` that began just behind the signal.
        self._rung = signal.set_wakeup_fd(self._bell.fileno())
        self._before = {number: signal.signal(number, lambda *_: None) for number in ENDING}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._rung)
        self._alarm.close()
        self._bell.close()

    def run(self) -> None:
        """Read until the end; where nobody can ever write, only a signal is the end."""
        watched: list[socket.socket | int] = [self._alarm, STDIN]
        while self._alarm not in (ready := select.select(watched, [], [])[0]):
            if STDIN in ready and not self._read():
                if can_be_written():
                    return
                watched = [self._alarm]

    def _read(self) -> bool:
        """Read what is there; False at the end."""
        data = os.read(STDIN, CHUNK)
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            self._on_line(line.decode(errors="replace"))
        return bool(data)


def can_be_written() -> bool:
    """Tell whether the standard input is a terminal, a pipe or a file, and not the empty device."""
    mode = os.fstat(STDIN).st_mode
    return os.isatty(STDIN) or not stat.S_ISCHR(mode)


def told_help(*orders: Mapping[str, object]) -> str:
    """Return the words that name all orders."""
    deeds, switches = (", ".join(names) for names in orders)
    return Words().say("printer.virtual_help", deeds=deeds, switches=", ".join(FAULTS) + ", " + switches, delay=DELAY)


def tell_unknown(name: bytes) -> None:
    """Say which command the printer does not know."""
    tell(f"virtual unknown {name.hex()}")
