"""The drawer over the panel: choices as keys, or a pad for a number, and one key that goes back."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from config.wording import Words
from counter.course import Choice
from counter.places import is_strip
from ui.keys import Key
from ui.look import LEFT, Look, colour
from ui.parts import BigNumber, Label, Part
from ui.theme import LIGHT

ROWS, COLUMNS = 7, 2
STRIP_ROWS, STRIP_COLUMNS = 2, 4
ASIDE = 396
"""The left part of a strip: what is asked, what was typed, and the way back."""
LONG, LONG_SIZE = 40, 14
"""A remark that somebody has written may be so long."""
SHORT = 22
"""Where no text is longer, two keys stand side by side."""
PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "letter", "0", "back")
EDGE, GAP, TITLE, KEY, NUMBER = 12, 8, 64, 64, 112


class Drawer(QWidget):
    """Covers the panel while it is open. `picked(value)` tells a choice, `typed(sign)` a key of the pad."""

    picked = Signal(str)
    typed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.look, self._page = look, 0
        self._choices: tuple[Choice, ...] = ()
        self.title = Label(look, self, size=24, floor=18, weight=800, lines=2, align=LEFT, name="title")
        self.number = BigNumber(look, self, size=72)
        self.keys: list[Key] = []
        self.pad = {sign: self._made(sign, "", self._typed) for sign in PAD}
        self.back = self._made("back-out", "arrow-left", self.left.emit)
        self.enter = self._made("enter", "check", self.entered.emit, kind="primary")
        self.further = self._made("further", "arrow-right", self._turn)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, colour(LIGHT.ground))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.hide()

    @property
    def is_pad(self) -> bool:
        """Whether a number is typed now."""
        return not self.isHidden() and not self.number.isHidden()

    @property
    def _columns(self) -> int:
        """How many keys stand side by side."""
        if self._is_strip:
            return STRIP_COLUMNS
        short = all(len(choice.text) <= SHORT for choice in self._choices)
        return COLUMNS if short and len(self._choices) > ROWS else 1

    @property
    def _most(self) -> int:
        """How many choices a page has."""
        return (STRIP_ROWS if self._is_strip else ROWS) * self._columns

    @property
    def _is_strip(self) -> bool:
        return is_strip(self._window.size())

    def choose(self, title: str, choices: tuple[Choice, ...], words: Words) -> None:
        """Show choices, page by page."""
        if choices != self._choices:
            self._choices, self._page = choices, 0
        self._show(title, words, pad=False)
        self._fill()
        self.arrange(self.look)

    def ask_number(self, title: str, number: str, words: Words) -> None:
        """Show the pad and what was typed so far."""
        self._choices = ()
        self._fill()
        self._show(title, words, pad=True)
        self.number.set_text(number or "–")
        self.arrange(self.look)

    def press(self, place: int) -> None:
        """Choose the key at a place, counted from 0, as by a keyboard's digit."""
        if 0 <= place < len(self.keys) and self.keys[place].isEnabled():
            self.picked.emit(self.keys[place].objectName())

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return all(part.fits() for part in self._parts() if part.isVisibleTo(self))

    def arrange(self, look: Look) -> None:
        """Place everything for the window's size."""
        self.look = look
        self.setGeometry(self._window.rect())
        for part in self._parts():
            part.set_look(look)
        if self._is_strip:
            self._arrange_strip(look)
        else:
            self._arrange_upright(look)

    def _arrange_upright(self, look: Look) -> None:
        """Place the question above, the keys below it, the way back at the bottom."""
        px = look.px
        wide, high = self.width() - 2 * px(EDGE), px(KEY)
        self.title.setGeometry(px(EDGE), px(EDGE), wide, px(TITLE))
        foot = QRect(px(EDGE), self.height() - px(EDGE) - high, wide, high)
        place_in_rows(self._ways(), foot, 1, len(self._ways()), px(GAP))
        room = QRect(px(EDGE), px(EDGE + TITLE + GAP), wide, 0)
        room.setBottom(foot.top() - px(GAP))
        if self.number.isVisibleTo(self):
            self.number.setGeometry(room.left(), room.top(), wide, px(NUMBER))
            room.setTop(room.top() + px(NUMBER + GAP))
            place_in_rows(list(self.pad.values()), room, 4, 3, px(GAP))
        else:
            rows = -(-len(self.keys) // self._columns)
            room.setHeight(min(room.height(), rows * px(KEY + 20)))
            place_in_rows(self.keys, room, rows, self._columns, px(GAP))

    def _arrange_strip(self, look: Look) -> None:
        """Place the question and the way back at the left, the keys at the right."""
        px = look.px
        left, high = QRect(px(EDGE), px(EDGE), px(ASIDE), self.height() - 2 * px(EDGE)), px(KEY)
        foot = QRect(left.left(), left.bottom() + 1 - high, left.width(), high)
        place_in_rows(self._ways(), foot, 1, len(self._ways()), px(GAP))
        typing = self.number.isVisibleTo(self)
        above = foot.top() - px(GAP) - left.top()
        self.title.setGeometry(left.left(), left.top(), left.width(), above * 2 // 5 if typing else above)
        self.number.setGeometry(left.left(), self.title.geometry().bottom(), left.width(), above * 3 // 5)
        room = QRect(left.right() + px(2 * GAP), left.top(), 0, left.height())
        room.setRight(self.width() - px(EDGE))
        columns = len(PAD) // STRIP_ROWS if typing else STRIP_COLUMNS
        place_in_rows(list(self.pad.values()) if typing else self.keys, room, STRIP_ROWS, columns, px(GAP))

    def _ways(self) -> list[Key]:
        """Return the keys at the foot that are shown."""
        return [key for key in (self.back, self.further, self.enter) if key.isVisibleTo(self)]

    def _parts(self) -> list[Part | Key]:
        return [self.title, self.number, *self.keys, *self.pad.values(), self.back, self.enter, self.further]

    def _show(self, title: str, words: Words, *, pad: bool) -> None:
        self.title.set_text(title)
        self.number.setVisible(pad)
        self.enter.setVisible(pad)
        for sign, key in self.pad.items():
            key.setVisible(pad)
            key.set_texts(words.say(f"staff.pad_{sign}") if sign in ("letter", "back") else sign)
        self.back.set_texts(words.say("staff.pad_out"))
        self.enter.set_texts(words.say("staff.pad_enter"))
        self.further.set_texts(words.say("staff.pad_further"))
        self.further.setVisible(not pad and len(self._choices) > self._most)

    def _fill(self) -> None:
        """Make the keys of the page that is shown."""
        for key in self.keys:
            key.hide()
            key.deleteLater()
        shown = self._choices[self._page * self._most : (self._page + 1) * self._most]
        self.keys = [self._choice_key(choice) for choice in shown]

    def _choice_key(self, choice: Choice) -> Key:
        key = self._made(choice.value, "", self._picked)
        key.set_texts(choice.text, choice.why_not or choice.detail)
        key.setEnabled(not choice.why_not)
        key.show()
        return key

    def _made(self, name: str, icon: str, pressed: object, *, kind: str = "plain") -> Key:
        key = Key(self.look, self, size=LONG_SIZE if len(name) > LONG else 18, kind=kind, icon=icon, lines=2, name=name)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.clicked.connect(pressed)
        return key

    def _picked(self) -> None:
        self.picked.emit(self.sender().objectName())

    def _typed(self) -> None:
        self.typed.emit(self.sender().objectName())

    def _turn(self) -> None:
        """Show the next page, after the last the first."""
        self._page = (self._page + 1) % -(-len(self._choices) // self._most)
        self._fill()
        self.arrange(self.look)


def place_in_rows(keys: list[Key], room: QRect, rows: int, columns: int, gap: int) -> None:
    """Place keys row by row, all of one size."""
    if not keys:
        return
    wide, high = (room.width() - gap * (columns - 1)) // columns, (room.height() - gap * (rows - 1)) // rows
    for place, key in enumerate(keys):
        down, across = divmod(place, columns)
        key.setGeometry(room.left() + across * (wide + gap), room.top() + down * (high + gap), wide, high)
