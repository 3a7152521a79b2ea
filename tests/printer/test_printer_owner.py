"""One agent owns one printer."""

from pathlib import Path

import pytest

from printer.owner import PrinterOwned, owning


def test_a_second_agent_of_a_printer_does_not_start_and_a_later_one_does(tmp_path: Path) -> None:
    with owning("anjungan-1-printer", tmp_path):
        with pytest.raises(PrinterOwned), owning("anjungan-1-printer", tmp_path):
            pass
        with owning("anjungan-2-printer", tmp_path):
            pass

    with owning("anjungan-1-printer", tmp_path):
        pass
