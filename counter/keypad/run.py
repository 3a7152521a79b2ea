"""The processes `antrean keypad` and `antrean numpad`: without a window, until SIGTERM or SIGINT."""

import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from threading import Event
from typing import Protocol

import structlog

from config.wording import Words
from counter.keypad.binding import NotBound, keypads
from counter.keypad.binding import numpad as counter_of_numpad
from counter.keypad.desk import Desk, follow
from counter.keypad.line import Line, Memory
from counter.keypad.numpad import Numpad
from counter.keypad.pad import EvdevPad
from counter.keypad.port import Away, SerialPort
from counter.keypad.presses import Presses
from hub.client.device import Device
from hub.client.http import HubClient
from ui.lines import tell

log = structlog.get_logger("keypad")
ENDING = (signal.SIGTERM, signal.SIGINT)
LOOK_S = 0.5
AGAIN_S = 1.0
HUB_S, HUB_TRIES = 0.4, 2
"""A keypad tells a press for some 1.2 s: the hub's answer has to come sooner."""


class Station(Protocol):
    """A line of keypads, or a numpad, while it is plugged in."""

    def turn(self) -> None:
        """Take what is pressed within a while; Away where it was unplugged."""

    def close(self) -> None:
        """Let it go."""


def run_keypad(device: Device, port: str, clerks: Mapping[int, str]) -> int:
    """Serve the keypads at a serial port; NotBound where no counter has one there. Returns the exit code."""

    def work(desk: Desk, presses: Presses, stop: Event) -> None:
        if (hall := desk.opened()) is None:
            return
        if not keypads(hall, port):
            raise NotBound(name=port)
        memory = Memory()
        attend("keypad", lambda: Line(SerialPort(port), lambda: bound(desk, port), presses.press, memory), stop)

    return run("keypad", device, clerks.get, work)


def run_numpad(device: Device, path: str, clerk: str | None) -> int:
    """Serve the numpad behind a device file; NotBound where no counter has it. Returns the exit code."""

    def work(desk: Desk, presses: Presses, stop: Event) -> None:
        if (hall := desk.opened()) is None:
            return
        if counter_of_numpad(hall, path) is None:
            raise NotBound(name=path)
        attend("numpad", lambda: Numpad(EvdevPad(path), lambda: owner(desk, path), presses.press), stop)

    return run("numpad", device, lambda _: clerk, work)


def bound(desk: Desk, port: str) -> dict[int, int]:
    """Return the counters whose keypads are at a port, as the hall file says now."""
    return keypads(desk.hall, port) if desk.hall else {}


def owner(desk: Desk, path: str) -> int | None:
    """Return the counter whose numpad this is, as the hall file says now."""
    return counter_of_numpad(desk.hall, path) if desk.hall else None


def run(
    name: str, device: Device, clerk_at: Callable[[int], str | None], work: Callable[[Desk, Presses, Event], None]
) -> int:
    """Listen to the hub in one thread and work in another, until a signal; what ends either thread is raised."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    stop = Event()
    desk, hub = Desk(stop), HubClient(device.hub, device.token, deadline_s=HUB_S, tries=HUB_TRIES)
    presses = Presses(name, hub, desk, clerk_at)
    with closing(hub), ThreadPoolExecutor(2) as pool:
        threads = pool.submit(follow, device, desk, stop), pool.submit(work, desk, presses, stop)
        for thread in threads:
            thread.add_done_callback(lambda _: stop.set())
        while not stop.is_set() and signal.sigtimedwait(ENDING, LOOK_S) is None:
            pass
        stop.set()
        desk.wake()
        wait(threads)
    for thread in threads:
        thread.result()
    return 0


def attend(name: str, opened: Callable[[], Station], stop: Event, again_s: float = AGAIN_S) -> None:
    """Serve a station until `stop` is set; say when it is away, and open it again until it is back."""
    is_away = False
    while not stop.is_set():
        try:
            with closing(opened()) as station:
                tell(f"{name} back" if is_away else f"{name} ready")
                is_away = False
                while not stop.is_set():
                    station.turn()
        except Away as error:
            if not is_away:
                log.warning(Words().error(error))
                tell(f"{name} lost")
            is_away = True
            stop.wait(again_s)
