"""A USB printer is found by its class, taken without a reset, and never waited for without end."""

import errno
from collections import deque
from collections.abc import Iterator
from contextlib import closing

import pytest
from printer_fakes import leaves_nothing, within
from usb_fakes import BULK_IN, BULK_OUT, FakeBus, FakeUsb, without_libusb

from printer.transport import Busy, NotPermitted, NoUsbLibrary, PrinterError, Refused, TimedOut, Unplugged
from printer.usb_port import UsbTransport, printers

ADDRESS = "04b8:0e28"
DEADLINE_S, SLACK_S = 0.2, 1.0


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    with leaves_nothing():
        yield


def opened(device: FakeUsb, address: str = ADDRESS) -> UsbTransport:
    return UsbTransport(address, FakeBus(device))


def test_a_usb_printer_gets_the_bytes_and_its_answer_comes_back() -> None:
    device = FakeUsb(says=deque([b"\x12"]))

    with closing(opened(device)) as transport:
        transport.write(b"\x10\x04\x01", DEADLINE_S)

        assert transport.answers
        assert transport.read(DEADLINE_S) == b"\x12"
    assert bytes(device.heard) == b"\x10\x04\x01"


def test_a_long_ticket_arrives_whole_and_in_order() -> None:
    ticket = bytes(range(256)) * 200
    device = FakeUsb()

    with closing(opened(device)) as transport:
        transport.write(ticket, DEADLINE_S)

    assert bytes(device.heard) == ticket


def test_a_configured_device_is_neither_configured_again_nor_reset() -> None:
    device = FakeUsb()

    opened(device).close()

    assert device.deeds == ["open", "claim", "release", "close"]


def test_a_device_in_no_configuration_is_configured_once() -> None:
    device = FakeUsb(is_configured=False)

    opened(device).close()

    assert device.deeds.count("configure") == 1
    assert "reset" not in device.deeds


def test_the_kernels_driver_is_taken_off_and_put_back() -> None:
    device = FakeUsb(has_driver=True)

    opened(device).close()

    assert device.deeds == ["open", "detach", "claim", "release", "attach", "close"]


def test_the_kernels_driver_is_put_back_where_the_printer_cannot_be_claimed() -> None:
    device = FakeUsb(has_driver=True, faults={"claim": errno.EBUSY})

    with pytest.raises(Busy):
        opened(device)

    assert device.deeds[-2:] == ["attach", "close"]


def test_a_printer_without_a_way_back_only_listens() -> None:
    device = FakeUsb(endpoints=(BULK_OUT,))

    with closing(opened(device)) as transport:
        assert not transport.answers
        assert transport.read(0.01) == b""


def test_of_two_printers_of_a_kind_the_serial_number_tells() -> None:
    first, second = FakeUsb(texts=("EPSON", "TM-T82", "J1")), FakeUsb(texts=("EPSON", "TM-T82", "J2"))

    UsbTransport(f"{ADDRESS}:J2", FakeBus(first, second)).close()

    assert "claim" not in first.deeds
    assert first.deeds[-1] == "close"
    assert "claim" in second.deeds


@pytest.mark.parametrize(
    ("device", "address"),
    [
        (FakeUsb(), "04b8:0202"),
        (FakeUsb(), f"{ADDRESS}:other"),
        (FakeUsb(texts=("", "", "")), f"{ADDRESS}:J2K1"),
        (FakeUsb(), "printer"),
        (FakeUsb(interface_class=3), ADDRESS),
        (FakeUsb(protocol=4), ADDRESS),
        (FakeUsb(endpoints=(BULK_IN,)), ADDRESS),
    ],
)
def test_what_is_no_printer_of_this_address_is_refused(device: FakeUsb, address: str) -> None:
    with pytest.raises(Refused):
        opened(device, address)


@pytest.mark.parametrize(
    ("deed", "code", "error"),
    [
        ("open", errno.EACCES, NotPermitted),
        ("claim", errno.EBUSY, Busy),
        ("claim", errno.ENODEV, Unplugged),
        ("configure", errno.EIO, Unplugged),
    ],
)
def test_a_device_that_cannot_be_taken_is_one_of_our_errors(deed: str, code: int, error: type[PrinterError]) -> None:
    with pytest.raises(error):
        opened(FakeUsb(is_configured=False, faults={deed: code}))


def test_a_device_that_may_not_be_opened_names_the_group_that_may() -> None:
    with pytest.raises(NotPermitted) as refused:
        opened(FakeUsb(faults={"open": errno.EACCES}), f"{ADDRESS}:J2K1")

    assert refused.value.fields == {"address": f"{ADDRESS}:J2K1", "group": "lp"}


@pytest.mark.parametrize("code", [errno.ENODEV, errno.EIO, errno.EPIPE])
def test_a_pulled_cable_is_unplugged(code: int) -> None:
    device = FakeUsb()
    with closing(opened(device)) as transport:
        device.faults = dict.fromkeys(("write", "read", "release", "close"), code)

        with pytest.raises(Unplugged):
            transport.write(b"ticket", DEADLINE_S)
        with pytest.raises(Unplugged):
            transport.read(DEADLINE_S)


def test_a_printer_that_takes_nothing_more_times_out() -> None:
    device = FakeUsb(takes=100)

    with closing(opened(device)) as transport, within(DEADLINE_S + SLACK_S), pytest.raises(TimedOut):
        transport.write(bytes(1000), DEADLINE_S)

    assert len(device.heard) == 100


def test_silence_is_no_error() -> None:
    with closing(opened(FakeUsb())) as transport:
        assert transport.read(DEADLINE_S) == b""


def test_empty_packets_before_an_answer_are_read_over() -> None:
    device = FakeUsb(says=deque([b"", b"", b"\x12"]))

    with closing(opened(device)) as transport:
        assert transport.read(DEADLINE_S) == b"\x12"


def test_a_printer_that_sends_only_empty_packets_is_silent_until_the_deadline() -> None:
    device = FakeUsb(says=deque([b""] * 1000))

    with closing(opened(device)) as transport, within(DEADLINE_S + SLACK_S):
        assert transport.read(DEADLINE_S) == b""


def test_no_transfer_waits_without_end() -> None:
    device = FakeUsb(says=deque([b"\x12"]))

    with closing(opened(device)) as transport:
        transport.write(b"ticket", 0.0)
        transport.read(0.0)

    assert all(timeout > 0 for timeout in device.timeouts)


def test_a_machine_without_libusb_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    without_libusb(monkeypatch)

    with pytest.raises(NoUsbLibrary):
        printers()
    with pytest.raises(NoUsbLibrary):
        UsbTransport(ADDRESS)
