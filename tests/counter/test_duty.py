"""Which keys a clerk finds enabled at each stage, and the reason each other key gives."""

from dataclasses import replace

import pytest

from config.hall import Policy
from config.wording import Words
from counter.duty import KEYS, Key, Situation, Why, duties, likely, paperless
from hub.client.views import CounterState, CounterView, Paper, TicketState, TicketView

CLERK = "siti"
CALLED_MS = 1_000_000


def counter(state: CounterState, *, clerk: str | None = CLERK, ticket: str | None = None) -> CounterView:
    return {"counter": 5, "state": state, "clerk": clerk, "ticket": ticket, "reason": None}


def ticket(state: TicketState, *, attempt: int = 1, paper: Paper = "printed") -> TicketView:
    return {
        "number": "A043", "service": "kk", "ticket_class": "normal", "state": state, "counter": 5, "attempt": attempt,
        "issued_ms": 0, "called_ms": CALLED_MS, "started_ms": None, "ended_ms": None, "kiosk": "anjungan-1",
        "language": "id", "ahead": 0, "paper": paper,
    }  # fmt: skip


def at(seconds: float = 60, **parts: object) -> Situation:
    plain = Situation(clerk=CLERK, policy=Policy(), waiting=3, now_ms=CALLED_MS + round(seconds * 1000))
    return replace(plain, **parts)  # type: ignore[arg-type]


CLOSED = at(counter=counter("closed", clerk=None))
OTHER = at(counter=counter("open", clerk="budi"))
OTHERS_TICKET = at(counter=counter("open", clerk="budi", ticket="A043"), ticket=ticket("called"))
PAUSED = at(counter=counter("paused"))
IDLE = at(counter=counter("open"))
NOBODY = replace(IDLE, waiting=0)
CALLED = at(counter=counter("open", ticket="A043"), ticket=ticket("called"))
JUST_CALLED = replace(CALLED, now_ms=CALLED_MS + 500)
THIRD = replace(CALLED, ticket=ticket("called", attempt=3))
JUST_THIRD = replace(THIRD, now_ms=CALLED_MS + 7_001)
SERVING = at(counter=counter("open", ticket="A043"), ticket=ticket("serving"))
AWAY = replace(CALLED, linked=False)

TABLE: list[tuple[str, Situation, set[Key], Key]] = [
    ("closed", CLOSED, {"open"}, "open"),
    ("another clerk's", OTHER, {"open"}, "open"),
    ("another clerk's visitor", OTHERS_TICKET, {"recall", "start"}, "start"),
    ("paused", PAUSED, {"open", "close"}, "open"),
    ("idle", IDLE, {"call_next", "pause", "close"}, "call_next"),
    ("nobody waits", NOBODY, {"pause", "close"}, "call_next"),
    ("just called", JUST_CALLED, {"start"}, "start"),
    ("called a minute ago", CALLED, {"recall", "start"}, "start"),
    ("third call just now", JUST_THIRD, {"start"}, "start"),
    ("third call a minute ago", THIRD, {"start", "miss"}, "start"),
    ("serving", SERVING, {"finish"}, "finish"),
    ("hub away", AWAY, set(), "call_next"),
    ("nothing heard yet", at(counter=None), set(), "call_next"),
]


@pytest.mark.parametrize(("name", "now", "enabled", "strongest"), TABLE, ids=[row[0] for row in TABLE])
def test_only_the_deeds_possible_now_are_enabled(name: str, now: Situation, enabled: set[Key], strongest: Key) -> None:
    found = duties(now)

    assert {key for key in KEYS if found[key] is None and key != "more"} == enabled
    assert (found["more"] is None) == (now.stage != "away")
    assert likely(now) == strongest


@pytest.mark.parametrize(
    ("now", "key", "why"),
    [
        (AWAY, "call_next", Why("staff.not_connected")),
        (CLOSED, "call_next", Why("staff.why_closed")),
        (CLOSED, "close", Why("staff.why_closed")),
        (PAUSED, "call_next", Why("staff.why_paused")),
        (NOBODY, "call_next", Why("staff.queue_empty")),
        (CALLED, "call_next", Why("staff.why_called", {"number": "A043"})),
        (SERVING, "call_next", Why("staff.why_serving", {"number": "A043"})),
        (SERVING, "pause", Why("staff.why_serving", {"number": "A043"})),
        (CALLED, "close", Why("staff.why_called", {"number": "A043"})),
        (IDLE, "recall", Why("staff.why_nothing_called")),
        (SERVING, "start", Why("staff.why_nothing_called")),
        (CALLED, "finish", Why("staff.why_nothing_serving")),
        (JUST_CALLED, "recall", Why("staff.why_recall_soon", {"seconds": 20})),
        (THIRD, "recall", Why("staff.why_recall_limit", {"count": 3})),
        (CALLED, "miss", Why("staff.why_miss_calls", {"count": 3, "attempt": 1})),
        (JUST_THIRD, "miss", Why("staff.why_miss_soon", {"seconds": 13})),
        (IDLE, "open", Why("staff.why_open")),
    ],
)
def test_a_key_says_why_it_is_not_possible(now: Situation, key: Key, why: Why) -> None:
    assert duties(now)[key] == why


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("now", [row[1] for row in TABLE], ids=[row[0] for row in TABLE])
def test_every_reason_has_its_words(language: str, now: Situation) -> None:
    for why in duties(now).values():
        said = "" if why is None else Words(language).say(why.words, **why.fields)

        assert "staff." not in said
        assert "{" not in said


@pytest.mark.parametrize(
    ("paper", "marked"), [("printed", False), ("queued", False), ("none", False), ("failed", True), ("uncertain", True)]
)
def test_a_visitor_who_may_have_no_paper_is_marked(paper: Paper, marked: bool) -> None:
    assert paperless(ticket("called", paper=paper)) is marked


def test_nobody_at_the_counter_is_not_marked() -> None:
    assert not paperless(None)
