"""Days for the tests of the region's figures: lines as a hub writes them, from small stories."""

from collections.abc import Iterable
from typing import Any

from push_halls import HALL

from journal.line import Line, genesis
from region.ingest import Ingest
from region.projector import Projector
from region.store import Store
from sync.wire import batch_of, head_after, pack

EIGHT_MS = 1_796_000_400_000
"""A Monday, 30 November 2026, at 08:00 in Jakarta."""
MINUTE_MS = 60_000
DATE = "2026-11-30"
NOW_MS = EIGHT_MS + 3_600_000 * 4

Deed = tuple[str, str, int]
"""What happens: a kind, a number, and minutes after eight."""


def opening(hall: str = HALL) -> list[bytes]:
    """Return the lines a hall's journal begins with: the epoch, the hall file, the day."""
    hall_file = {"hall": {"name": f"Mal {hall}", "timezone": "Asia/Jakarta"}}
    return [
        line(1, "epoch.opened", 0, hall=hall, epoch=1, simulated=False, reason="new", common=0),
        line(2, "config.applied", 0, content=hall_file, digest="", author=""),
        line(3, "day.opened", 0, date=DATE, learned={}, printers={}, rolls={}),
    ]


def line(seq: int, kind: str, minute: float, *, version: int = 1, **body: object) -> bytes:
    """Return a line that happens so many minutes after eight."""
    at_ms = EIGHT_MS + int(minute * MINUTE_MS)
    return Line(seq, at_ms, at_ms, kind, version, body).encode()


def story(deeds: Iterable[Deed], *, hall: str = HALL) -> list[bytes]:
    """Return a journal in which these deeds happen in order."""
    lines = opening(hall)
    for kind, number, minute in deeds:
        lines.append(line(len(lines) + 1, kind, minute, **body_of(kind, number)))
    return lines


def body_of(kind: str, number: str) -> dict[str, Any]:
    """Return what a line of that kind says about a ticket."""
    if kind == "ticket.issued":
        told = {"issue": 1, "service": "kk", "ticket_class": "normal", "kiosk": "a", "visit": number, "ahead": 0}
        return {"number": number, **told, "source": "kiosk", "promise": None, "trial": number.startswith("Z")}
    body = {"number": number, "counter": 1, "clerk": "c", "attempt": 1, "reason": None, "outcome": "done"}
    return body | ({"service": "ktp"} if kind == "ticket.transferred" else {})


def keep(store: Store, lines: list[bytes], *, hall: str = HALL, sizes: Iterable[int] = (1000,)) -> None:
    """Let a store take lines in batches of these sizes, the last again and again."""
    head, first, sizes = genesis(hall), 1, list(sizes)
    while lines:
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        sent = batch_of(first, head, lines[:size])
        Ingest(store, accept_simulated=False).take(hall, 1, sent, pack(sent).content, NOW_MS)
        head, first, lines = head_after(head, sent.lines), sent.next, lines[size:]


def project(store: Store) -> None:
    """Let a store's projections catch up."""
    Projector(store).catch_up()
