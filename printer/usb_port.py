"""Printers at USB, by pyusb: found by their class, claimed without a reset, never waited for without end.

pyusb looks for libusb only when devices are looked for, so this file can be read without it.
"""

import errno
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import usb.core
import usb.util

from printer.transport import Busy, NotPermitted, NoUsbLibrary, PrinterError, Refused, TimedOut, Unplugged

PRINTER_CLASS, IPP_PROTOCOL = 7, 4
"""USB Device Class Definition for Printing Devices 1.1; protocol 4 is IPP over USB, which is not ESC/POS."""
READ_BYTES, WRITE_BYTES = 4096, 16_384
PAUSE_S = 0.02
GROUP = "lp"


class UsbTransport:
    """Speaks to the printer interface of a USB device; `backend` is pyusb's way to the bus, None for libusb."""

    def __init__(self, address: str, backend: Any = None) -> None:
        self._address, self._is_detached = address, False
        self._device = device_at(address, backend)
        self._interface: Any = None
        try:
            with translated(address):
                self._claim()
        except PrinterError:
            self.close()
            raise
        self.answers = self._in is not None

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand the bytes over as fast as the printer takes them."""
        until, sent = time.monotonic() + deadline_s, 0
        while sent < len(data):
            with translated(self._address):
                sent += self._out.write(data[sent : sent + WRITE_BYTES], milliseconds(until))
            if sent < len(data) and time.monotonic() >= until:
                raise TimedOut(address=self._address)

    def read(self, deadline_s: float) -> bytes:
        """Return what came. Many printers send empty packets before an answer, which are read over."""
        if self._in is None:
            time.sleep(deadline_s)
            return b""
        until = time.monotonic() + deadline_s
        while True:
            try:
                with translated(self._address):
                    said = bytes(self._in.read(READ_BYTES, milliseconds(until)))
            except TimedOut:
                return b""
            left = until - time.monotonic()
            if said or left <= 0:
                return said
            time.sleep(min(PAUSE_S, left))

    def close(self) -> None:
        """Let go of the device, and give it back to the kernel's driver where that had it."""
        with suppress(usb.core.USBError):
            if self._is_detached:
                usb.util.release_interface(self._device, self._interface)
                self._device.attach_kernel_driver(self._interface.bInterfaceNumber)
        released(self._device)

    def _claim(self) -> None:
        """Take the printer's interface. A configuration is set only where none is: setting it again is a reset."""
        self._interface = printer_interface(active_configuration(self._device))
        if self._interface is None:
            raise Refused(address=self._address, why=f"class {PRINTER_CLASS}")
        number = self._interface.bInterfaceNumber
        self._detach(number)
        usb.util.claim_interface(self._device, number)
        if self._interface.bAlternateSetting:
            self._interface.set_altsetting()
        self._out = bulk(self._interface, usb.util.ENDPOINT_OUT)
        self._in = bulk(self._interface, usb.util.ENDPOINT_IN)

    def _detach(self, number: int) -> None:
        with suppress(NotImplementedError):
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
                self._is_detached = True


def printers(backend: Any = None, **wanted: int) -> list[Any]:
    """Return the devices with a printer interface, or those of `idVendor` and `idProduct`; NoUsbLibrary."""
    with translated("usb"):
        return [device for device in usb.core.find(find_all=True, backend=backend, **wanted) if is_printer(device)]


def is_printer(device: Any) -> bool:
    """Tell whether a device has a printer interface, without opening it."""
    return any(printer_interface(configuration) is not None for configuration in device)


def device_at(address: str, backend: Any) -> Any:
    """Return the device of "vvvv:pppp" or "vvvv:pppp:serial"; Refused where it is not there."""
    vendor, product, serial = parts(address)
    for device in printers(backend, idVendor=vendor, idProduct=product):
        if not serial or may_bear(device, serial):
            return device
        released(device)
    raise Refused(address=address, why="USB")


def parts(address: str) -> tuple[int, int, str]:
    """Return vendor, product and serial number of an address; Refused where it has another form."""
    vendor, _, rest = address.partition(":")
    product, _, serial = rest.partition(":")
    try:
        return int(vendor, 16), int(product, 16), serial
    except ValueError as error:
        raise Refused(address=address, why="vvvv:pppp[:serial]") from error


def may_bear(device: Any, serial: str) -> bool:
    """Tell whether a device has this serial number; one whose number may not be read is tried, and says why not."""
    return bool(device.iSerialNumber) and told(device, "serial_number") in (serial, "")


def told(device: Any, name: str) -> str:
    """Return a text of a device, such as its "product"; "" where it has none or may not be opened."""
    try:
        return (getattr(device, name) or "").strip("\0 ")
    except (usb.core.USBError, ValueError, NotImplementedError):
        return ""


def released(device: Any) -> None:
    """Let go of a device, also of one that is gone."""
    with suppress(usb.core.USBError):
        usb.util.dispose_resources(device)


def active_configuration(device: Any) -> Any:
    """Return the configuration a device is in, the first one after setting it where it is in none."""
    try:
        return device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
        device.set_configuration()
        return device.get_active_configuration()


def printer_interface(configuration: Any) -> Any:
    """Return the first interface that takes ESC/POS, None where there is none."""
    for interface in configuration:
        is_ours = interface.bInterfaceClass == PRINTER_CLASS and interface.bInterfaceProtocol != IPP_PROTOCOL
        if is_ours and bulk(interface, usb.util.ENDPOINT_OUT) is not None:
            return interface
    return None


def bulk(interface: Any, direction: int) -> Any:
    """Return the bulk endpoint of a direction, None where there is none."""
    for endpoint in interface:
        if (
            usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction
            and usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ):
            return endpoint
    return None


def milliseconds(until: float) -> int:
    """Return the time until a moment of the monotonic clock, at least 1 ms: 0 would be without end."""
    return max(1, math.ceil((until - time.monotonic()) * 1000))


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Let the errors of pyusb leave as ours."""
    try:
        yield
    except usb.core.NoBackendError as error:
        raise NoUsbLibrary(address=address) from error
    except usb.core.USBError as error:
        raise ours(error, address) from error


def ours(error: usb.core.USBError, address: str) -> PrinterError:
    """Return what an error of the bus means: no permission, held by another, too slow, or gone."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotPermitted(address=address, group=GROUP)
    if error.errno == errno.EBUSY:
        return Busy(address=address)
    if error.errno == errno.ETIMEDOUT:
        return TimedOut(address=address)
    return Unplugged(address=address, why=error.strerror or "")
