"""Papers of a virtual printer are kept as pictures, in the order in which visitors took them."""

from pathlib import Path

import zxingcpp
from PIL import Image
from printer_fakes import PAGE, black, content_of, hall

from printer import escpos
from printer.layout import ticket_layout
from printer.raster import HEADS, draw
from printer.virtual.device import VirtualPrinter
from printer.virtual.page import Paper
from printer.virtual.tray import Tray

PAPER = Paper(black(), "cut")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_paper_is_a_picture_under_its_number_and_the_newest_also_ticket_png(tmp_path: Path) -> None:
    tray = Tray(tmp_path / "papers")
    for number in ("A001", "B107"):
        tray.number = number
        tray.take(PAPER)

    assert names(tmp_path / "papers") == ["0001-A001.png", "0002-B107.png", "ticket.png"]


def test_numbering_goes_on_after_a_restart(tmp_path: Path) -> None:
    for number in ("A001", "A002"):
        tray = Tray(tmp_path)
        tray.number = number
        tray.take(PAPER)

    assert names(tmp_path) == ["0001-A001.png", "0002-A002.png", "ticket.png"]


def test_a_torn_paper_says_so_in_its_name(tmp_path: Path) -> None:
    tray = Tray(tmp_path)
    tray.number = "A001"

    tray.take(Paper(black(), "torn"))

    assert "0001-A001-torn.png" in names(tmp_path)


def test_without_a_folder_papers_are_only_told_of() -> None:
    told: list[Paper] = []

    Tray(None, told.append).take(PAPER)

    assert told == [PAPER]


def test_a_picture_is_the_paper_with_its_white_edges(tmp_path: Path) -> None:
    tray = Tray(tmp_path)

    tray.take(PAPER)

    with Image.open(tmp_path / "ticket.png") as picture:
        assert (picture.size, picture.mode) == ((384 + 64, 80 + 64), "1")
        assert [picture.getpixel(at) for at in ((31, 40), (32, 40), (40, 40))] == [255, 0, 255]


def test_the_code_on_a_kept_paper_can_be_scanned(tmp_path: Path, fonts: None) -> None:
    tray = Tray(tmp_path)
    content = content_of(hall("mpp-oku-timur"), "dukcapil-kk", qr=PAGE)
    picture = draw(ticket_layout(content, copy=0, printed_ms=None), HEADS[58])

    VirtualPrinter(tray.take, 384).feed(escpos.ticket(picture))

    with Image.open(tmp_path / "ticket.png") as kept:
        assert [code.text for code in zxingcpp.read_barcodes(kept.convert("L"))] == [PAGE]
