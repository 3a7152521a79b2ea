"""One ticket as a file of bytes and as a picture."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from config.hall import Hall
from printer.picture import Raster
from printer.render import UnknownService, render
from printer.virtual.engine import Engine

pytestmark = pytest.mark.usefixtures("fonts")
MORNING = datetime(2026, 11, 30, 8, 14, 5)  # noqa: DTZ001 - the hall's own time


@pytest.mark.parametrize(("width_mm", "dots"), [(58, 384), (80, 576)])
def test_the_picture_is_what_a_printer_makes_of_the_bytes(
    muara_enim: Hall, tmp_path: Path, width_mm: int, dots: int
) -> None:
    png, data = tmp_path / "ticket.png", tmp_path / "ticket.bin"

    render(muara_enim, "dukcapil-kk", "A043", width_mm=width_mm, escpos=data, png=png, issued=MORNING)

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


def test_a_service_that_the_hall_does_not_have_is_an_error(muara_enim: Hall) -> None:
    with pytest.raises(UnknownService):
        render(muara_enim, "no-such-service", "A043")
