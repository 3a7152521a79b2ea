"""The virtual printer as a picture: a slot from which the newest paper slides, and the papers before it beside."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath

from config.wording import Words
from hub.client.views import PrinterStatus
from printer.virtual.page import Paper
from printer.virtual.tray import MARGIN
from ui.look import CENTRE, RIGHT, Look, clear_pen, colour, paint_card, paint_text
from ui.theme import NIGHT, WHITE, mixed

WIDTH, HEIGHT = 860, 1000
KEPT = 5
"""Papers shown: the newest and four before it."""
MACHINE = (32, 28, 796, 128)
PAPER = (32, 136, 500, 768)
SLOT = (72, 128, 420, 14)
EARLIER = (556, 190, 272, 710)
THUMB_GAP = 16
DOT = 0.66
"""Design pixels of a printer's dot, where the paper is short enough."""
TEETH = 9
SHADOW = 10


@dataclass(frozen=True, eq=False)
class Sheet:
    """A paper to paint: its picture, white margins included, its number, and whether it was torn off."""

    picture: QImage
    number: str
    torn: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What the printer looks like: newest paper first; `out` is how much of it has left the slot, 0 to 1."""

    name: str
    status: PrinterStatus = "ONLINE"
    sheets: tuple[Sheet, ...] = ()
    out: float = 1.0


def sheet_of(paper: Paper, number: str) -> Sheet:
    """Return a paper as it is painted."""
    image = QImage.fromData(paper.picture.png(MARGIN))
    return Sheet(image.convertToFormat(QImage.Format.Format_Grayscale8), number, paper.end == "torn")


def paint_scene(painter: QPainter, look: Look, scene: Scene) -> None:
    """Paint the whole scene, its upper left corner at 0, 0."""
    theme, whole = look.theme, look.rect(0, 0, WIDTH, HEIGHT)
    ground = QLinearGradient(whole.topLeft(), whole.bottomLeft())
    ground.setColorAt(0, colour(mixed(theme.primary, theme.ground, 0.16)))
    ground.setColorAt(1, colour(mixed(theme.primary, theme.ground, 0.05)))
    painter.fillRect(whole, ground)
    paint_machine(painter, look, scene)
    if scene.sheets:
        paint_newest(painter, look, scene)
    else:
        empty = look.fit(Words().say("printer.empty"), look.rect(*PAPER), 22)
        paint_text(painter, look.rect(*PAPER), empty, theme.quiet, CENTRE)
    paint_earlier(painter, look, scene.sheets[1:KEPT])


def paint_machine(painter: QPainter, look: Look, scene: Scene) -> None:
    """Paint the printer's face: its name, its status with a lamp, and the slot."""
    theme, box = look.theme, look.rect(*MACHINE)
    paint_card(painter, box, theme.ink, look.px(theme.radius))
    slot = look.rect(*SLOT)
    paint_card(painter, slot, mixed(theme.surface, theme.ink, 0.28), slot.height() / 2)
    mouth = slot.adjusted(look.px(6), slot.height() * 0.3, -look.px(6), -slot.height() * 0.25)
    paint_card(painter, mouth, NIGHT.ground, mouth.height() / 2)
    words, text = Words(), look.rect(72, 28, 716, 84)
    paint_text(painter, text, look.fit(words.say("printer.title"), text, 26, weight=700), theme.surface)
    below = text.translated(0, look.px(28))
    paint_text(painter, below, look.fit(scene.name, below, 16), mixed(theme.surface, theme.ink, 0.75))
    is_well = scene.status in ("ONLINE", "PAPER_LOW")
    said = look.fit(words.say(f"printer.status_{scene.status}"), text, 20, floor=14, weight=600)
    at = paint_text(painter, text, said, theme.surface, RIGHT)
    painter.setBrush(colour(NIGHT.good if is_well else theme.call))
    painter.setPen(clear_pen())
    painter.drawEllipse(QPointF(at.left() - look.px(20), text.center().y()), look.px(8), look.px(8))


