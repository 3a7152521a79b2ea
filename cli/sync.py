"""`antrean sync` and `antrean region`: the push of the hall's records, and the server that takes it."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from cli import publish

if TYPE_CHECKING:
    from config.wording import Words
    from sync.status import Status

DataArgument = Annotated[Path, typer.Argument(help="The hub's data folder; the hub may run or not.")]
Database = Annotated[
    str | None,
    typer.Option(
        envvar="ANTREAN_REGION_DATABASE",
        help="PostgreSQL instead of the SQLite file in DATA, as postgresql://antrean@localhost/region; "
        "leave the password to ~/.pgpass.",
    ),
]
RegionData = Annotated[Path, typer.Argument(help="The region's data folder; made if missing.")]
StateOption = Annotated[
    Path | None,
    typer.Option(help="The file that remembers what the region holds; the key lies beside it (default: DATA/sync.db)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class RunsFirst(TyperGroup):
    """Commands of which `run` is meant where none is named."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put `run` before words that begin with no command."""
        named = args and (args[0] in self.commands or args[0] in ("-h", "--help"))
        return super().parse_args(ctx, args if named or not args else ["run", *args])


sync_app = typer.Typer(
    cls=RunsFirst,
    no_args_is_help=True,
    help="The push of the hall's records to the region.",
    epilog="Example: antrean sync enrol 7Q2M-94XC-KB0D-31VN /var/lib/antrean --region https://wilayah.example",
)
region_app = typer.Typer(
    cls=RunsFirst,
    no_args_is_help=True,
    help="The regional server, which takes the halls' records.",
    epilog="Example: antrean region run /var/lib/antrean-region",
)


def add_to(app: typer.Typer) -> None:
    """Add both groups of commands."""
    sync_app.command(name="run", epilog="Example: antrean sync run /var/lib/antrean")(sync)
    sync_app.command(
        name="enrol",
        epilog="Example: antrean sync enrol 7Q2M-94XC-KB0D-31VN /var/lib/antrean --region https://wilayah.example",
    )(enrol)
    sync_app.command(name="status", epilog="Example: antrean sync status /var/lib/antrean --json")(status)
    sync_app.command(
        name="rejoin", epilog='Example: antrean sync rejoin /var/lib/antrean --reason "restored from a backup"'
    )(rejoin)
    region_app.command(name="run", epilog="Example: antrean region run /var/lib/antrean-region")(region)
    region_app.command(name="invite", epilog="Example: antrean region invite mpp-muara-enim /var/lib/antrean-region")(
        invite
    )
    region_app.command(name="password", epilog="Example: antrean region password /var/lib/antrean-region")(password)
    publish.add_to(region_app)
    region_app.command(name="verify", epilog="Example: antrean region verify /var/lib/antrean-region")(verify)
    app.add_typer(sync_app, name="sync")
    app.add_typer(region_app, name="region")


def hall_of(data: Path) -> str:
    """Return the id of the hall whose journal lies in a data folder; JournalError where there is no line yet."""
    from journal.line import decode
    from journal.store import JournalError, reading_end

    connection = reading_end(data)
    first = connection.execute("SELECT line FROM journal WHERE seq = 1").fetchone()
    connection.close()
    if first is None:
        raise JournalError(path=str(data), why="no first line yet")
    return str(decode(first[0]).body["hall"])


def sync(
    data: DataArgument,
    state: StateOption = None,
    once: Annotated[bool, typer.Option("--once", help="End as soon as the region holds all.")] = False,
    every: Annotated[float, typer.Option(help="Seconds between two looks at the journal.", min=0.1)] = 5.0,
    take_files: Annotated[
        bool, typer.Option("--take-files", help="Take the hall file, holidays and media that the region publishes.")
    ] = False,
) -> None:
    """Push the journal's lines to the region, from where it left off."""
    from hub.hub import head_client
    from sync.app import run

    hall, watermark = hall_of(data), state or data / "sync.db"
    hub = partial(head_client, data) if take_files else None
    raise typer.Exit(run(data / "hall.db", watermark, hall_id=hall, once=once, interval_s=every, hub=hub))


def enrol(
    code: Annotated[
        str,
        typer.Argument(
            help="The region's one-time code for this hall, or all that its QR code says, as a scanner types it."
        ),
    ],
    data: DataArgument,
    region: Annotated[str | None, typer.Option(help="The region's address; the QR code says it.")] = None,
    state: StateOption = None,
) -> None:
    """Make this hall's key, which never leaves the machine, and let the region know it."""
    from sync.card import card_in
    from sync.enrolment import enrol as enrolled

    card = card_in(code)
    url, hall, secret = (card.region, card.hall, card.code) if card else (region, hall_of(data), code)
    if url is None:
        raise typer.BadParameter("--region is missing: a code alone does not say where the region is")
    if hall != hall_of(data):
        raise typer.BadParameter(f"this invitation is for {hall}, and the journal here is of {hall_of(data)}")
    folder = (state or data / "sync.db").parent
    told = enrolled(folder, url, hall, secret)
    print(f"enrolled {told.hall} {told.url}")


