"""A USB bus made of software: what pyusb would see through libusb."""

import errno
from array import array
from collections import deque
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from usb.backend import IBackend, libusb0, libusb1, openusb
from usb.core import USBError, USBTimeoutError

BULK_OUT, BULK_IN = (0x01, 2), (0x82, 2)
INTERRUPT_IN = (0x83, 3)
ENGLISH = 0x0409


def without_libusb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyusb find no library, whatever this machine has."""
    for backend in (libusb0, libusb1, openusb):
        monkeypatch.setattr(backend, "get_backend", lambda: None)


@dataclass
class FakeUsb:
    """One device: its endpoints as (address, type), what it says, and what goes wrong, by the name of the call.

    `takes` is how many bytes it still takes, None for all.
    """

    vendor: int = 0x04B8
    product: int = 0x0E28
    texts: tuple[str, str, str] = ("EPSON", "TM-T82", "J2K1")
    interface_class: int = 7
    protocol: int = 2
    endpoints: tuple[tuple[int, int], ...] = (INTERRUPT_IN, BULK_OUT, BULK_IN)
    is_configured: bool = True
    has_driver: bool = False
    takes: int | None = None
    faults: dict[str, int] = field(default_factory=dict)
    says: deque[bytes] = field(default_factory=deque)
    heard: bytearray = field(default_factory=bytearray)
    deeds: list[str] = field(default_factory=list)
    timeouts: list[int] = field(default_factory=list)

    def does(self, deed: str) -> None:
        """Remember a deed, or fail at it."""
        self.deeds.append(deed)
        if deed in self.faults:
            raise USBError(deed, errno=self.faults[deed])


class FakeBus(IBackend):  # type: ignore[misc]
    """A bus with some devices."""

    def __init__(self, *devices: FakeUsb) -> None:
        super().__init__()
        self.devices = devices

    def enumerate_devices(self) -> Any:
        return iter(self.devices)

    def get_device_descriptor(self, dev: FakeUsb) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=dev.vendor, idProduct=dev.product, bcdDevice=1, iManufacturer=1, iProduct=2,
            iSerialNumber=3 if dev.texts[2] else 0, bNumConfigurations=1, address=1, bus=1, port_number=1,
            port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: FakeUsb, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: FakeUsb, intf: int, alt: int, config: int) -> Any:
        if alt:
            raise IndexError(alt)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=len(dev.endpoints),
            bInterfaceClass=dev.interface_class, bInterfaceSubClass=1, bInterfaceProtocol=dev.protocol, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: FakeUsb, ep: int, intf: int, alt: int, config: int) -> Any:
        address, kind = dev.endpoints[ep]
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=kind, wMaxPacketSize=64, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: FakeUsb) -> FakeUsb:
        dev.does("open")
        return dev

    def close_device(self, dev_handle: FakeUsb) -> None:
        dev_handle.does("close")

    def get_configuration(self, dev_handle: FakeUsb) -> int:
        return 1 if dev_handle.is_configured else 0

    def set_configuration(self, dev_handle: FakeUsb, config_value: int) -> None:
        dev_handle.does("configure")
        dev_handle.is_configured = True

    def is_kernel_driver_active(self, dev_handle: FakeUsb, intf: int) -> bool:
        return dev_handle.has_driver

    def detach_kernel_driver(self, dev_handle: FakeUsb, intf: int) -> None:
        dev_handle.does("detach")

    def attach_kernel_driver(self, dev_handle: FakeUsb, intf: int) -> None:
        dev_handle.does("attach")

    def claim_interface(self, dev_handle: FakeUsb, intf: int) -> None:
        dev_handle.does("claim")

    def release_interface(self, dev_handle: FakeUsb, intf: int) -> None:
        dev_handle.does("release")

    def reset_device(self, dev_handle: FakeUsb) -> None:
        dev_handle.does("reset")

    def bulk_write(self, dev_handle: FakeUsb, ep: int, intf: int, data: Any, timeout: int) -> int:
        dev_handle.timeouts.append(timeout)
        dev_handle.does("write")
        count = len(data) if dev_handle.takes is None else min(len(data), dev_handle.takes)
        if not count:
            raise USBTimeoutError("write", errno=errno.ETIMEDOUT)
        dev_handle.heard += data[:count].tobytes()
        if dev_handle.takes is not None:
            dev_handle.takes -= count
        return count

    def bulk_read(self, dev_handle: FakeUsb, ep: int, intf: int, buff: Any, timeout: int) -> int:
        dev_handle.timeouts.append(timeout)
        dev_handle.does("read")
        if not dev_handle.says:
            raise USBTimeoutError("read", errno=errno.ETIMEDOUT)
        said = dev_handle.says.popleft()
        buff[: len(said)] = array("B", said)
        return len(said)

    def ctrl_transfer(
        self, dev_handle: FakeUsb, kind: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        dev_handle.does("text")
        index = value & 0xFF
        text = ENGLISH.to_bytes(2, "little") if index == 0 else dev_handle.texts[index - 1].encode("utf-16-le")
        whole = bytes((len(text) + 2, 3)) + text
        data[: len(whole)] = array("B", whole)
        return len(whole)
