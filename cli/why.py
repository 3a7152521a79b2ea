"""`antrean why`: why a number was called when it was."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="why", epilog="Example: antrean why A012 --data /var/lib/antrean")(why)


def why(
    number: Annotated[str, typer.Argument(help="A number, for example A012.")],
    data: Annotated[Path, typer.Option(help="A hub's data folder; the hub may run meanwhile.")],
    date: Annotated[str | None, typer.Option(help="The day, as 2026-11-30 (default: the newest).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: Annotated[str, typer.Option(help="The language of the sentences: id or en.")] = "id",
) -> None:
    """Tell for each call of a number the points that decided, or the reason the clerk gave."""
    from journal.store import JournalError, reading_end

    connection = reading_end(data)
    rows = connection.execute(
        "SELECT date, counter, clerk, attempt, hall_ms, reason FROM call WHERE number = ?"
        " AND date = coalesce(?, (SELECT max(date) FROM day)) ORDER BY seq",
        (number, date),
    ).fetchall()
    connection.close()
    if not rows:
        raise JournalError(path=str(data), why=f"{number} was not called")
    names = ("date", "counter", "clerk", "attempt", "hall_ms", "reason")
    calls = [dict(zip(names, row, strict=True)) | {"reason": json.loads(row[5])} for row in rows]
    if as_json:
        print(json.dumps(calls))
        return
    for call in calls:
        print(sentence(number, call, language))


def sentence(number: str, call: dict[str, Any], language: str) -> str:
    """Return one call in a sentence: `A012: 14 menit x 3 = 42 poin; berikutnya B031: 38 menit x 1 = 38 poin`."""
    from config.wording import Words

    words, reason = Words(language), call["reason"]
    at = words.say("why.call", number=number, counter=call["counter"], clerk=call["clerk"], attempt=call["attempt"])
    if reason is None:
        return f"{at} {words.say('why.recall')}"
    if reason["rule"] == "number":
        return f"{at} {words.say('why.number', why=reason['why'], count=reason['passed_over'])}"
    if reason["rule"] == "visit":
        return f"{at} {words.say('why.visit', other=reason['after'])}"
    key = "why.priority" if reason.get("priority_first") else "why.points"
    told = f"{at} {words.say(key, **shown(number, reason, words))}"
    following = reason.get("next")
    return f"{told} {words.say('why.next', **shown(following['number'], following, words))}" if following else told


def shown(number: str, reason: dict[str, Any], words: Any) -> dict[str, object]:
    """Return the figures of a ticket's points, in minutes."""
    return {
        "number": number,
        "minutes": words.number(reason["waited_s"] / 60),
        "weight": words.number(reason["weight"]),
        "points": words.number(reason["points"] / 600),
    }
