"""The clerk's window: what the counter does now, and the keys for what can be done next."""

import json
from typing import cast

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from config.errors import AntreanError
from config.hall import Policy
from config.wording import Words
from counter.aside import Aside
from counter.card import Card, Head, Message, Queue
from counter.choices import rings
from counter.course import Course, Scene
from counter.deeds import Deed, deed, number_of
from counter.duty import KEYS, Duties, Key, Situation, Stage, duties, likely
from counter.faces import CardFace, Desk, HeadFace, failure
from counter.herald import Herald
from counter.keyboard import made_keys, pressed
from counter.orders import command, done
from counter.places import BIG_KEYS, GAP, places, scale_of
from counter.sight import counter_in, remark_on, wanted_at
from hub.client.http import Answer
from ui.commands import Asking
from ui.feed import Feed
from ui.lines import tell
from ui.look import Look, colour
from ui.theme import LIGHT

LOCK_MS = 1500
REFRESH_MS = 500
UNDO_MS = 5000
EMERGENCY = Qt.Key.Key_F12
"""Calls for help silently."""
OPENING: tuple[Stage, ...] = ("closed", "paused")
EXPLAINED: dict[Stage, tuple[Key, ...]] = {
    "called": ("call_next", "recall", "miss"),
    "serving": ("call_next",),
}
"""The keys that say at each stage why they cannot be pressed; the others are grey and say it when they are."""


