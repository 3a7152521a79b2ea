"""What the hub's feed tells of one counter. Pure."""

from hub.client.mirror import Mirror
from hub.client.views import CounterView


def counter_in(mirror: Mirror, number: int) -> CounterView | None:
    """Return what a counter does, closed where the hub has not spoken of it; None where the hall has none such."""
    if mirror.hall is None or number not in mirror.hall.counter_by_number:
        return None
    closed: CounterView = {
        "counter": number,
        "state": "closed",
        "clerk": None,
        "ticket": None,
        "reason": None,
        "until_ms": None,
    }
    return mirror.counters.get(number, closed)


def wanted_at(mirror: Mirror, number: str | None) -> int | None:
    """Return the counter that holds another number of the same visitor until they are free, None where none does."""
    held = (t for t in mirror.tickets.values() if t.get("held_why") == "visit" and t.get("elsewhere") == number)
    return next((ticket["counter"] for ticket in held), None) if number else None


def remark_on(mirror: Mirror, number: str | None) -> str:
    """Return what a clerk wrote on a number, "" where nothing."""
    view = mirror.remarks.get(number) if number else None
    return view["text"] if view else ""
