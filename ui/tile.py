"""The tile of an agency or a service: badge, name, and the state of its queue."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.faces import TileFace
from ui.fonts import NEARLY, Fitted, Wish, fitted_pair, width_of, wrapped
from ui.keys import Tap
from ui.look import CENTRE, paint_card, paint_icon, paint_text
from ui.theme import zone_accent
from ui.tile_layout import (
    DETAIL_PX,
    FLOORS,
    LOW_H,
    SUBTITLE_PX,
    TITLE_PX,
    Places,
    Shape,
    Spot,
    places,
    shape_of,
)

SEPARATOR = " \N{MIDDLE DOT} "
NUMBER_PX = 46
TRIES = ((True, False), (False, False), (False, True))
"""How the texts of a tile are tried: with the forecast, without it, and with the title in one line."""


class Tile(Tap):
    """A large tile to touch, from 80 design pixels of height; `title_limit` holds its title to its neighbours' size."""

    face = TileFace("")
    title_limit = 1000

    def set_face(self, face: TileFace) -> None:
        """Show another face."""
        if face != self.face:
            self.face = face
            self.set_texts(face.title, SEPARATOR.join(filter(None, (face.detail, face.wait))))
            self.update()

    def natural_title(self) -> int:
        """Return the size in window pixels that the title would have alone."""
        self.title_limit = 1000
        return self._texts()[0].px

    def text_sizes(self) -> tuple[int, int]:
        """Return the sizes in window pixels of the title and of the state of the queue."""
        spots, (title, below) = self._places(), self._texts()
        return title.px, below.px if spots.detail is None else self._alone(self._rect(spots.detail)).px

    def draw(self, painter: QPainter) -> None:
        """Paint card, badge or bar, chip, title and what follows it."""
        fill, edge, accent, ink = self._colours()
        line, width = self.ring(edge)
        radius = self.look.theme.radius - (8 if self._design()[1] < LOW_H else 0)
        paint_card(painter, self.box(), fill, self.look.px(radius), line, width)
        spots = self._places()
        self._draw_badge(painter, self._rect(spots.badge), accent)
        self._draw_chip(painter, self._rect(spots.chip), accent)
        self._draw_texts(painter, spots, ink)
        self._draw_number(painter)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        spots = self._places()
        alone = spots.detail is None or self._alone(self._rect(spots.detail)).fits
        return alone and all(text.fits for text in self._texts())

    def _draw_badge(self, painter: QPainter, box: QRectF, accent: str) -> None:
        if not self.face.icon:
            paint_card(painter, box, accent, box.width() / 2)
            return
        paint_card(painter, box, accent, box.width() * 0.26)
        if self._shape() is Shape.NARROW and self.face.letter:
            paint_text(painter, box, self._mark_text(box), self.look.theme.on(accent), CENTRE)
            return
        inset = box.width() * 0.17
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), self.face.icon, self.look.theme.on(accent))

    def _draw_chip(self, painter: QPainter, box: QRectF, accent: str) -> None:
        if not self._has_chip() or self._shape() is Shape.NARROW:
            return
        theme = self.look.theme
        tint = theme.tint(accent, 0.12) if self.face.open else theme.surface
        paint_card(painter, box, tint, box.width() * 0.26)
        ink = zone_accent(accent, tint)
        if self.face.letter:
            paint_text(painter, box, self._mark_text(box), ink, CENTRE)
            return
        inset = box.width() * 0.2
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), self.face.mark, ink)

    def _draw_number(self, painter: QPainter) -> None:
        if self.face.number:
            box = self.look.rect(2, 2, NUMBER_PX, NUMBER_PX)
            paint_card(painter, box, self.look.theme.call, box.width() / 2)
            text = self.look.fit(self.face.number, box, round(NUMBER_PX * 0.6), floor=NUMBER_PX // 3, weight=800)
            paint_text(painter, box, text, self.look.theme.on_call, CENTRE)

    def _draw_texts(self, painter: QPainter, spots: Places, ink: str) -> None:
        room, (title, below) = self._rect(spots.text), self._texts()
        quiet = self.look.theme.quiet if self.face.open else self.look.theme.off_ink
        free = max(0.0, room.height() - title.height - below.height)
        top = room.top() + (0 if spots.detail is not None else free / 2)
        paint_text(painter, QRectF(room.left(), top, room.width(), title.height), title, ink)
        under = QRectF(room.left(), top + title.height, room.width(), below.height)
        if spots.detail is None:
            self._draw_detail(painter, under, below, quiet)
            return
        paint_text(painter, under, below, quiet)
        box = self._rect(spots.detail)
        alone = self._alone(box)
        under = QRectF(box.left(), box.top() + (box.height() - alone.height) / 2, box.width(), alone.height)
        self._draw_detail(painter, under, alone, quiet)

    def _draw_detail(self, painter: QPainter, box: QRectF, text: Fitted, ink: str) -> None:
        if not text.text:
            return
        if self.face.detail_icon:
            side = text.px * 1.15
            first = box.top() + (text.line_height - side) / 2
            paint_icon(painter, QRectF(box.left(), first, side, side), self.face.detail_icon, ink)
        left = self._icon_room()
        paint_text(painter, box.adjusted(left, 0, 0, 0), text, ink)

    def _colours(self) -> tuple[str, str, str, str]:
        """Return fill, edge, accent and ink."""
        theme, face = self.look.theme, self.face
        if not face.open:
            return theme.off, theme.off if theme.tints else theme.line, theme.off_ink, theme.off_ink
        accent = theme.accent(face.colour or theme.primary) if theme.tints else theme.primary
        fill = theme.tint(accent, 0.16) if self.isDown() else theme.surface
        return fill, theme.tint(accent, 0.45) if theme.tints else accent, accent, theme.ink

    def _texts(self) -> tuple[Fitted, Fitted]:
        """Return the title and what stands under it, fitted together: the forecast too where it has room."""
        for fully, one_line in TRIES:
            made = self._pair(fully=fully, one_line=one_line)
            if made[0].fits and made[1].fits:
                break
        return made

    def _pair(self, *, fully: bool, one_line: bool) -> tuple[Fitted, Fitted]:
        px, shape, room = self.look.px, self._shape(), self._rect(self._places().text)
        size, (floor, small_floor) = min(px(TITLE_PX[shape]), self.title_limit), FLOORS[shape]
        nearly = max(px(floor), round(size * NEARLY))
        alone = one_line or shape in (Shape.TALL, Shape.CORNER) or width_of(self.said(), nearly, 700) <= room.width()
        title = Wish(self.said(), room.width(), size, px(floor), 700, 1 if alone else 3)
        if shape is Shape.TALL:
            small = Wish(self.face.subtitle, room.width(), px(SUBTITLE_PX), px(small_floor), 500, 2)
        else:
            small = self._under(self._detail_said(fully=fully), px(DETAIL_PX[shape]), px(small_floor))
        return fitted_pair(title, small, room.height())

    def _under(self, detail: str, size: int, floor: int) -> Wish:
        """Return what stands under the title; where one line is too short, what it says of people and time in two."""
        beside = self._places().under * self.look.scale - self._icon_room()
        if len(wrapped(detail, beside, floor)) > 1:
            detail = detail.replace(SEPARATOR, "\n")
        return Wish(detail, beside, size, floor, 500, len(wrapped(detail, beside, floor)))

    def _alone(self, box: QRectF) -> Fitted:
        """Return the detail of a tall tile, which has a box of its own."""
        room = box.adjusted(self._icon_room(), 0, 0, 0)
        size, floor = DETAIL_PX[Shape.TALL], FLOORS[Shape.TALL][1]
        full = self.look.fit(self._detail_said(fully=True), room, size, floor=floor, weight=600, lines=3)
        if full.fits:
            return full
        return self.look.fit(self._detail_said(fully=False), room, size, floor=floor, weight=600, lines=3)

    def _detail_said(self, *, fully: bool) -> str:
        """Return the state of the queue, and fully also how long one would wait: below it in a tall tile."""
        shape, face = self._shape(), self.face
        said = face.detail if shape in (Shape.WIDE, Shape.SIDE) else face.brief or face.detail
        if not fully or not face.wait:
            return said
        return ("\n" if shape is Shape.TALL else SEPARATOR).join((said, face.wait))

    def _mark_text(self, box: QRectF) -> Fitted:
        size = round(box.width() / self.look.scale * 0.64)
        return self.look.fit(self.face.letter, box, size, floor=size // 2, weight=800)

    def _icon_room(self) -> float:
        """Return how far the detail stands from the left, beside its icon."""
        return self.look.px(DETAIL_PX[self._shape()] * 1.5) if self.face.detail_icon else 0

    def _has_chip(self) -> bool:
        return bool(self.face.letter or self.face.mark)

    def _design(self) -> tuple[float, float]:
        return self.width() / self.look.scale, self.height() / self.look.scale

    def _shape(self) -> Shape:
        return shape_of(*self._design(), badge=bool(self.face.icon))

    def _places(self) -> Places:
        return places(self._shape(), *self._design(), badge=bool(self.face.icon), chip=self._has_chip())

    def _rect(self, spot: Spot) -> QRectF:
        return self.look.rect(*spot)


def even_titles(tiles: list[Tile]) -> None:
    """Give the tiles of a grid one size of title: that which four of five reach; the rest shrink alone."""
    sizes = sorted(tile.natural_title() for tile in tiles)
    for tile in tiles:
        tile.title_limit = sizes[len(sizes) // 5]
        tile.update()
