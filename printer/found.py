"""Which printers are connected to this machine, each as the hall file would name it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from serial.tools import list_ports

from printer import usb_port
from printer.transport import PrinterError

DEV, SYS = Path("/dev"), Path("/sys")
NAMELESS = "n/a"
"""What pyserial says of a port that tells no name."""
IEEE1284 = re.compile(r"(?:^|;)\s*(MFG|MANUFACTURER|MDL|MODEL):([^;]*)")
"""Keys of a printer's device id (IEEE 1284) that name it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may be a printer; `name` is what it says of itself, "" where it says nothing."""

    transport: Literal["file", "serial", "usb"]
    address: str
    name: str

    @property
    def lines(self) -> str:
        """The lines of a hall file that name it."""
        address = json.dumps(self.address, ensure_ascii=False)
        return f'transport = "{self.transport}"\naddress = {address}'


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, and why USB could not be looked through, None where it could."""

    printers: tuple[Found, ...]
    trouble: PrinterError | None = None


def look(dev: Path = DEV, sys: Path = SYS, backend: Any = None) -> Findings:
    """Look at serial ports, the kernel's printer devices and USB; `backend` as in `printer.usb_port`."""
    plain = (*serial_ports(list_ports.comports(), dev), *devices(dev, sys))
    try:
        return Findings((*plain, *usb_printers(backend)))
    except PrinterError as error:
        return Findings(plain, error)


def serial_ports(ports: Iterable[Any], dev: Path) -> Iterator[Found]:
    """Yield serial ports under a name that stays when ports are plugged in another order, where there is one."""
    names = {link.resolve(): link for link in sorted((dev / "serial" / "by-id").glob("*"))}
    for port in sorted(ports, key=lambda port: str(port.device)):
        address = names.get(Path(port.device).resolve(), port.device)
        yield Found("serial", str(address), "" if port.description == NAMELESS else port.description)


def devices(dev: Path, sys: Path) -> Iterator[Found]:
    """Yield the devices of the kernel's own USB printer driver."""
    for path in sorted((dev / "usb").glob("lp*")):
        yield Found("file", str(path), kernel_name(sys / "class" / "usbmisc" / path.name / "device" / "ieee1284_id"))


def kernel_name(path: Path) -> str:
    """Return maker and model of the device id that the kernel keeps of a printer, "" where it keeps none."""
    try:
        told = path.read_text(errors="replace")
    except OSError:
        return ""
    return " ".join(name.strip() for _, name in IEEE1284.findall(told))


def usb_printers(backend: Any = None) -> Iterator[Found]:
    """Yield the USB devices of the printer class; NoUsbLibrary."""
    for device in usb_port.printers(backend):
        serial = usb_port.told(device, "serial_number")
        name = " ".join(filter(None, (usb_port.told(device, "manufacturer"), usb_port.told(device, "product"))))
        usb_port.released(device)
        address = f"{device.idVendor:04x}:{device.idProduct:04x}"
        yield Found("usb", f"{address}:{serial}" if serial else address, name)
