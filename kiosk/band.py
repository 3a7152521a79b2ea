"""The dark band of the kiosk: its ground, a woven pattern after Sumatran songket, and the red and white stripe."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QLinearGradient, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.look import Look, clear_pen, colour
from ui.parts import Part
from ui.theme import HIGH_CONTRAST, INK, mixed

STRIPE = 6
RED, WHITE, GOLD = "#C8102E", "#FFFFFF", "#FFD54A"
CELL = 54


class Band(Part):
    """Paints the band and its pattern, which fades out towards the texts."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, name="band")
        self._woven = QPixmap()
        self._woven_for: tuple[int, int, float, str] | None = None

    def draw(self, painter: QPainter) -> None:
        """Paint the ground, the pattern, which is woven once for each size, and the stripe."""
        wanted = (self.width(), self.height(), self.look.scale, self.look.theme.name)
        if wanted != self._woven_for:
            self._woven, self._woven_for = woven(self.width(), self.height(), self.look), wanted
        painter.drawPixmap(0, 0, self._woven)


def woven(width: int, height: int, look: Look) -> QPixmap:
    """Return the band's picture."""
    picture = QPixmap(max(1, width), max(1, height))
    plain = look.theme is HIGH_CONTRAST
    picture.fill(colour(look.theme.ground if plain else INK))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not plain:
        weave(painter, width, height, look.px(CELL))
        fade_towards_texts(painter, QRectF(0, 0, width, height))
    stripes(painter, width, height, look.px(STRIPE), WHITE if plain else RED)
    painter.end()
    return picture


def weave(painter: QPainter, width: int, height: int, cell: int) -> None:
    """Paint the diamonds."""
    painter.setPen(clear_pen())
    for row in range(2 * height // cell + 2):
        for column in range(width // cell + 2):
            centre = QPointF(column * cell + (row % 2) * cell / 2, row * cell * 0.5)
            shares = (0.46, 0.30, 0.14)
            for place, share in enumerate(shares):
                painter.setBrush(colour(mixed(GOLD, INK, (0.20, 0.0, 0.28)[place])))
                painter.drawPolygon(diamond(centre, cell * share))


def diamond(centre: QPointF, reach: float) -> QPolygonF:
    """Return a diamond around a point."""
    x, y = centre.x(), centre.y()
    return QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])


def fade_towards_texts(painter: QPainter, box: QRectF) -> None:
    """Lay the ground's colour over the pattern, thick where texts stand."""
    upright = box.width() > box.height()
    veil = QLinearGradient(box.topLeft(), box.topRight() if upright else box.bottomLeft())
    for place, strength in ((0.0, 255), (0.55, 250), (1.0, 150)) if upright else ((0.0, 252), (0.4, 246), (1.0, 140)):
        shade = colour(INK)
        veil.setColorAt(place, shade.fromRgb(shade.red(), shade.green(), shade.blue(), strength))
    painter.fillRect(box, veil)


def stripes(painter: QPainter, width: int, height: int, thick: int, upper: str) -> None:
    """Paint the thin stripe, red and white in Indonesia's colours, at the lower edge, or right of a tall band."""
    if width > height * 0.9:
        painter.fillRect(0, height - 2 * thick, width, thick, colour(upper))
        painter.fillRect(0, height - thick, width, thick, colour(WHITE))
    else:
        painter.fillRect(width - 2 * thick, 0, thick, height, colour(upper))
        painter.fillRect(width - thick, 0, thick, height, colour(WHITE))
