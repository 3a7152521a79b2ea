"""A hub that is not there: what it would tell, and commands that answer at once or when a test lets them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from config.errors import AntreanError
from config.load import HALLS, read
from hub.client.device import Device
from hub.client.http import Answer, HubClient
from hub.client.views import JobView, PrinterView, ServiceView, TicketView
from ui.commands import Call, Failed, Ok
from ui.feed import Feed

MUARA_ENIM, OKU_TIMUR = "mpp-muara-enim", "mpp-oku-timur"
MONDAY = datetime(2026, 11, 30, 8, 14, tzinfo=ZoneInfo("Asia/Jakarta"))
NOWHERE = Device("http://127.0.0.1:9", "anjungan-1", "kiosk", "token")
REFUSED = {
    "id": "Mohon maaf, kuota layanan ini hari ini sudah terpenuhi. Silakan datang kembali besok.",
    "en": "Sorry, today's quota of this service is full. Please come again tomorrow.",
}


def content_of(hall: str) -> dict[str, Any]:
    """Return the content of an example hall."""
    return read(HALLS / f"{hall}.toml")


def service_view(service: str, place: int = 0, **changes: Any) -> ServiceView:
    """Return a service with some people waiting."""
    waiting = (0, 3, 12, 1, 0, 27)[place % 6]
    view: ServiceView = {
        "service": service,
        "waiting": waiting,
        "oldest_ms": None,
        "issued": waiting,
        "open_counters": 1,
        "expected_ms": None,
        "usual": 0,
        "refusal": None,
    }
    return {**view, **changes}  # type: ignore[typeddict-item]


def ticket_view(number: str = "A001", service: str = "dukcapil-kk", **changes: Any) -> TicketView:
    """Return a waiting ticket."""
    view: TicketView = {
        "number": number,
        "service": service,
        "ticket_class": "normal",
        "state": "waiting",
        "counter": None,
        "attempt": 0,
        "issued_ms": 0,
        "called_ms": None,
        "started_ms": None,
        "ended_ms": None,
        "kiosk": "anjungan-1",
        "language": "id",
        "ahead": 3,
        "paper": "queued",
    }
    return {**view, **changes}  # type: ignore[typeddict-item]


def job_view(number: str = "A001", state: str = "queued") -> JobView:
    """Return a print job; its content does not matter here."""
    return {
        "job": f"{number}-0",
        "number": number,
        "copy": 0,
        "printer": "anjungan-1-printer",
        "state": state,  # type: ignore[typeddict-item]
        "attempt": 1,
        "queued_ms": 0,
        "content": {},  # type: ignore[typeddict-item]
    }


def printer_view(status: str = "ONLINE") -> PrinterView:
    """Return the printer of the first kiosk."""
    return {"printer": "anjungan-1-printer", "kiosk": "anjungan-1", "status": status, "tickets_left": None}  # type: ignore[typeddict-item]


def snapshot(content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the first message of a feed, on Monday at 08.14."""
    services = [service["id"] for agency in content["agencies"] for service in agency["services"]]
    return {
        "type": "snapshot",
        "version": 1,
        "seq": 1,
        "now": round(MONDAY.timestamp() * 1000),
        "simulated": True,
        "date": MONDAY.date().isoformat(),
        "hall": content,
        "tickets": [],
        "counters": [],
        "services": [service_view(service, place) for place, service in enumerate(services)],
        "printers": [printer_view()],
        "jobs": [],
        "helps": [],
        "calls": [],
        **changes,
    }


def refusing(content: dict[str, Any], code: str, words: dict[str, str]) -> list[ServiceView]:
    """Return every service of a hall with the same refusal."""
    services = [service["id"] for agency in content["agencies"] for service in agency["services"]]
    return [service_view(service, refusal=code, words=words) for service in services]


class FakeFeed(Feed):
    """A feed that hears what a test says."""

    def __init__(self) -> None:
        super().__init__(NOWHERE)

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message as if it had come from the hub."""
        self._hear(json.dumps(message))

    def change(self, **views: Any) -> None:
        """Take a change of these views."""
        after = self.mirror.seq
        self.hear(
            {"type": "change", "after": after, "seq": after + 1, "now": self.mirror.now_ms, "events": [], **views}
        )

    def lose(self) -> None:
        """Lose the hub."""
        self.here = False
        self._said_lost = True
        self.lost.emit()


@dataclass
class FakeHub(HubClient):
    """A client whose issue and cancel give the answers a test wants, or raise its error."""

    number: str = "A001"
    ahead: int = 3
    job: str | None = "A001-0"
    error: AntreanError | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def issue(
        self,
        service: str,
        *,
        ticket_class: str = "normal",
        kiosk: str | None = None,
        language: str = "id",
        visit: str | None = None,
        reason: str = "",
    ) -> Answer:
        """Give the number a test wants."""
        earlier = () if visit is None else (visit,)
        self.asked.append(("issue", service, ticket_class, str(kiosk), language, *earlier))
        self._fail()
        ticket = ticket_view(self.number, service, ticket_class=ticket_class, ahead=self.ahead)
        return {"ticket": ticket, "job": self.job, "seq": 2}

    def ask_help(self, kind: str, place: str) -> Answer:
        """Call somebody."""
        self.asked.append(("ask_help", kind, place))
        self._fail()
        return {"seq": 3}

    def cancel(self, number: str) -> Answer:
        """Take a number back."""
        self.asked.append(("cancel", number))
        self._fail()
        return {"ticket": ticket_view(number, state="cancelled"), "seq": 3}

    def reprint(self, number: str, *, printer: str | None = None, reason: str = "") -> Answer:
        """Queue one more paper."""
        self.asked.append(("reprint", number, str(printer)))
        self._fail()
        return {"ticket": ticket_view(number), "job": f"{number}-1", "seq": 3}

    def settle_paper(self, number: str, word: str) -> Answer:
        """Hear what a visitor says of a paper."""
        self.asked.append(("settle_paper", number, word))
        self._fail()
        return {"ticket": ticket_view(number), "seq": 3}

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


@dataclass
class FakeCommands:
    """Commands that are answered at once, or, while `held`, when a test lets them."""

    hub: FakeHub = field(default_factory=FakeHub)
    held: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def ask(self, call: Call, ok: Ok, failed: Failed) -> None:
        """Answer a call now or later."""

        def answer() -> None:
            try:
                told = call(self.hub)
            except AntreanError as error:
                failed(error)
            else:
                ok(told)

        if self.held:
            self.waiting.append(answer)
        else:
            answer()

    def let(self) -> None:
        """Answer everything that waits."""
        waiting, self.waiting = self.waiting, []
        for answer in waiting:
            answer()


@dataclass
class FakeSeconds:
    """A clock that a test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now
