"""What is connected is listed as the hall file would name it."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from usb_fakes import FakeBus, FakeUsb, without_libusb

from printer.found import Found, devices, look, serial_ports, usb_printers
from printer.transport import NoUsbLibrary


def test_a_serial_port_is_named_so_that_it_stays_when_plugs_change(tmp_path: Path) -> None:
    port, folder = tmp_path / "ttyUSB1", tmp_path / "serial" / "by-id"
    port.touch()
    folder.mkdir(parents=True)
    (folder / "usb-FTDI_A1").symlink_to("../../ttyUSB1")
    plain = tmp_path / "ttyS0"

    found = list(
        serial_ports(
            [
                SimpleNamespace(device=str(port), description="FT232R USB UART"),
                SimpleNamespace(device=str(plain), description="n/a"),
            ],
            tmp_path,
        )
    )

    assert found == [
        Found("serial", str(plain), ""),
        Found("serial", str(folder / "usb-FTDI_A1"), "FT232R USB UART"),
    ]


def test_the_kernels_printers_are_named_by_their_device_id(tmp_path: Path) -> None:
    for name in ("lp0", "lp1"):
        (tmp_path / "usb").mkdir(exist_ok=True)
        (tmp_path / "usb" / name).touch()
    told = tmp_path / "class" / "usbmisc" / "lp0" / "device" / "ieee1284_id"
    told.parent.mkdir(parents=True)
    told.write_text("MFG:EPSON;CMD:ESC/POS;MDL:TM-T82;CLS:PRINTER;\n")

    found = list(devices(tmp_path, tmp_path))

    assert found == [
        Found("file", str(tmp_path / "usb" / "lp0"), "EPSON TM-T82"),
        Found("file", str(tmp_path / "usb" / "lp1"), ""),
    ]


def test_usb_printers_are_found_by_their_class_and_let_go_again() -> None:
    printer, keyboard = FakeUsb(), FakeUsb(interface_class=3)

    found = list(usb_printers(FakeBus(keyboard, printer)))

    assert found == [Found("usb", "04b8:0e28:J2K1", "EPSON TM-T82")]
    assert printer.deeds[-1] == "close"
    assert keyboard.deeds == []


def test_a_usb_printer_that_may_not_be_opened_is_listed_without_its_name() -> None:
    assert list(usb_printers(FakeBus(FakeUsb(faults={"open": 13})))) == [Found("usb", "04b8:0e28", "")]


def test_the_lines_of_a_printer_are_those_of_a_hall_file() -> None:
    lines = Found("file", '/dev/odd "name"', "").lines

    assert tomllib.loads(lines) == {"transport": "file", "address": '/dev/odd "name"'}


def test_a_machine_with_nothing_connected_finds_nothing(tmp_path: Path) -> None:
    found = look(tmp_path, tmp_path, FakeBus())

    assert [printer for printer in found.printers if printer.transport != "serial"] == []
    assert found.trouble is None


def test_where_libusb_is_missing_all_else_is_still_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_libusb(monkeypatch)
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "lp0").touch()

    found = look(tmp_path, tmp_path)

    assert Found("file", str(tmp_path / "usb" / "lp0"), "") in found.printers
    assert isinstance(found.trouble, NoUsbLibrary)