class PanelWindow(QWidget):
    """The panel of one counter, for one clerk. After each press it is locked for `lock_ms`."""

    def __init__(self, feed: Feed, commands: Asking, counter: int, clerk: str, *, lock_ms: int = LOCK_MS) -> None:
        super().__init__()
        self._feed, self._commands, self._counter, self._clerk = feed, commands, counter, clerk
        self._desk: Desk | None = None
        self._asked: Key | Course | None = None
        self._undo = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._away = False
        self._told_keys = ""
        self._lock, self._seconds = QTimer(self), QTimer(self)
        self._lock.setSingleShot(True)
        self._lock.setInterval(lock_ms)
        self._make_parts(Look(LIGHT))
        self._connect()
        self.refresh()

    @property
    def locked(self) -> bool:
        """Whether a press was just made, or the hub has not answered the last one yet."""
        return self._lock.isActive() or self._asked is not None

    def refresh(self) -> None:
        """Show what the counter does now."""
        now = self._situation()
        self._desk = self._desk_now()
        if self._desk is not None:
            self._show(self._desk, now)
        else:
            self._show_connecting()
        self._show_keys(now, duties(now))
        self._tell_keys()

    def press(self, name: Key) -> None:
        """Do what a key says, or say why it cannot be done now."""
        if self.locked or self._desk is None:
            return
        if name == "more":
            self.aside.open()
            return
        if name == "pause" and not duties(self._situation())[name]:
            self.aside.open("pause")
            return
        why = duties(self._situation())[name]
        if why is not None:
            label = self.keys[name].said()
            self.message.set_state(self._desk.why(label, why), tone="call", icon="info-circle")
            return
        self._ask(name, deed(name, self._counter, self._clerk))

    def _ask(self, asked: Key | Course, call: Deed) -> None:
        self._asked = asked
        self._lock.start()
        words = self._desk.words if self._desk else Words()
        self.message.set_state(words.say("staff.doing"), tone="primary", icon="clock")
        self.refresh()
        self._commands.ask(call, self._done, self._failed)

    def _wanted(self, course: Course) -> None:
        """Carry out what the drawer has led to."""
        scene = self._scene()
        if scene is not None and not self.locked:
            self._ask(course, command(course, scene))

    def _ask_quietly(self) -> None:
        """Call for help without a word on this panel: whoever stands at the counter sees nothing."""
        scene = self._scene()
        if scene is not None:
            self._commands.ask(command(Course("emergency"), scene), lambda _: None, lambda _: None)

    def _scene(self) -> Scene | None:
        """Return the hall as the drawer needs it, None before the hub has told it."""
        if self._desk is None:
            return None
        return Scene(self._desk.hall, self._feed.mirror, self._situation(), self._counter, self._desk.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the key that a letter, Space or Enter stands for; a key held down presses once."""
        if event.key() == EMERGENCY:
            if not event.isAutoRepeat():
                self._ask_quietly()
            return
        if self.aside.is_open:
            self.aside.key(event)
            return
        name = pressed(event.key(), self._big_key(self._situation().stage))
        if name is None or event.isAutoRepeat() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.press(name)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put every part in its place."""
        look, found = Look(LIGHT, scale_of(self.size())), places(self.size())
        for part in (self.head, self.card, self.queue, self.message):
            part.set_look(look)
            part.setGeometry(found[part.objectName()])
        for name, key in self.keys.items():
            key.set_look(look)
            key.setGeometry(found[name])
        self.aside.drawer.arrange(look)
        self._tell_keys()

    def _make_parts(self, look: Look) -> None:
        self.head, self.card = Head(look, self, name="head"), Card(look, self, name="card")
        self.queue, self.message = Queue(look, self, name="queue"), Message(look, self, name="message")
        self.keys = made_keys(look, self)
        self.aside = Aside(look, self, self._scene, lambda: self.locked)
        self.aside.wanted.connect(self._wanted)
        self._herald = Herald(self.message)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, colour(LIGHT.ground))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.setMinimumSize(210, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect(self) -> None:
        for key in self.keys.values():
            key.clicked.connect(self._clicked)
        self._feed.changed.connect(self._heard)
        self._feed.told.connect(self.refresh)
        self._feed.lost.connect(self._lost)
        self._feed.back.connect(self._back)
        self._lock.timeout.connect(self.refresh)
        self._undo.timeout.connect(self.refresh)
        self._seconds.timeout.connect(self.refresh)
        self._seconds.start(REFRESH_MS)

    def _clicked(self) -> None:
        self.press(cast("Key", self.sender().objectName()))

    def _heard(self, _events: list[object]) -> None:
        first = self._desk is None
        self.refresh()
        if first and self._desk is not None:
            words = self._desk.words
            self.message.set_state(words.say("staff.hello", clerk=self._clerk), tone="primary", icon="info-circle")
            tell("counter ready")
        self._herald.look(self._scene())

    def _lost(self) -> None:
        self._away = True
        words = self._desk.words if self._desk else Words()
        farewell = self._feed.mirror.farewell
        said = farewell.get(words.language) if farewell else None
        self.message.set_state(said or words.say("staff.not_connected"), tone="alarm", icon="plug-connected-x")
        tell("counter hub lost")
        self.refresh()

    def _back(self) -> None:
        if self._away:
            self._away = False
            words = self._desk.words if self._desk else Words()
            self.message.set_state(words.say("staff.link_back"), tone="good", icon="circle-check")
            tell("counter hub back")

    def _done(self, answer: Answer) -> None:
        """Say what the last press has done."""
        name, number, scene = self._settled(), number_of(answer), self._scene()
        held = answer.get("ticket", {}).get("state") == "held"
        if isinstance(name, Course):
            if scene is not None:
                self.message.set_state(done(name, answer, scene), tone="good", icon="circle-check")
            if answer.get("job"):
                self._herald.wait_for_paper(number, int(answer.get("seq", 0)))
            tell(f"counter did {name.deed} {number}")
            self.refresh()
            return
        if self._desk is not None:
            said = self._desk.held(answer["ticket"]) if held else self._desk.done(name, number)
            self.message.set_state(said, tone="good", icon="circle-check")
        if name in ("call_next", "finish") and not held:
            self._undo.start()
        elif name == "undo":
            self._undo.stop()
        if name == "call_next":
            tell(f"counter {'held' if held else 'called'} {number}")
        tell(f"counter did {name} {number}")
        self.refresh()

    def _failed(self, error: AntreanError) -> None:
        """Say why the hub did not do it."""
        self._settled()
        words = self._desk.words if self._desk else Words()
        self.message.set_state(failure(error, words), tone="alarm", icon="alert-triangle")
        self.refresh()

    def _settled(self) -> Key | Course:
        """Return the deed that was asked for; the hub has answered it."""
        asked, self._asked = self._asked, None
        return asked or "call_next"

    def _desk_now(self) -> Desk | None:
        """Return the desk of the hall as the hub tells it."""
        hall = self._feed.mirror.hall
        if hall is None or (self._desk is not None and self._desk.hall is hall):
            return self._desk
        return Desk(hall, self._counter, Words(next(iter(hall.hall.languages), "id")))

    def _situation(self) -> Situation:
        """Return what the keys depend on, as the hub told it last."""
        mirror = self._feed.mirror
        counter = counter_in(mirror, self._counter)
        return Situation(
            clerk=self._clerk,
            policy=mirror.hall.policy if mirror.hall else Policy(),
            counter=counter,
            ticket=mirror.tickets.get(counter["ticket"]) if counter and counter["ticket"] else None,
            waiting=self._waiting()[0],
            now_ms=self._feed.now_ms(),
            linked=self._feed.here,
            wanted=wanted_at(mirror, counter["ticket"] if counter else None),
            undoable=self._undo.isActive(),
            remark=remark_on(mirror, counter["ticket"] if counter else None),
        )

    def _waiting(self) -> tuple[int, int | None]:
        """Return how many this counter may call, and since when the longest of them waits."""
        hall = self._feed.mirror.hall
        counter = hall.counter_by_number.get(self._counter) if hall else None
        if counter is None:
            return 0, None
        return self._feed.mirror.waiting_for((*counter.services, *counter.second_services))

    def _show(self, desk: Desk, now: Situation) -> None:
        self.head.set_face(desk.head(now))
        self.card.set_face(desk.card(now))
        self.queue.set_queue(*desk.queue(*self._waiting(), now.now_ms))

    def _show_connecting(self) -> None:
        """Show a panel that has not heard of its hall yet."""
        words = Words()
        self.head.set_face(HeadFace(words.say("staff.counter", counter=self._counter)))
        self.card.set_face(CardFace(title=words.say("staff.away_title"), icon="plug-connected-x"))

    def _show_keys(self, now: Situation, found: Duties) -> None:
        """Show each key with what it does, strongest the likely one, and why the others cannot be pressed."""
        words = self._desk.words if self._desk else Words()
        big, told, scene = self._big_key(now.stage), EXPLAINED.get(now.stage, ()), self._scene()
        ringing = scene is not None and bool(rings(scene))
        for name, key in self.keys.items():
            reopen = name == "open" and now.stage == "paused"
            word = "reopen" if reopen else "ring" if name == "more" and ringing else name
            label = words.say(f"staff.key_{word}")
            why = found[name]
            shown = why is not None and name in told
            key.set_texts(label, words.say(why.words, **why.fields) if why is not None and shown else "")
            key.set_letter(words.say("staff.shortcut_space") if name in BIG_KEYS else key.letter)
            key.set_strong(strong=name == likely(now) or (name == "more" and ringing))
            key.setEnabled(why is None and not self.locked)
            key.setVisible(name == big if name in BIG_KEYS else name != "undo" or now.undoable)
        self._make_room_for_undo()

    def _make_room_for_undo(self) -> None:
        """Let the message end where the key for taking back begins."""
        message, undo = self.message.geometry(), self.keys["undo"]
        if undo.geometry().top() != message.top():
            return
        right = undo.geometry().left() - GAP if not undo.isHidden() else undo.geometry().right()
        self.message.setGeometry(message.left(), message.top(), right - message.left() + 1, message.height())

    @staticmethod
    def _big_key(stage: Stage) -> Key:
        """Return which deed stands on the big key."""
        return "open" if stage in OPENING else "call_next"

    def _tell_keys(self) -> None:
        """Print where the enabled keys stand, whenever that changes."""
        at = {name: rectangle(self.keys[name].geometry()) for name in KEYS if self._pressable(name)}
        line = f"counter keys {json.dumps(at)}"
        if self._desk is not None and line != self._told_keys:
            self._told_keys = line
            tell(line)

    def _pressable(self, name: Key) -> bool:
        return self.keys[name].isEnabled() and not self.keys[name].isHidden()


def rectangle(at: QRect) -> list[int]:
    """Return left, top, width and height in window pixels."""
    return [at.x(), at.y(), at.width(), at.height()]
