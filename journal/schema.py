"""The tables of `hall.db`, as sqlite-utils migrations: the journal, and the projections people and reports read."""

from sqlite_utils import Database, Migrations

journal = Migrations("journal")
projections = Migrations("projections")


@journal()
def m001_journal(db: Database) -> None:
    """Make the truth (each line's exact bytes and chained hash) and the answers to request ids, which are no truth."""
    db.table("journal").create({"seq": int, "line": bytes, "h": bytes}, pk="seq", not_null={"line", "h"})
    db.table("answer").create(
        {"request": str, "digest": bytes, "status": int, "answer": str, "hall_ms": int},
        pk="request",
        not_null={"digest", "status", "answer", "hall_ms"},
    )
    db.table("answer").create_index(["hall_ms"])


@projections()
def m001_first(db: Database) -> None:
    """Make the first projections. `standing` lists the lines that outlast their day: hall file, devices, epochs."""
    db.table("day").create({"date": str, "opened_seq": int, "closed_seq": int}, pk="date")
    db.table("standing").create({"seq": int, "kind": str}, pk="seq")
    db.table("ticket").create(
        {
            "date": str, "number": str, "issue": int, "service": str, "ticket_class": str, "kiosk": str,
            "visit": str, "source": str, "trial": int, "promise_ms": int, "state": str, "outcome": str, "counter": int,
            "attempts": int, "ahead": int,
            "issued_ms": int, "first_called_ms": int, "called_ms": int, "started_ms": int, "ended_ms": int,
        },
        pk=("date", "number"),
    )  # fmt: skip
    db.table("call").create(
        {
            "seq": int, "date": str, "number": str, "counter": int, "clerk": str, "attempt": int, "hall_ms": int,
            "reason": str,
        },
        pk="seq",
    )  # fmt: skip
    db.table("print_job").create(
        {
            "date": str, "job": str, "number": str, "copy": int, "printer": str, "state": str, "attempt": int,
            "proof": str, "reason": str, "queued_ms": int, "ended_ms": int,
        },
        pk=("date", "job"),
    )  # fmt: skip


@journal()
def m002_refused(db: Database) -> None:
    """Make the count of refused numbers, which stands in no line: see `docs/decisions/0015`.

    `asked` counts every attempt, `counted` those that were not made again within a minute; `last_ms` is the newest.
    """
    db.table("refused").create(
        {
            "date": str, "hour": int, "service": str, "code": str, "place": str, "asked": int, "counted": int,
            "last_ms": int,
        },
        pk=("date", "hour", "service", "code", "place"),
        not_null={"asked", "counted", "last_ms"},
    )  # fmt: skip


@projections()
def m002_reports(db: Database) -> None:
    """Make what reports read: a ticket's way through each service's line, and what counters and printers went through.

    `leg` has one row for each line a ticket stood in, from its arrival to its first call and its end; `served_ms` is
    the service without holds, `since_ms` when the service under way began. `happening` has the lines of counters,
    printers, the head's word and interruptions as rows.
    """
    db.table("leg").create(
        {
            "date": str, "number": str, "leg": int, "service": str, "ticket_class": str, "arrival": str, "trial": int,
            "counter": int, "clerk": str, "arrived_ms": int, "called_ms": int, "call_attempts": int,
            "promise_ms": int, "since_ms": int, "served_ms": int, "ended_ms": int, "end": str,
        },
        pk=("date", "number", "leg"),
    )  # fmt: skip
    db.table("happening").create(
        {
            "seq": int, "date": str, "hall_ms": int, "kind": str, "counter": int, "name": str, "detail": str,
            "from_ms": int, "until_ms": int,
        },
        pk="seq",
    )  # fmt: skip
    db.table("happening").create_index(["date"])
    db.table("call").create_index(["date"])


@projections()
def m003_survey(db: Database) -> None:
    """Make the answers to the survey and the quick ratings; an older database is read anew into them."""
    asked = {"seq": int, "date": str, "agency": str, "service": str, "way": str, "trial": int}
    facts = {"half": str, "sex": str, "education": str, "occupation": str}
    scores = {f"u{element}": int for element in range(1, 10)}
    db.table("survey").create({**asked, **facts, **scores}, pk="seq")
    db.table("survey").create_index(["date"])
    db.table("rating").create({**asked, "score": int}, pk="seq")
    db.table("rating").create_index(["date"])


PROJECTED = ("day", "standing", "ticket", "call", "print_job", "leg", "happening", "survey", "rating")
"""The tables that can be dropped and rebuilt from the journal."""
