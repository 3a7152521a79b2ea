"""`antrean hall …`: numbers by hand, counters, papers and calls for help, from a terminal on the hub's machine."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.hall_acts import DATA, Counter, Data, Number, Reason, Service, Until, told, until_ms


class Word(StrEnum):
    """What is known of a paper."""

    out = "out"
    missing = "missing"
    noted = "noted"


def add_to(group: typer.Typer) -> None:
    """Add the commands."""
    for command, example in (
        (issue, 'antrean hall issue dukcapil-ktp-rekam --reason "anjungan rusak"'),
        (ticket, "antrean hall ticket A012"),
        (resume_ticket, "antrean hall resume-ticket A012"),
        (settle_paper, "antrean hall settle-paper A012 missing"),
        (open_counter, "antrean hall open-counter 5"),
        (pause_counter, 'antrean hall pause-counter 5 --reason "salat" --until 12:30'),
        (answer_help, "antrean hall answer-help staff@anjungan-1"),
        (new_roll, "antrean hall new-roll anjungan-1-printer"),
    ):
        group.command(name=command.__name__.replace("_", "-"), epilog=f"Example: {example}")(command)


def issue(service: Service, reason: Reason, data: Data = DATA) -> None:
    """Give a number by hand, without paper, and print it."""
    from hub.hub import head_client

    answer = head_client(data).command("/v1/tickets", {"service": service, "reason": reason})
    print(answer["ticket"]["number"])


def ticket(number: Number, data: Data = DATA) -> None:
    """Tell all that happened to a number today, as JSON: its state, and the lines of the journal that name it."""
    from hub.hub import head_client
    from hub.pages.tickets import way_of

    head = head_client(data)
    found = head.ask("GET", f"/v1/tickets/{number}")["ticket"]
    way = [[line.hall_ms, line.kind, line.body] for line in way_of(Path(data), head.state()["date"], number)]
    print(json.dumps({"ticket": found, "way": way}))


def resume_ticket(number: Number, data: Data = DATA) -> None:
    """Let a held number wait again."""
    told(data, f"/v1/tickets/{number}/resume", {})


def settle_paper(
    number: Number, word: Annotated[Word, typer.Argument(help="What is known of it.")], data: Data = DATA
) -> None:
    """Say that a doubtful paper is out or missing, or that the visitor has noted the number."""
    told(data, f"/v1/tickets/{number}/paper", {"word": word.value})


def open_counter(counter: Counter, data: Data = DATA) -> None:
    """Open a counter whose clerk has signed in."""
    told(data, f"/v1/counters/{counter}/open", {})


def pause_counter(counter: Counter, reason: Reason = "", until: Until = "", data: Data = DATA) -> None:
    """Pause an open counter that is free."""
    told(data, f"/v1/counters/{counter}/pause", {"reason": reason, "until_ms": until_ms(data, until)})


def answer_help(
    call: Annotated[str, typer.Argument(help="A call for help, as `antrean hall state --json` names it.")],
    data: Data = DATA,
) -> None:
    """Say that somebody goes to who asked for help."""
    told(data, f"/v1/help/{call}/answer", {})


def new_roll(printer: Annotated[str, typer.Argument(help="A printer.")], data: Data = DATA) -> None:
    """Say that a printer has a new roll of paper."""
    told(data, f"/v1/printers/{printer}/new-roll", {})
