"""What a printer was found to be able to is remembered by its model, and a damaged memory is an empty one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from config.hall import Printer
from printer.capability import Capability, name_of, remember, remembered

SEEN = Capability("process_id", datetime(2026, 11, 30, 1, 14, 5, tzinfo=UTC))
MUTE = Capability(None, SEEN.checked)


def test_what_is_remembered_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "printers.json"

    remember(file, "EPSON TM-T82", SEEN)
    remember(file, "file:/dev/usb/lp0", MUTE)

    assert remembered(file) == {"EPSON TM-T82": SEEN, "file:/dev/usb/lp0": MUTE}


def test_a_later_look_replaces_an_earlier_one(tmp_path: Path) -> None:
    file = tmp_path / "printers.json"

    remember(file, "EPSON TM-T82", MUTE)
    remember(file, "EPSON TM-T82", SEEN)

    assert remembered(file) == {"EPSON TM-T82": SEEN}


def test_where_no_file_is_nothing_is_remembered(tmp_path: Path) -> None:
    assert remembered(tmp_path / "printers.json") == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": {"proof": "hope"}}', b"\xff"])
def test_a_damaged_file_is_an_empty_one_and_the_log_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "printers.json"
    file.write_bytes(content)

    with capture_logs() as logs:
        found = remembered(file)

    assert found == {}
    assert [entry["log_level"] for entry in logs] == ["warning"]


def test_a_printer_is_remembered_by_its_model_else_by_its_address() -> None:
    printer = Printer(id="p", kiosk="k", transport="tcp", address="10.0.0.9")

    assert name_of("EPSON TM-T82", printer) == "EPSON TM-T82"
    assert name_of("", printer) == "tcp:10.0.0.9"
