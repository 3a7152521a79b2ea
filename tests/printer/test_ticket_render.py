"""One ticket as a file of bytes and as a picture."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from config.hall import Hall
from config.logo import packed
from printer.picture import Raster
from printer.render import UnknownService, render
from printer.virtual.engine import Engine

pytestmark = pytest.mark.usefixtures("fonts")
MORNING = datetime(2026, 11, 30, 8, 14, 5)  # noqa: DTZ001 - the hall's own time


@pytest.mark.parametrize("text", [False, True], ids=["drawn", "written"])
@pytest.mark.parametrize(("width_mm", "dpi", "dots"), [(58, 203, 384), (80, 203, 576), (80, 180, 512)])
def test_the_picture_is_what_a_printer_makes_of_the_bytes(
    muara_enim: Hall, tmp_path: Path, width_mm: int, dpi: int, dots: int, text: bool
) -> None:
    png, data = tmp_path / "ticket.png", tmp_path / "ticket.bin"

    form = render(
        muara_enim, "dukcapil-kk", "A043", width_mm=width_mm, dpi=dpi, text=text, escpos=data, png=png, issued=MORNING
    )

    assert form == ("text" if text else "raster")

    engine = Engine(dots)
    engine.feed(data.read_bytes())
    paper = engine.take_papers()[0].picture
    with Image.open(png) as picture:
        drawn = Raster(*picture.size, bytes(byte ^ 0xFF for byte in picture.tobytes()))
    assert (paper.width, paper.height) == (drawn.width, drawn.height)
    assert sum(a != b for a, b in zip(drawn.rows, paper.rows, strict=True)) <= 1


def test_the_same_ticket_is_the_same_file(muara_enim: Hall, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        render(muara_enim, "dukcapil-kk", "A043", png=tmp_path / name, issued=MORNING)

    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_time_without_a_zone_is_the_halls_own(muara_enim: Hall, tmp_path: Path) -> None:
    render(muara_enim, "dukcapil-kk", "A043", png=tmp_path / "local.png", issued=MORNING)
    utc = datetime(2026, 11, 30, 1, 14, 5, tzinfo=UTC)
    render(muara_enim, "dukcapil-kk", "A043", png=tmp_path / "utc.png", issued=utc)

    assert (tmp_path / "local.png").read_bytes() == (tmp_path / "utc.png").read_bytes()


def test_class_copy_and_language_each_change_the_paper(muara_enim: Hall, tmp_path: Path) -> None:
    plain = {"png": tmp_path / "plain.png", "issued": MORNING}
    render(muara_enim, "dukcapil-kk", "A043", **plain)
    render(muara_enim, "dukcapil-kk", "A043", ticket_class="priority", png=tmp_path / "priority.png", issued=MORNING)
    render(muara_enim, "dukcapil-kk", "A043", copy=1, png=tmp_path / "copy.png", issued=MORNING)
    render(muara_enim, "dukcapil-kk", "A043", language="en", png=tmp_path / "english.png", issued=MORNING)

    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 4


def test_a_ticket_that_no_printer_has_letters_for_is_drawn(muara_enim: Hall, tmp_path: Path) -> None:
    agency = muara_enim.agency_of["dukcapil-kk"]
    service = replace(muara_enim.services["dukcapil-kk"], name_id="ꦏꦂꦠꦸ ꦏꦸꦭꦮꦂꦒ")
    javanese = replace(muara_enim, agencies=(replace(agency, services=(service,)),))

    form = render(javanese, "dukcapil-kk", "A043", text=True, png=tmp_path / "ticket.png", issued=MORNING)

    assert form == "raster"


def test_the_halls_logo_is_on_the_paper(muara_enim: Hall, tmp_path: Path) -> None:
    Image.new("1", (384, 96), 0).save(tmp_path / "logo.png")
    form = replace(muara_enim.ticket, logo=packed(tmp_path / "logo.png"))

    render(replace(muara_enim, ticket=form), "dukcapil-kk", "A043", png=tmp_path / "ticket.png", issued=MORNING)

    with Image.open(tmp_path / "ticket.png") as picture:
        assert picture.crop((96, 0, 96 + 384, 96)).getextrema() == (0, 0)
        assert picture.crop((96, 97, 96 + 384, 100)).getextrema() == (255, 255)


def test_a_service_that_the_hall_does_not_have_is_an_error(muara_enim: Hall) -> None:
    with pytest.raises(UnknownService):
        render(muara_enim, "no-such-service", "A043")
