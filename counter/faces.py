"""What the parts of a clerk's panel say at each stage. Pure; no Qt."""

from dataclasses import dataclass
from datetime import datetime

from config.errors import AntreanError
from config.hall import Hall
from config.wording import Words
from counter.duty import Key, Situation, Stage, Why, paperless
from hub.client.http import CommandRefused, HubUnreachable
from hub.client.views import TicketView


@dataclass(frozen=True, slots=True)
class HeadFace:
    """The top of the panel; `tone` names the state's colour in the theme."""

    counter: str
    agency: str = ""
    state: str = ""
    tone: str = "off"


@dataclass(frozen=True, slots=True)
class CardFace:
    """The middle of the panel: a number with what belongs to it, or a title where there is none.

    `group` is the class of a ticket that is not plain, `paper` the mark of a visitor who may have no paper,
    `remark` what a clerk wrote on it.
    """

    number: str = ""
    title: str = ""
    icon: str = ""
    first: str = ""
    second: str = ""
    group: str = ""
    group_icon: str = ""
    paper: str = ""
    remark: str = ""


ICONS: dict[Stage, str] = {"away": "plug-connected-x", "closed": "lock", "paused": "coffee", "idle": "users"}
GROUP_ICONS = {"priority": "heart-handshake", "booked": "calendar-event"}
TONES: dict[Stage, str] = {"away": "alarm", "closed": "off", "paused": "call"}


@dataclass(frozen=True, slots=True)
class Desk:
    """One counter of one hall in one language."""

    hall: Hall
    counter: int
    words: Words

    def head(self, now: Situation) -> HeadFace:
        """Return the top: the counter, its agency and its state."""
        counter = self.hall.counter_by_number.get(self.counter)
        agency = self.hall.agency_by_id.get(counter.agency) if counter else None
        name = agency.called(self.words.language, short=True) if agency else ""
        state = now.stage if now.stage in TONES else "open"
        title = self.words.say("staff.counter", counter=self.counter)
        return HeadFace(title, name, self.words.say(f"staff.state_{state}"), TONES.get(now.stage, "good"))

    def card(self, now: Situation) -> CardFace:
        """Return the middle: the ticket at the counter, or what to do while there is none."""
        if now.ticket is not None and now.stage != "away":
            return self._ticket(now.ticket, now)
        say, stage = self.words.say, now.stage
        if self.counter not in self.hall.counter_by_number:
            return CardFace(title=say("staff.unknown_title"), first=say("staff.unknown_rest"), icon="alert-triangle")
        return CardFace(title=say(f"staff.{stage}_title"), first=self._rest(now), icon=ICONS.get(stage, "users"))

    def _rest(self, now: Situation) -> str:
        """Return the sentence below a title."""
        clerk = now.counter["clerk"] if now.counter else None
        if now.stage == "closed" and clerk and not now.own:
            return self.words.say("staff.closed_other", clerk=clerk)
        if now.stage == "idle":
            return self.words.say("staff.idle_waiting" if now.waiting else "staff.idle_nobody")
        return self.words.say(f"staff.{now.stage}_rest")

    def queue(self, waiting: int, oldest_ms: int | None, now_ms: int) -> tuple[str, str]:
        """Return how many wait, and how long the longest of them."""
        count = self.words.say("staff.count_waiting", count=waiting)
        if oldest_ms is None:
            return count, ""
        minutes = max(0, now_ms - oldest_ms) // 60_000
        longest = "staff.longest" if minutes else "staff.longest_short"
        return count, self.words.say(longest, minutes=minutes)

    def why(self, label: str, why: Why) -> str:
        """Return why a key does nothing now, as a sentence that names it."""
        return self.words.say("staff.why_not", deed=label, why=self.words.say(why.words, **why.fields))

    def done(self, key: Key, number: str) -> str:
        """Return what a press has done."""
        return self.words.say(f"staff.did_{key}", number=number)

    def held(self, ticket: TicketView) -> str:
        """Return that a call waits for a visitor who is at another counter."""
        return self.words.say("staff.held_elsewhere", number=ticket["number"], other=ticket["elsewhere"] or "")

    def _ticket(self, ticket: TicketView, now: Situation) -> CardFace:
        service = self.hall.services.get(ticket["service"])
        plain = ticket["ticket_class"] == "normal"
        return CardFace(
            number=ticket["number"],
            first=service.name(self.words.language) if service else ticket["service"],
            second=self._since(ticket),
            group="" if plain else self.words.say(f"staff.class_{ticket['ticket_class']}"),
            group_icon=GROUP_ICONS.get(ticket["ticket_class"], ""),
            paper=self._mark(ticket, now.wanted),
            remark=now.remark,
        )

    def _mark(self, ticket: TicketView, wanted: int | None) -> str:
        """Return what else the clerk should know: a visitor without paper, or one whom another counter waits for."""
        if paperless(ticket):
            return self.words.say("staff.paperless")
        return self.words.say("staff.wanted", counter=wanted) if wanted else ""

    def _since(self, ticket: TicketView) -> str:
        """Return since when the ticket is called or served, and how often it was called."""
        if ticket["state"] == "serving":
            return self.words.say("staff.serving_since", time=self._clock(ticket["started_ms"]))
        key = "staff.called_again" if ticket["attempt"] > 1 else "staff.called_at"
        called = self.words.say(key, time=self._clock(ticket["called_ms"]), attempt=ticket["attempt"])
        promise = ticket.get("promise_ms")
        return (
            called if promise is None else f"{called} · {self.words.say('staff.promised', time=self._clock(promise))}"
        )

    def _clock(self, moment_ms: int | None) -> str:
        if moment_ms is None:
            return ""
        return self.words.clock(datetime.fromtimestamp(moment_ms / 1000, self.hall.timezone))


def failure(error: AntreanError, words: Words) -> str:
    """Return why a press came to nothing: the hub's refusal, or that its answer is missing."""
    if isinstance(error, CommandRefused) and error.words:
        return error.words.get(words.language) or next(iter(error.words.values()))
    if isinstance(error, HubUnreachable):
        return words.say("staff.unclear")
    return words.error(error)
