"""When counters were really open, printers at fault, and the hall dark: what the happenings of a day tell. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""From when until when, in ms of hall time."""
FINE = ("ONLINE", "PAPER_LOW")
"""What a printer says that prints."""
COUNTER_KINDS = ("counter.opened", "counter.paused", "counter.closed")


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the table `happening`."""

    hall_ms: int
    kind: str
    counter: int | None
    name: str
    detail: str
    from_ms: int | None
    until_ms: int | None


def open_spans(happenings: Iterable[Happening], end_ms: int) -> dict[int, list[Span]]:
    """Return when each counter was open, until a pause, its closing or the end of what is told."""
    since: dict[int, int] = {}
    spans: dict[int, list[Span]] = {}
    for told in happenings:
        if told.kind not in COUNTER_KINDS or told.counter is None:
            continue
        if told.kind == "counter.opened":
            since.setdefault(told.counter, min(told.hall_ms, end_ms))
        elif told.counter in since:
            spans.setdefault(told.counter, []).append((since.pop(told.counter), min(told.hall_ms, end_ms)))
    for counter, from_ms in since.items():
        spans.setdefault(counter, []).append((from_ms, max(from_ms, end_ms)))
    return spans


def together(spans: Iterable[Span]) -> list[Span]:
    """Return spans joined where they meet, in order."""
    joined: list[Span] = []
    for from_ms, until_ms in sorted(spans):
        if joined and from_ms <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until_ms))
        else:
            joined.append((from_ms, until_ms))
    return joined


def length(spans: Iterable[Span]) -> int:
    """Return how long spans are that do not overlap."""
    return sum(until_ms - from_ms for from_ms, until_ms in spans)


def clipped(span: Span, bounds: Span | None) -> int:
    """Return how much of a span lies within others, all of it where there are none."""
    if bounds is None:
        return span[1] - span[0]
    return max(0, min(span[1], bounds[1]) - max(span[0], bounds[0]))


def outages(happenings: Iterable[Happening]) -> list[Span]:
    """Return when the hall stood still."""
    return [
        (told.from_ms, told.until_ms)
        for told in happenings
        if told.kind == "interruption.noted" and told.from_ms is not None and told.until_ms is not None
    ]


def faults(happenings: Sequence[Happening], end_ms: int) -> list[tuple[str, str, Span]]:
    """Return which printer had which fault, and when; a fault of the day before goes on."""
    at: dict[str, tuple[str, int]] = {}
    found: list[tuple[str, str, Span]] = []
    for told in happenings:
        if told.kind == "day.opened":
            before: Mapping[str, str] = json.loads(told.detail or "{}")
            at = {printer: (status, told.hall_ms) for printer, status in before.items()}
        elif told.kind == "printer.changed":
            found += ended(told.name, at, told.hall_ms)
            at[told.name] = told.detail, told.hall_ms
    for printer in list(at):
        found += ended(printer, at, end_ms)
    return found


def ended(printer: str, at: Mapping[str, tuple[str, int]], now_ms: int) -> list[tuple[str, str, Span]]:
    """Return a printer's fault that ends now, none where it had none."""
    status, since_ms = at.get(printer, ("ONLINE", now_ms))
    return [] if status in FINE or now_ms <= since_ms else [(printer, status, (since_ms, now_ms))]
