"""The kiosk's headphone socket: whoever plugs a headset in wants to hear the screen (linux/input.h, EV_SW)."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import structlog
from PySide6.QtCore import QObject, QSocketNotifier, Signal

log = structlog.get_logger("kiosk")


class Moved(Protocol):
    """What a device tells: a kind of event, what moved, and where it is now."""

    type: int
    code: int
    value: int


class Device(Protocol):
    """An input device of the kernel."""

    fd: int

    def read(self) -> Iterable[Moved]:
        """Return what has moved; OSError where the device is gone."""

    def close(self) -> None:
        """Let it go."""


EV_SW, SW_HEADPHONE_INSERT = 5, 2


class Jack(QObject):
    """Tells `plugged(True)` when a headset is plugged in, `plugged(False)` when it is pulled out."""

    plugged = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: dict[Device, QSocketNotifier] = {}

    def listen(self, devices: Iterable[Device] | None = None) -> None:
        """Listen to the sockets that this machine has and lets us read."""
        for device in sockets() if devices is None else devices:
            notifier = QSocketNotifier(device.fd, QSocketNotifier.Type.Read, self)
            notifier.activated.connect(lambda *_, device=device: self._read(device))
            self._devices[device] = notifier

    def end(self) -> None:
        """Let go of every socket."""
        for device, notifier in self._devices.items():
            if notifier.isEnabled():
                self._drop(device)

    def _read(self, device: Device) -> None:
        try:
            moved = list(device.read())
        except BlockingIOError:
            return
        except OSError:
            log.warning("a headphone socket is gone")
            self._drop(device)
            return
        for event in moved:
            if (event.type, event.code) == (EV_SW, SW_HEADPHONE_INSERT):
                self.plugged.emit(bool(event.value))

    def _drop(self, device: Device) -> None:
        # Its notifier goes with this object: deleted in its own signal it takes the program along.
        self._devices[device].setEnabled(False)
        device.close()


def sockets() -> Iterator[Device]:
    """Yield the input devices that are headphone sockets; those that we may not read are not there for us."""
    from evdev import InputDevice, list_devices  # noqa: PLC0415  a kiosk elsewhere than on Linux has none

    for path in list_devices():
        try:
            device = InputDevice(path)
        except OSError:
            continue
        if SW_HEADPHONE_INSERT in device.capabilities().get(EV_SW, ()):
            yield device
        else:
            device.close()
