"""The kiosk at work: taps and the hub's news go into the rules, what those say goes to the stage and to the hub."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from config.errors import AntreanError
from config.wording import both
from hub.client.http import Answer, CommandRefused, HubClient
from hub.client.views import EventView
from kiosk import flow
from kiosk.flow import ASKING, NUMBERED, Notice, Screen, Visit
from kiosk.stage import Stage
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


@dataclass(frozen=True, slots=True)
class Issue:
    """The command for one number."""

    service: str
    ticket_class: str
    kiosk: str
    language: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.issue(self.service, ticket_class=self.ticket_class, kiosk=self.kiosk, language=self.language)


@dataclass(frozen=True, slots=True)
class PrintElsewhere:
    """The command for a paper at another kiosk."""

    number: str
    printer: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.reprint(self.number, printer=self.printer)


@dataclass(frozen=True, slots=True)
class EndPaper:
    """The command that ends a number's paper: its visitor has noted the number, or has seen the paper."""

    job: str
    is_out: bool

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.resolve_paper(self.job, is_out=True) if self.is_out else client.withdraw_paper(self.job)


@dataclass(frozen=True, slots=True)
class Cancel:
    """The command that takes a number back."""

    number: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.cancel(self.number)


class Desk(QObject):
    """Serves one visitor after the other. `seconds` is a monotonic clock."""

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
    ) -> None:
        super().__init__()
        self._stage, self._feed, self._commands, self._kiosk = stage, feed, commands, kiosk
        self._seconds, self._settling_s, self._tapped = seconds, settling_s, float("-inf")
        self.visit = Visit(language=language, first_language=language, touched=seconds())
        self._ready, self._lost, self._shown = False, False, ""
        self._deeds: dict[str, Callable[[str], None]] = {
            "agency": self._choose_agency,
            "service": self._choose_service,
            "priority": self._priority,
            "back": self._back,
            "language": self._language,
            "lower": self._lower,
            "cancel": self._cancel,
            "done": self._finish,
            "noted": self._noted,
            "seen": self._seen,
            "elsewhere": self._print_elsewhere,
            "here": self._here,
        }
        stage.chosen.connect(self.tap)
        stage.settled.connect(self._settled)
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
        if now - self._tapped < self._settling_s:
            return
        self._tapped = now
        kind, _, rest = name.partition(":")
        self._deeds[kind](rest)

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

    def _choose_agency(self, agency: str) -> None:
        hall = self._feed.mirror.hall
        if self.visit.screen is Screen.AGENCIES and hall is not None:
            self._become(flow.choose_agency(self.visit, hall, agency, self._seconds()))

    def _choose_service(self, service: str) -> None:
        if self.visit.screen is Screen.SERVICES:
            self._become(flow.choose_service(self.visit, service, self._seconds()))

    def _priority(self, group: str) -> None:
        now = self._seconds()
        if self.visit.screen is Screen.PRIORITY and group:
            self._become(flow.answer_priority(self.visit, now, belongs=group != "none"))
        elif self.visit.screen in (Screen.AGENCIES, Screen.SERVICES):
            self._become(flow.ask_priority(self.visit, now))

    def _back(self, _: str) -> None:
        if self.visit.screen in ASKING:
            self._become(flow.back(self.visit, self._feed.mirror, self._seconds()))

    def _language(self, _: str) -> None:
        self._become(flow.change_language(self.visit, self._stage.languages(), self._seconds()))

    def _lower(self, _: str) -> None:
        self._become(flow.change_height(self.visit, self._seconds()))

    def _here(self, _: str) -> None:
        self._become(flow.still_here(self.visit, self._seconds()))

    def _finish(self, _: str) -> None:
        if self.visit.screen in NUMBERED:
            self._become(flow.home(self.visit, self._feed.mirror, self._seconds()))

    def _noted(self, _: str) -> None:
        """Let a paper that still waits wait no longer: nobody stands here any more when it comes."""
        self._end_paper(is_out=False)

    def _seen(self, _: str) -> None:
        self._end_paper(is_out=True)

    def _end_paper(self, *, is_out: bool) -> None:
        job = flow.newest_job(self._feed.mirror, self.visit)
        if self.visit.screen is Screen.PAPER and job is not None:
            self._commands.ask(EndPaper(job["job"], is_out), self._settled_paper, self._unsettled_paper)
        self._finish("")

    def _settled_paper(self, _answer: Answer) -> None:
        """Nothing more to do: the feed tells what became of the paper."""

    def _unsettled_paper(self, error: AntreanError) -> None:
        tell(f"kiosk paper stays as it is: {type(error).__name__}")

    def _print_elsewhere(self, _: str) -> None:
        other = flow.other_printer(self.visit, self._feed.mirror, self._kiosk)
        if other is not None and self.visit.number:
            asking = PrintElsewhere(self.visit.number, other["printer"])
            self._commands.ask(asking, self._goes_elsewhere(other["kiosk"]), self._not_cancelled)

    def _goes_elsewhere(self, kiosk: str) -> Callable[[Answer], None]:
        def goes(answer: Answer) -> None:
            if answer["ticket"]["number"] == self.visit.number and self.visit.screen in NUMBERED:
                self._become(flow.sent_elsewhere(self.visit, kiosk, self._seconds()))

        return goes

    def _cancel(self, _: str) -> None:
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
        issue = Issue(visit.service, visit.ticket_class, self._kiosk, visit.language)
        self._commands.ask(issue, self._issued, self._not_issued)

    def _issued(self, answer: Answer) -> None:
        now = self._seconds()
        visit = flow.issued(self.visit, answer, now)
        tell(f"kiosk issued {visit.number}")
        self._become(flow.heard(visit, self._feed.mirror, self._kiosk, now))

    def _not_issued(self, error: AntreanError) -> None:
        visit = flow.refused(self.visit, sentences(error), self._seconds())
        self._become(visit if self._feed.here else replace(visit, screen=Screen.AWAY))

    def _changed(self, _events: list[EventView]) -> None:
        visit = flow.heard(self.visit, self._feed.mirror, self._kiosk, self._seconds())
        self._become(visit)
        self._show()

    def _away(self) -> None:
        self._lost = True
        tell("kiosk hub lost")
        self._become(flow.hub_away(self.visit))

    def _here_again(self) -> None:
        if self._lost:
            tell("kiosk hub back")
        self._lost = False

    def _become(self, visit: Visit) -> None:
        before, self.visit = self.visit, visit
        if visit.screen is Screen.PRINTING and before.screen is not Screen.PRINTING:
            self._patience.start()
            self._ask_number()
        elif visit != before:
            self._show()

    def _show(self) -> None:
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
        if visit.screen in NUMBERED and visit.number and visit.number != self._shown:
            self._shown = visit.number
            tell(f"kiosk shown {visit.number}")


def sentences(error: AntreanError) -> dict[str, str]:
    """Return what a person is told of an error: the hub's own words of a refusal, else to ask the staff."""
    return error.words if isinstance(error, CommandRefused) and error.words else both("kiosk.hub_lost")
