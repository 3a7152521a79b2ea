"""The kiosk at work: taps and the hub's news go into the rules, what those say goes to the stage and to the hub."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from config.errors import AntreanError
from config.wording import Words, both
from hub.client.http import Answer, CommandRefused
from hub.client.views import EventView
from kiosk import flow, typed
from kiosk.asks import CallHelp, Cancel, Issue, PrintElsewhere, SettlePaper
from kiosk.paper import other_printer
from kiosk.reading import choice_text, screen_text
from kiosk.stage import Stage, choice_of
from kiosk.steps import World, step
from kiosk.visit import ASKING, CHOOSING, NUMBERED, SERVING, Notice, Screen, Visit
from ui.commands import Asking
from ui.feed import Feed
from ui.lines import tell
from ui.timing import timer

PATIENCE_MS = 200
"""A number that comes sooner is shown without the screen that asks for patience."""
TICK_MS = 100
EARLY_MS = 60
"""By so much Qt's timers may be early, and more."""
SETTLING_S = 0.45
"""Within so long the second tap of a double tap comes: it would fall on what the first has brought there."""


QUICK = ("letter", "digit", "erase", "keyboard")
"""What is typed: its screen stays, and the next key may follow at once."""
PLUGS = ("aloud:on", "aloud:off")
"""A headset's plug, which bounces: where it ends counts."""


class Reads(Protocol):
    """What reads aloud."""

    def say(self, text: str, language: str) -> None:
        """Read a text, instead of what is being read."""

    def hush(self) -> None:
        """Fall silent."""