def paint_newest(painter: QPainter, look: Look, scene: Scene) -> None:
    """Paint the newest paper as far as it is out, below the slot."""
    sheet, room = scene.sheets[0], look.rect(*PAPER)
    size = fitted_size(sheet, room.size(), look.scale * DOT)
    place = QRectF(QPointF(look.rect(*SLOT).center().x() - size.width() / 2, room.top()), size)
    painter.save()
    painter.setClipRect(QRectF(0, look.rect(*SLOT).center().y(), look.px(WIDTH), look.px(HEIGHT)))
    paint_sheet(painter, look, sheet, place.translated(0, -size.height() * (1 - scene.out)))
    painter.restore()


def paint_earlier(painter: QPainter, look: Look, sheets: tuple[Sheet, ...]) -> None:
    """Paint the papers before the newest, two by two, each under its number."""
    if not sheets:
        return
    theme, room = look.theme, look.rect(*EARLIER)
    title = look.rect(EARLIER[0], EARLIER[1] - 24, EARLIER[2], 24)
    paint_text(painter, title, look.fit(Words().say("printer.earlier"), title, 18, weight=600), theme.quiet)
    gap = look.px(THUMB_GAP)
    cell = QSizeF((room.width() - gap) / 2, (room.height() - gap) / 2)
    for place, sheet in enumerate(sheets):
        across, down = place % 2 * (cell.width() + gap), place // 2 * (cell.height() + gap)
        paint_thumb(painter, look, sheet, QRectF(QPointF(room.left() + across, room.top() + down), cell))


def paint_thumb(painter: QPainter, look: Look, sheet: Sheet, cell: QRectF) -> None:
    """Paint an earlier paper in its cell, its number below it."""
    theme, label = look.theme, look.px(30)
    size = fitted_size(sheet, QSizeF(cell.width(), cell.height() - label), look.scale)
    place = QRectF(QPointF(cell.center().x() - size.width() / 2, cell.top() + look.px(6)), size)
    paint_sheet(painter, look, sheet, place)
    text = sheet.number + (f" ({Words().say('printer.torn')})" if sheet.torn else "")
    below = QRectF(cell.left(), place.bottom(), cell.width(), label)
    paint_text(painter, below, look.fit(text, below, 18, floor=10, weight=700), theme.ink, CENTRE)


def fitted_size(sheet: Sheet, room: QSizeF, largest: float) -> QSizeF:
    """Return the size at which a paper fits into a room, no larger than so many pixels a dot."""
    wide, tall = sheet.picture.width(), sheet.picture.height()
    scale = min(largest, room.width() / wide, room.height() / tall)
    return QSizeF(wide * scale, tall * scale)


def paint_sheet(painter: QPainter, look: Look, sheet: Sheet, place: QRectF) -> None:
    """Paint one paper with its shadow; a torn one has teeth at its end."""
    reach = look.px(SHADOW)
    painter.setPen(clear_pen())
    for step in range(reach, 0, -1):
        painter.setBrush(QColor(11, 31, 58, 5))
        painter.drawRoundedRect(place.adjusted(-step, -step * 0.3, step, step * 1.4), step, step)
    painter.save()
    painter.setClipPath(outline(sheet, place), Qt.ClipOperation.IntersectClip)
    painter.fillRect(place, colour(WHITE))
    finest = place.size() * painter.device().devicePixelRatioF()
    painter.drawImage(place, scaled(sheet, round(finest.width()), round(finest.height())))
    painter.restore()


@lru_cache(maxsize=2 * KEPT)
def scaled(sheet: Sheet, width: int, height: int) -> QImage:
    """Return a paper's picture at a size, made once for all frames in which it slides."""
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return sheet.picture.scaled(width, height, ignore, smooth)


def outline(sheet: Sheet, place: QRectF) -> QPainterPath:
    """Return the edge of a paper: straight where the knife cut, toothed where a hand tore."""
    path = QPainterPath(place.topLeft())
    path.lineTo(place.topRight())
    path.lineTo(place.bottomRight())
    if sheet.torn:
        tooth = place.width() / (2 * TEETH)
        for step in range(1, 2 * TEETH):
            up = tooth if step % 2 else 0.0
            path.lineTo(place.right() - step * tooth, place.bottom() - up)
    path.lineTo(place.bottomLeft())
    path.closeSubpath()
    return path


def picture_of(scene: Scene, scale: float = 1.0) -> QImage:
    """Return the scene as an image, for a printer that nobody watches."""
    look = Look(scale=scale)
    image = QImage(look.px(WIDTH), look.px(HEIGHT), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint_scene(painter, look, scene)
    painter.end()
    return image
