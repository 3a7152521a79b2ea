"""Makes the tickets of docs/tickets.md: `.venv/bin/python docs/pictures/make_tickets.py`."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

from config.hall import Hall
from config.load import HALLS, load
from config.logo import packed
from printer.render import render
from ui.fonts import FOLDER

OUT = Path(__file__).parent / "tickets"
MARGIN, INK = 32, 0
ISSUED = datetime(2026, 11, 30, 8, 14, 5)  # noqa: DTZ001 - the hall's own time
PAGES = "https://antre.example.id"


def tickets(muara_enim: Hall, oku_timur: Hall) -> dict[str, tuple[Hall, str, str, dict[str, Any]]]:
    """Return hall, service, number and the rest of each ticket, by its name."""
    adorned = replace(muara_enim, ticket=replace(muara_enim.ticket, logo=logo(muara_enim.hall.short)))
    return {
        "normal-80mm": (with_pages(muara_enim), "dukcapil-kk", "A043", {}),
        "priority-58mm": (with_pages(muara_enim), "dukcapil-kia", "A044", {"ticket_class": "priority", "width_mm": 58}),
        "english": (with_pages(oku_timur), "dukcapil-ktp-rekam", "A108", {"language": "en"}),
        "copy": (muara_enim, "dukcapil-kk", "A043", {"copy": 1}),
        "text": (with_pages(muara_enim), "dukcapil-kk", "A043", {"text": True, "ticket_class": "priority"}),
        "logo-180dpi": (with_pages(adorned), "dukcapil-ktp-cetak", "A045", {"dpi": 180}),
    }


def with_pages(hall: Hall) -> Hall:
    """Return a hall whose ticket pages phones can reach."""
    return replace(hall, hall=replace(hall.hall, public_url=PAGES))


def logo(name: str) -> str:
    """Return an invented emblem, a roof on four columns, with a hall's short name beside it."""
    face = ImageFont.truetype(FOLDER / "PlusJakartaSans_800ExtraBold.ttf", 120)
    picture = Image.new("L", (300 + round(face.getlength(name)), 240), 255)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(120, 8), (236, 84), (4, 84)], fill=INK)
    for x in (24, 80, 136, 192):
        pen.rectangle((x, 104, x + 24, 188), fill=INK)
    pen.rectangle((4, 204, 236, 230), fill=INK)
    pen.text((276, 120), name, font=face, fill=INK, anchor="lm")
    with TemporaryDirectory() as folder:
        picture.save(Path(folder) / "logo.png")
        return packed(Path(folder) / "logo.png")


def main() -> None:
    """Write every ticket with the paper that its head cannot reach around it."""
    OUT.mkdir(exist_ok=True)
    halls = (load(HALLS / f"{name}.toml") for name in ("mpp-muara-enim", "mpp-oku-timur"))
    for name, (hall, service, number, options) in tickets(*halls).items():
        path = OUT / f"{name}.png"
        render(hall, service, number, png=path, issued=ISSUED, **options)
        with Image.open(path) as dots:
            paper = ImageOps.expand(dots.convert("1"), MARGIN, fill=1)
        paper.save(path, optimize=True)


if __name__ == "__main__":
    main()