class Desk(QObject):
    """Serves one visitor after the other, as long as there is its stage.

    `seconds` is a monotonic clock; `leaving` is the technician's word to end; `aloud` reads where this kiosk can speak.
    """

    leaving = Signal()

    def __init__(
        self,
        stage: Stage,
        feed: Feed,
        commands: Asking,
        kiosk: str,
        *,
        language: str = "id",
        seconds: Callable[[], float] = time.monotonic,
        settling_s: float = SETTLING_S,
        aloud: Reads | None = None,
    ) -> None:
        super().__init__(stage)
        self._stage, self._feed, self._commands, self._kiosk = stage, feed, commands, kiosk
        self._seconds, self._settling_s, self._tapped = seconds, settling_s, float("-inf")
        self.visit = Visit(language=language, first_language=language, touched=seconds())
        self._aloud = aloud
        stage.speaks = aloud is not None
        self._ready, self._lost, self._shown = False, False, ""
        self._read_of: tuple[object, ...] = ()
        self._deeds: dict[str, Callable[[], None]] = {
            "staff": partial(self._call_help, "staff"),
            "pickup": partial(self._call_help, "pickup"),
            "cancel": self._cancel,
            "noted": partial(self._settle_paper, "noted"),
            "seen": partial(self._settle_paper, "out"),
            "elsewhere": self._print_elsewhere,
            "end": self._leave,
        }
        self._corner: tuple[float, ...] = ()
        stage.chosen.connect(self.tap)
        stage.cornered.connect(self._cornered)
        stage.settled.connect(self._settled)
        stage.reached.connect(self._reached)
        feed.changed.connect(self._changed)
        feed.lost.connect(self._away)
        feed.back.connect(self._here_again)
        self._patience = timer(self, PATIENCE_MS, self._show)
        self._ticks = timer(self, TICK_MS, self.tick, single=False)
        self._announcing = timer(self, round(settling_s * 1000), self._announce)

    def start(self) -> None:
        """Begin: show what is known and let time pass."""
        self._show()
        self._ticks.start()

    def tap(self, name: str) -> None:
        """Take a tap on what has this object name; what does not stand on this screen any more is not meant.

        Nor is the second tap of a double tap, which falls on whatever the first has brought there.
        """
        now = self._seconds()
        kind = name.partition(":")[0]
        if kind == "aloud" and self._aloud is None:
            return
        is_tap = kind not in QUICK and name not in PLUGS
        if is_tap and now - self._tapped < self._settling_s:
            return
        visit = self.visit if kind in self._deeds else step(self.visit, name, self._world())
        # Of a tile's number the second digit may follow at once, but not onto the screen that the first has brought.
        if is_tap and (kind != "number" or visit.screen is not self.visit.screen):
            self._tapped = now
        if kind in self._deeds:
            self._deeds[kind]()
        else:
            self._become(visit)

    def tick(self) -> None:
        """Let time pass."""
        now = self._seconds()
        self._become(flow.tick(self.visit, self._feed.mirror, now))
        self._stage.pass_time(flow.left(self.visit, now), self._feed.now())

    def end(self) -> None:
        """Stop the clock of this desk."""
        self._ticks.stop()
        self._patience.stop()
        self._announcing.stop()

    def _world(self) -> World:
        stage, feed = self._stage, self._feed
        return World(feed.mirror, self._kiosk, feed.here, stage.languages(), stage.tile_names(), self._seconds())

    def _call_help(self, kind: str) -> None:
        self._commands.ask(CallHelp(kind, self._kiosk), partial(self._help_called, kind), self._not_called)

    def _help_called(self, kind: str, _answer: Answer) -> None:
        if self.visit.screen in (*CHOOSING, *ASKING):
            self._become(flow.somebody_comes(self.visit, kind, self._seconds()))

    def _not_called(self, error: AntreanError) -> None:
        if self.visit.screen in (*CHOOSING, *ASKING):
            now = self._seconds()
            self._become(flow.refused(self.visit.onto(Screen.REFUSED, now), sentences(error), now))

    def _cornered(self) -> None:
        world = self._world()
        self._corner = typed.corner_taps(self._corner, world.now)
        self._become(typed.open_corner(self.visit, self._corner, world.code, world.now))

    def _leave(self) -> None:
        if self.visit.screen is Screen.TECHNICIAN:
            self.leaving.emit()

    def _settle_paper(self, word: str) -> None:
        """Tell what a visitor says of the paper; once noted it waits no longer: nobody would be here when it comes."""
        if self.visit.screen is Screen.PAPER and self.visit.number:
            self._commands.ask(SettlePaper(self.visit.number, word), self._settled_paper, self._unsettled_paper)
        self._become(step(self.visit, "done", self._world()))

    def _settled_paper(self, _answer: Answer) -> None:
        """Nothing more to do: the feed tells what became of the paper."""

    def _unsettled_paper(self, error: AntreanError) -> None:
        tell(f"kiosk paper stays as it is: {type(error).__name__}")

    def _print_elsewhere(self) -> None:
        other = other_printer(self.visit, self._feed.mirror, self._kiosk)
        if other is not None and self.visit.number and not self.visit.cancelling:
            self._become(replace(self.visit, cancelling=True))
            asking = PrintElsewhere(self.visit.number, other["printer"])
            self._commands.ask(asking, self._goes_elsewhere(other["kiosk"]), self._not_cancelled)

    def _goes_elsewhere(self, kiosk: str) -> Callable[[Answer], None]:
        def goes(answer: Answer) -> None:
            if answer["ticket"]["number"] == self.visit.number and self.visit.screen in NUMBERED:
                self._become(flow.sent_elsewhere(self.visit, kiosk, self._seconds()))

        return goes

    def _cancel(self) -> None:
        if self.visit.screen is Screen.TICKET and self.visit.number and not self.visit.cancelling:
            number = self.visit.number
            self._become(replace(self.visit, cancelling=True))
            self._commands.ask(Cancel(number), self._cancelled, self._not_cancelled)

    def _cancelled(self, answer: Answer) -> None:
        number = str(answer["ticket"]["number"])
        if number == self.visit.number:
            notice = Notice("kiosk.cancelled", number)
            self._become(flow.home(self.visit, self._feed.mirror, self._seconds(), notice))

    def _not_cancelled(self, error: AntreanError) -> None:
        if self.visit.screen in NUMBERED:
            self._become(flow.refused(self.visit, sentences(error), self._seconds()))

    def _ask_number(self) -> None:
        visit = self.visit
        assert visit.service is not None
        tell(f"kiosk tapped {visit.service}")
        earlier = visit.numbers[0] if visit.numbers else None
        issue = Issue(visit.service, visit.ticket_class, self._kiosk, visit.language, earlier)
        self._commands.ask(issue, self._issued, self._not_issued)

    def _issued(self, answer: Answer) -> None:
        now = self._seconds()
        moment = self._feed.mirror.moment()
        visit = replace(flow.issued(self.visit, answer, now), day=moment.date().isoformat() if moment else "")
        tell(f"kiosk issued {visit.number}")
        self._become(flow.heard(visit, self._feed.mirror, self._kiosk, now))

    def _not_issued(self, error: AntreanError) -> None:
        visit = flow.refused(self.visit, sentences(error), self._seconds())
        self._become(visit if self._feed.here else replace(visit, screen=Screen.AWAY))

    def _changed(self, _events: list[EventView]) -> None:
        self._become(flow.heard(self.visit, self._feed.mirror, self._kiosk, self._seconds()), told=True)

    def _away(self) -> None:
        self._lost = True
        tell("kiosk hub lost")
        self._become(flow.hub_away(self.visit), told=True)

    def _here_again(self) -> None:
        if self._lost:
            tell("kiosk hub back")
        self._lost = False

    def _become(self, visit: Visit, *, told: bool = False) -> None:
        """Go on with a visit and show it; where the hub has `told` something, also where the visit is the same."""
        if self._lost and not self._feed.here and visit.screen is not Screen.WAIT:
            visit = flow.hub_away(visit)
        before, self.visit = self.visit, visit
        if visit.screen is Screen.PRINTING and before.screen is not Screen.PRINTING:
            self._patience.start()
            self._ask_number()
        elif told or visit != before:
            self._show()
        serves = visit.screen in SERVING and before.screen not in SERVING
        if before.aloud and (not visit.aloud or serves):
            self._hush()
        elif visit.aloud and not before.aloud and before.screen is visit.screen is self._stage.visit.screen:
            self._read()

    def _read(self) -> None:
        """Read the screen aloud."""
        words = Words(self.visit.language)
        if self._aloud is not None and self.visit.screen not in SERVING:
            self._read_of = self._place()
            text = screen_text(self._stage.texts(), self._stage.offers(), words)
            self._aloud.say(text, words.language)

    def _place(self) -> tuple[object, ...]:
        """Return what a listener knows to be another screen; a notice about a printer makes none."""
        visit, header = self.visit, self._stage.header
        told = (header.title.text(), header.subtitle.text(), *visit.words.values())
        keys = tuple(tap.objectName() for tap in self._stage.taps()) if visit.screen in NUMBERED else ()
        return visit.screen, visit.agency, visit.service, visit.priority, told, keys, self._stage.tile_names()

    def _reached(self, name: str) -> None:
        """Read aloud where the keyboard stands."""
        tap = next((tap for tap in self._stage.taps() if tap.objectName() == name), None)
        if self._aloud is not None and self.visit.aloud and self.visit.screen not in SERVING and tap is not None:
            words = Words(self.visit.language)
            self._aloud.say(choice_text(choice_of(tap), words), words.language)

    def _hush(self) -> None:
        self._read_of = ()
        if self._aloud is not None:
            self._aloud.hush()

    def _show(self) -> None:
        self._stage.here = self._feed.here
        if self.visit.screen is Screen.PRINTING and self._patience.isActive():
            return
        self._stage.show_visit(self.visit, self._feed.mirror, self._feed.now())

    def _settled(self) -> None:
        """Announce what is shown once it can be tapped."""
        left = self._settling_s - (self._seconds() - self._tapped)
        if left > 0:
            self._announcing.start(round(left * 1000) + EARLY_MS)
        else:
            self._announce()

    def _announce(self) -> None:
        visit = self._stage.visit
        if self._feed.mirror.hall is not None and not self._ready:
            self._ready = True
            tell("kiosk ready")
        tell(f"kiosk screen {visit.screen} {json.dumps(self._stage.places())}")
        if self.visit.aloud and self._read_of != self._place():
            self._read()
        if visit.screen in NUMBERED and visit.number and visit.number != self._shown:
            self._shown = visit.number
            tell(f"kiosk shown {visit.number}")


def sentences(error: AntreanError) -> dict[str, str]:
    """Return what a person is told of an error: the hub's own words of a refusal, else to ask the staff."""
    return error.words if isinstance(error, CommandRefused) and error.words else both("kiosk.hub_lost")