def rejoin(
    data: DataArgument,
    reason: Annotated[str, typer.Option(help="Why, for example: restored from the backup of 3 December.")],
    state: StateOption = None,
) -> None:
    """Let a hall that was restored from a backup, cloned or replaced go on: its running hub opens a new epoch."""
    from config.wording import Words
    from hub.hub import head_client
    from sync.rejoin import rejoin as rejoined

    hub = head_client(data)
    try:
        watermark = state or data / "sync.db"
        epoch, common = rejoined(data / "hall.db", watermark, hub, hall_id=hall_of(data), reason=reason)
    finally:
        hub.close()
    print(Words().say("sync.rejoined", epoch=epoch, common=common))


def status(data: DataArgument, state: StateOption = None, as_json: JsonOption = False) -> None:
    """Tell how far the region holds the journal, what waits, and what hinders; the push may run meanwhile."""
    from config.wording import Words
    from sync.status import status_of

    found = status_of(data / "hall.db", state or data / "sync.db", hall_of(data), time.time())
    if as_json:
        print(json.dumps({**asdict(found), "waiting": found.waiting}))
    else:
        print("\n".join(status_lines(found, Words())))


def status_lines(found: "Status", words: "Words") -> Iterator[str]:
    """Yield the sentences that tell a status."""
    counts = {name: words.number(getattr(found, name)) for name in ("held", "newest", "waiting")}
    yield words.say("sync.status", hall=found.hall, url=found.region, **counts)
    if found.received_ms is None:
        yield words.say("sync.status_never")
    else:
        moment = datetime.fromtimestamp(found.received_ms / 1000, UTC).astimezone()
        yield words.say("sync.status_receipt", when=moment.isoformat(sep=" ", timespec="seconds"))
    if found.failures:
        yield words.say("sync.status_failures", failures=found.failures)
    if found.opens_in:
        yield words.say("sync.status_resting", minutes=found.opens_in)
    if found.files_mistakes:
        mistakes = "\n".join(f"  {each}" for each in found.files_mistakes)
        yield words.say("sync.files_refused", version=found.files_version, mistakes=mistakes)
    elif found.files_version is not None:
        yield words.say("sync.files_taken", version=found.files_version)


def region(
    data: RegionData,
    host: Annotated[
        str, typer.Option(help="The address to listen on; other machines reach only others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 8200,
    accept_simulated: Annotated[
        bool, typer.Option("--accept-simulated", help="Take journals in simulated time too.")
    ] = False,
    database: Database = None,
    keep_days: Annotated[
        int, typer.Option(help="Days that events and tickets are kept as rows; 0: for ever.", min=0, max=36_500)
    ] = 400,
) -> None:
    """Run the regional server: take pushes, show on one page what it holds."""
    from region.app import run

    code = run(data, host=host, port=port, accept_simulated=accept_simulated, database=database, keep_days=keep_days)
    raise typer.Exit(code)


def invite(
    hall: Annotated[str, typer.Argument(help="The hall's id, for example mpp-muara-enim.")],
    data: RegionData,
    url: Annotated[
        str | None,
        typer.Option(help="The region's address as the hall sees it: prints all it needs, as a QR code too."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print a one-time code, good for three days, with which that hall enrols; the server may run meanwhile."""
    import segno

    from region.app import wall_ms
    from region.invitations import Invitations
    from region.tables import HALL_ID
    from sync.card import Card

    if not re.fullmatch(HALL_ID, hall):
        raise typer.BadParameter("a hall's id has small letters, digits and hyphens")
    code = Invitations(data).make(hall, wall_ms())
    card = Card(url, hall, code).text() if url else ""
    if as_json:
        print(json.dumps({"hall": hall, "code": code, **({"card": card} if card else {})}))
        return
    print(code)
    if card:
        print(card)
        segno.make(card, error="m").terminal(compact=True)


def password(
    data: RegionData,
    new: Annotated[
        str,
        typer.Option(
            "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out."
        ),
    ],
) -> None:
    """Set the password of the region's pages, at least eight characters; the server may run meanwhile."""
    from region.door import SHORTEST, set_password

    if len(new) < SHORTEST:
        raise typer.BadParameter(f"at least {SHORTEST} characters")
    set_password(data, new)


def verify(data: RegionData, database: Database = None, as_json: JsonOption = False) -> None:
    """Recompute each hall's chain from the stored bytes; exit code 0 where all are whole, 1 otherwise."""
    from region.verify import verify as verified

    proofs = verified(data, database)
    if as_json:
        print(json.dumps([{**asdict(proof), "whole": proof.whole} for proof in proofs]))
    else:
        for proof in proofs:
            told = "whole" if proof.whole else f"BROKEN at line {proof.broken_at}"
            print(f"{proof.hall} epoch {proof.epoch}: {proof.lines} lines, head {proof.head[:16]}, {told}")
    raise typer.Exit(0 if all(proof.whole for proof in proofs) else 1)
