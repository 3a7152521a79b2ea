"""Turns lines into rows of the tables that people and reports read."""

import json
from collections.abc import Callable

from sqlite_utils import Database

from journal.line import Line
from journal.ways import Ways

STANDING = (
    "config.applied", "config.planned", "epoch.opened", "device.paired", "device.revoked",
    "clerk.added", "clerk.removed", "clerk.locked", "hall.forced",
)  # fmt: skip
"""Kinds that outlast their day: a hub starts from them and from the newest day."""
TICKET_STATES = {
    "ticket.cancelled": "cancelled",
    "service.finished": "served",
    "ticket.missed": "missed",
    "ticket.unserved": "unserved",
    "call.withdrawn": "waiting",
    "finish.withdrawn": "serving",
    "ticket.returned": "waiting",
    "ticket.held": "held",
    "ticket.resumed": "waiting",
}
ENDS = ("cancelled", "served", "missed", "unserved")
JOB_STATES = {
    "print.sending": "sending",
    "print.waiting": "waiting",
    "print.done": "done",
    "print.assumed": "assumed",
    "print.uncertain": "uncertain",
    "print.failed": "failed",
    "print.cancelled": "cancelled",
    "print.expired": "expired",
}


class Projector:
    """Writes a line's rows into a database, inside the caller's transaction. Lines come in order."""

    def __init__(self, db: Database) -> None:
        self._db = db
        newest = db.execute("SELECT date FROM day ORDER BY opened_seq DESC LIMIT 1").fetchone()
        self._date = newest[0] if newest else ""
        self._ways = Ways(db)

    def project(self, line: Line) -> None:
        """Write one line's rows; a kind without a table writes none."""
        if line.kind in STANDING:
            self._db.execute("INSERT INTO standing(seq, kind) VALUES (?, ?)", (line.seq, line.kind))
        elif line.kind in TICKET_STATES:
            self._state(line, TICKET_STATES[line.kind])
        elif line.kind in JOB_STATES:
            self._print(line, JOB_STATES[line.kind])
        elif line.kind in WRITERS:
            WRITERS[line.kind](self, line)
        self._ways.project(line, self._date)

    def _day_opened(self, line: Line) -> None:
        self._date = line.body["date"]
        self._db.execute("INSERT INTO day(date, opened_seq) VALUES (?, ?)", (self._date, line.seq))

    def _day_closed(self, line: Line) -> None:
        self._db.execute("UPDATE day SET closed_seq = ? WHERE date = ?", (line.seq, line.body["date"]))

    def _issued(self, line: Line) -> None:
        body = line.body
        self._db.execute(
            "INSERT INTO ticket(date, number, issue, service, ticket_class, kiosk, visit, source, trial, promise_ms,"
            " state, attempts, ahead, issued_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?)",
            (
                self._date, body["number"], body["issue"], body["service"], body["ticket_class"], body["kiosk"],
                body["visit"], body["source"], body["trial"], body["promise"][1] if body["promise"] else None,
                body["ahead"], line.hall_ms,
            ),
        )  # fmt: skip

    def _called(self, line: Line) -> None:
        body = line.body
        reason = json.dumps(body["reason"], separators=(",", ":"))
        self._db.execute(
            "INSERT INTO call(seq, date, number, counter, clerk, attempt, hall_ms, reason)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                line.seq, self._date, body["number"], body["counter"], body["clerk"], body["attempt"], line.hall_ms,
                reason,
            ),
        )  # fmt: skip
        self._db.execute(
            "UPDATE ticket SET state = 'called', counter = ?, attempts = ?, called_ms = ?, ended_ms = NULL,"
            " first_called_ms = coalesce(first_called_ms, ?) WHERE date = ? AND number = ?",
            (body["counter"], body["attempt"], line.hall_ms, line.hall_ms, self._date, body["number"]),
        )

    def _started(self, line: Line) -> None:
        self._db.execute(
            "UPDATE ticket SET state = 'serving', started_ms = ?, ended_ms = NULL WHERE date = ? AND number = ?",
            (line.hall_ms, self._date, line.body["number"]),
        )

    def _transferred(self, line: Line) -> None:
        self._db.execute(
            "UPDATE ticket SET state = 'waiting', service = ?, ended_ms = NULL WHERE date = ? AND number = ?",
            (line.body["service"], self._date, line.body["number"]),
        )

    def _state(self, line: Line, state: str) -> None:
        """Write a ticket's new state; its end and its outcome only where it has ended."""
        self._db.execute(
            "UPDATE ticket SET state = ?, outcome = ?, ended_ms = ? WHERE date = ? AND number = ?",
            (
                state, line.body.get("outcome"), line.hall_ms if state in ENDS else None, self._date,
                line.body["number"],
            ),
        )  # fmt: skip

    def _queued(self, line: Line) -> None:
        body = line.body
        self._db.execute(
            "INSERT INTO print_job(date, job, number, copy, printer, state, attempt, queued_ms)"
            " VALUES (?, ?, ?, ?, ?, 'queued', 0, ?)",
            (self._date, body["job"], body["number"], body["copy"], body["printer"], line.hall_ms),
        )

    def _resolved(self, line: Line) -> None:
        self._print(line, "confirmed" if line.body["is_out"] else "failed")

    def _print(self, line: Line, state: str) -> None:
        body = line.body
        self._db.execute(
            "UPDATE print_job SET state = ?, attempt = coalesce(?, attempt), proof = coalesce(?, proof),"
            " reason = coalesce(?, reason), ended_ms = ? WHERE date = ? AND job = ?",
            (
                state, body.get("attempt"), body.get("proof"), body.get("reason"), line.hall_ms, self._date,
                body["job"],
            ),
        )  # fmt: skip

    def _answered(self, line: Line) -> None:
        body, facts, scores = line.body, line.body["facts"], line.body["scores"]
        self._db.execute(
            "INSERT INTO survey(seq, date, agency, service, way, trial, half, sex, education, occupation,"
            " u1, u2, u3, u4, u5, u6, u7, u8, u9) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                line.seq, body["date"], body["agency"], body["service"], body["way"], body["trial"], body["half"],
                facts.get("sex"), facts.get("education"), facts.get("occupation"),
                *(scores[f"U{element}"] for element in range(1, 10)),
            ),
        )  # fmt: skip

    def _rated(self, line: Line) -> None:
        body = line.body
        self._db.execute(
            "INSERT INTO rating(seq, date, agency, service, way, trial, score) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (line.seq, body["date"], body["agency"], body["service"], body["way"], body["trial"], body["score"]),
        )


WRITERS: dict[str, Callable[[Projector, Line], None]] = {
    "day.opened": Projector._day_opened,
    "day.closed": Projector._day_closed,
    "ticket.issued": Projector._issued,
    "ticket.called": Projector._called,
    "service.started": Projector._started,
    "ticket.transferred": Projector._transferred,
    "print.queued": Projector._queued,
    "print.resolved": Projector._resolved,
    "survey.answered": Projector._answered,
    "rating.given": Projector._rated,
}
