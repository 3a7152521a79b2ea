"""Tabler's outline icons, recoloured and drawn at any size."""

from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from config.errors import AntreanError

FOLDER = Path(__file__).parent / "icons"


class IconMissing(AntreanError):
    """There is no icon of this name among those the program carries."""

    key = "ui.icon_missing"


@cache
def drawing(name: str) -> str:
    """Return an icon's SVG; IconMissing where there is none."""
    try:
        return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        raise IconMissing(name=name) from error


@lru_cache(maxsize=256)
def icon(name: str, px: int, colour: str, stroke: float = 2.0) -> QPixmap:
    """Return an icon as a square picture of `px` pixels in one colour, its lines `stroke` twenty-fourths thick."""
    source = drawing(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    picture = QPixmap(max(1, px), max(1, px))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    return picture
