"""A busy morning of a hall, made by the hub's own rules: what screens show in pictures."""

import json
from datetime import datetime
from typing import Any

from config.hall import Hall
from config.load import Content, hall_from
from hub.client.mirror import Mirror
from hub.codes import Codes
from hub.rules import commands as cmd
from hub.rules.decide import decide, happenings
from hub.rules.evolve import evolve_all
from hub.rules.refusal import Refused
from hub.rules.state import State
from hub.show import in_hall, snapshot

MORNING = "2026-11-30T09:12"
CODES = Codes(b"contoh")
"""Makes the codes of tickets that nobody holds."""
VISITORS_A_SERVICE = 4
MINUTE_MS = 60_000


class Tableau:
    """A hall in the middle of its Monday: some serve, some call, one pauses, one has not opened, people wait."""

    def __init__(self, content: Content) -> None:
        self.hall: Hall = hall_from(content)
        opening = datetime.fromisoformat("2026-11-30T07:55").replace(tzinfo=self.hall.timezone)
        self.now_ms = round(opening.timestamp() * 1000)
        self.state = State()
        self._do(cmd.Begin(self.hall.hall.id, True, content, "tableau", "tableau"))
        self._do(cmd.TurnDay())
        self._play()

    def message(self) -> dict[str, Any]:
        """Return the first message of a feed, as a panel that connects now gets it; remarks are not sealed here."""
        found: dict[str, Any] = {**snapshot(self.state, self.now_ms, CODES, in_hall(self.state))}
        remarked = (ticket for ticket in self.state.tickets.values() if ticket.remark)
        found["remarks"] = [{"number": ticket.number, "text": ticket.remark} for ticket in remarked]
        return dict(json.loads(json.dumps(found)))

    def mirror(self) -> Mirror:
        """Return what a screen knows."""
        mirror = Mirror()
        mirror.apply(self.message())
        return mirror

    def say(self, *commands: cmd.Command) -> "Tableau":
        """Let something else happen; what the rules refuse has not happened."""
        for command in commands:
            self._do(command)
        return self

    def _play(self) -> None:
        for printer in self.hall.printer_by_id:
            self._do(cmd.ReportPrinter(printer, "ONLINE"))
        counters = [counter.number for counter in self.hall.counters]
        for number in counters[:-1]:
            self._do(cmd.SignIn(number, f"P{number:02d}"))
            self._do(cmd.Open(number))
        kiosk = self.hall.kiosks[0].id
        for turn in range(VISITORS_A_SERVICE):
            for place, service in enumerate(self.hall.services):
                ticket_class = "priority" if (turn + place) % 7 == 0 else "normal"
                self._issue(service, ticket_class, kiosk)
            self.now_ms += 6 * MINUTE_MS
        for place, number in enumerate(counters[:-1]):
            self._do(cmd.CallNext(number))
            if place % 3 != 2:
                self._do(cmd.Start(number))
        self.now_ms = round(datetime.fromisoformat(MORNING).replace(tzinfo=self.hall.timezone).timestamp() * 1000)
        self._rest(counters)

    def _issue(self, service: str, ticket_class: str, kiosk: str) -> None:
        """Give a number and print it."""
        self._do(cmd.Issue(service, ticket_class, kiosk, "id"))
        for job in list(self.state.queued):
            for state in ("sending", "done"):
                self._do(cmd.ReportJob(job, state, "process_id", "", 150))

    def _rest(self, counters: list[int]) -> None:
        """Finish some, so that counters are free, and let one pause."""
        for number in counters[1:-1:4]:
            self._do(cmd.Finish(number))
        if len(counters) > 2:
            self._do(cmd.Pause(counters[1], "Salat", self.now_ms + 15 * MINUTE_MS))
        for number in counters[5:-1:4]:
            self._do(cmd.CallNext(number))

    def _do(self, command: cmd.Command) -> None:
        try:
            events = decide(self.state, command, self.now_ms)
        except Refused:
            return
        self.state = evolve_all(self.state, happenings(self.state, events, self.now_ms))
