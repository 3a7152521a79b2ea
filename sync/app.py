"""The process `antrean sync`: pushes a hall's journal to its region until it is told to end."""

from contextlib import closing
from pathlib import Path

from config.errors import AntreanError
from sync.ending import Ended, Ending
from sync.link import Link
from sync.push import Pusher, Turn
from sync.report import Report, announce
from sync.rules import ONCE_TRIES
from sync.source import JournalAway, JournalSource
from sync.watermark import Watermark

TOKEN_FILE = "region.token"  # noqa: S105  the name of a file


class NoToken(AntreanError):
    """There is no token for the region beside the watermark."""

    key = "sync.no_token"


def run(
    hall_db: Path, region: str, state: Path, *, hall_id: str, once: bool, interval_s: float, token: str | None = None
) -> int:
    """Push the journal in `hall_db` to the region at that URL and return the process's exit code.

    `state` is the file of the watermark; the region's token is read from `region.token` beside it where none is given.
    `once` ends when the region holds all, with 1 where that cannot be had; else the journal is looked at every
    `interval_s` seconds until SIGTERM or SIGINT. Prints "sync ready", then "sync pushed N" whenever the region has
    acknowledged the lines up to N.
    """
    ending, report = Ending(), Report()
    with ending.on_signals(), report:
        try:
            secret = token if token is not None else read_token(state.with_name(TOKEN_FILE))
            with Watermark(state, hall_id) as watermark, closing(Link(region, secret, ending)) as link:
                pusher = Pusher(JournalSource(hall_db, hall_id), watermark, link)
                announce("sync ready")
                return drive(pusher, ending, report, once=once, interval_s=interval_s)
        except Ended:
            return 0
        except AntreanError as error:
            report.trouble(error)
            return 1


def read_token(path: Path) -> str:
    """Return the region's token; NoToken where the file is not there or empty."""
    try:
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoToken(path=path) from error
    if not token or not token.isprintable() or " " in token:
        raise NoToken(path=path)
    return token


def drive(pusher: Pusher, ending: Ending, report: Report, *, once: bool, interval_s: float) -> int:
    """Take turns until the end is asked for, or, once, until all is pushed or it will not be."""
    failures = 0
    while not ending.asked:
        turn = pusher.turn()
        tell(turn, pusher, report)
        failures = failures + 1 if turn.trouble else 0
        if once and turn.outcome == "idle":
            return 0
        if once and (turn.outcome == "stuck" or failures >= ONCE_TRIES):
            return 1
        ending.wait(interval_s if turn.outcome == "idle" else turn.wait_s)
    return 0


def tell(turn: Turn, pusher: Pusher, report: Report) -> None:
    """Announce what the region acknowledged, and say what stands in the way."""
    report.trouble(turn.trouble)
    if turn.outcome != "acked":
        return
    pushed = pusher.pushed
    announce(f"sync pushed {pushed}")
    try:
        report.moved(pushed, pusher.source.newest())
    except JournalAway as error:
        report.trouble(error)
