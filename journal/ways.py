"""Turns lines into the rows that reports read: a ticket's way through lines of services, what counters went through."""

import json
from collections.abc import Callable

from sqlite_utils import Database

from journal.line import Line

CURRENT = (
    "WHERE date = :date AND number = :number"
    " AND leg = (SELECT max(leg) FROM leg WHERE date = :date AND number = :number)"
)
SERVED = "served_ms = served_ms + coalesce(:now - since_ms, 0), since_ms = NULL"
LEGS = {
    "ticket.called": "called_ms = coalesce(called_ms, :now), call_attempts = call_attempts + 1, counter = :counter,"
    " clerk = :clerk, ended_ms = NULL, [end] = NULL",
    "call.withdrawn": "called_ms = CASE WHEN call_attempts > 1 THEN called_ms END,"
    " counter = CASE WHEN call_attempts > 1 THEN counter END, clerk = CASE WHEN call_attempts > 1 THEN clerk END,"
    " call_attempts = call_attempts - 1",
    "service.started": "since_ms = :now, counter = :counter, clerk = :clerk",
    "service.finished": f"{SERVED}, ended_ms = :now,"
    " [end] = CASE :outcome WHEN 'day_ended' THEN 'day_ended' ELSE 'served' END",
    "finish.withdrawn": "since_ms = ended_ms, ended_ms = NULL, [end] = NULL",
    "ticket.held": SERVED,
    "ticket.missed": "ended_ms = :now, [end] = 'missed'",
    "ticket.returned": "ended_ms = NULL, [end] = NULL",
    "ticket.cancelled": f"{SERVED}, ended_ms = :now, [end] = 'cancelled'",
    "ticket.unserved": f"{SERVED}, ended_ms = :now, [end] = 'unserved'",
}
"""What each kind changes of the leg under way."""
Told = tuple[int | None, str | None, str | None, int | None, int | None]

HAPPENINGS: dict[str, Callable[[Line], Told]] = {
    "day.opened": lambda line: (None, "", json.dumps(line.body.get("printers", {}), sort_keys=True), None, None),
    "day.closed": lambda _: (None, "", "", None, None),
    "counter.opened": lambda line: (line.body.get("counter"), line.body.get("clerk"), "", None, None),
    "counter.paused": lambda line: (
        line.body.get("counter"), line.body.get("clerk"), line.body.get("reason"), None, line.body.get("until_ms"),
    ),
    "counter.closed": lambda line: (line.body.get("counter"), line.body.get("clerk"), "", None, None),
    "interruption.noted": lambda line: (None, "", "", line.body["from_ms"], line.body.get("until_ms")),
    "printer.changed": lambda line: (None, line.body["printer"], line.body["status"], None, None),
    "roll.changed": lambda line: (None, line.body["printer"], "", None, None),
    "hall.forced": lambda line: (None, line.body["scope"], line.body["mode"], None, line.body.get("until_ms")),
}  # fmt: skip
"""Of each kind that is kept as it is: its counter, its name, its detail, and from when until when."""


class Ways:
    """Writes a line's rows into the tables of reports, inside the caller's transaction. Lines come in order."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def project(self, line: Line, date: str) -> None:
        """Write one line's rows, on the open day."""
        if line.kind in HAPPENINGS:
            row = (line.seq, date, line.hall_ms, line.kind, *HAPPENINGS[line.kind](line))
            self._db.execute("INSERT INTO happening VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if line.kind in LEGS:
            self._db.execute(f"UPDATE leg SET {LEGS[line.kind]} {CURRENT}", names_of(line, date))  # noqa: S608
        elif line.kind == "ticket.issued":
            self._issued(line, date)
        elif line.kind == "ticket.transferred":
            self._transferred(line, date)
        elif line.kind == "interruption.noted":
            self._interrupted(line, date)

    def _issued(self, line: Line, date: str) -> None:
        body = line.body
        promise_ms = body["promise"][1] if body["promise"] else None
        self._db.execute(
            "INSERT INTO leg(date, number, leg, service, ticket_class, arrival, trial, arrived_ms, call_attempts,"
            " promise_ms, served_ms) VALUES (?, ?, 1, ?, ?, 'issued', ?, ?, 0, ?, 0)",
            (
                date, body["number"], body["service"], body["ticket_class"], body["trial"], line.hall_ms, promise_ms,
            ),
        )  # fmt: skip

    def _transferred(self, line: Line, date: str) -> None:
        """End the leg and begin the next one; at another counter of the same service the same leg goes on."""
        names, is_chain = names_of(line, date), line.body.get("why") == "chain"
        self._db.execute(f"UPDATE leg SET {SERVED} {CURRENT}", names)  # noqa: S608  our own texts
        here = self._db.execute(f"SELECT service FROM leg {CURRENT}", names).fetchone()  # noqa: S608
        if here and here[0] == line.body["service"] and not is_chain:
            self._db.execute(f"UPDATE leg SET ended_ms = NULL, [end] = NULL {CURRENT}", names)  # noqa: S608
            return
        self._db.execute(
            f"UPDATE leg SET ended_ms = coalesce(ended_ms, :now), [end] = coalesce([end], 'moved') {CURRENT}",  # noqa: S608
            names,
        )
        self._db.execute(
            "INSERT INTO leg(date, number, leg, service, ticket_class, arrival, trial, arrived_ms, call_attempts,"  # noqa: S608
            " served_ms) SELECT date, number, leg + 1, :service, ticket_class, :arrival, trial, :now, 0, 0"
            f" FROM leg {CURRENT}",
            names | {"service": line.body["service"], "arrival": "sent_on" if is_chain else "moved"},
        )

    def _interrupted(self, line: Line, date: str) -> None:
        """Put the promises off by the time that was lost, as the rules do."""
        self._db.execute(
            "UPDATE leg SET promise_ms = promise_ms + ? WHERE date = ? AND called_ms IS NULL AND [end] IS NULL",
            (line.body.get("until_ms") - line.body["from_ms"], date),
        )


def names_of(line: Line, date: str) -> dict[str, object]:
    """Return what the statements about a leg name."""
    body = line.body
    return {
        "date": date,
        "number": body["number"],
        "now": line.hall_ms,
        "counter": body.get("counter"),
        "clerk": body.get("clerk"),
        "outcome": body.get("outcome"),
    }
