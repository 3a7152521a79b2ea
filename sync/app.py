"""The process `antrean sync`: pushes a hall's journal to its region until it is told to end."""

import time
from collections.abc import Callable
from contextlib import closing
from math import inf
from pathlib import Path

from config.errors import AntreanError
from hub.client.http import HubClient
from sync.ahead import Ahead
from sync.ending import Ended, Ending
from sync.enrolment import KEY_FILE, region_of
from sync.files import Files
from sync.link import Link
from sync.live import Live
from sync.push import Pusher, Turn
from sync.report import Report, announce
from sync.rules import ONCE_TRIES
from sync.signature import key_at
from sync.source import JournalAway, JournalSource
from sync.told import Told
from sync.watermark import Watermark


def run(
    hall_db: Path,
    state: Path,
    *,
    hall_id: str,
    once: bool,
    interval_s: float,
    hub: Callable[[], HubClient] | None = None,
) -> int:
    """Push the journal in `hall_db` to the region it is enrolled with and return the process's exit code.

    `state` is the file of the watermark; the hall's key and what is known of the region lie beside it.
    `once` ends when the region holds all, with 1 where that cannot be had; else the journal is looked at every
    `interval_s` seconds until SIGTERM or SIGINT. Prints "sync ready", then "sync pushed N" whenever the region has
    acknowledged the lines up to N. With a way to the `hub` the region's files are taken too.
    """
    ending, report = Ending(), Report()
    with ending.on_signals(), report:
        try:
            region, key = region_of(state.parent), key_at(state.with_name(KEY_FILE))
            link = Link(region.url, key, ending, region_key=region.key)
            source = JournalSource(hall_db, hall_id)
            with Watermark(state, hall_id) as watermark, closing(link), closing(Ahead(source)) as ahead:
                pusher = Pusher(source, watermark, link, ahead=ahead)
                announce("sync ready")
                live = Live(hall_db, hall_id, link, time.monotonic)
                clock = time.monotonic
                files = Files(hall_db.parent, state.parent, hall_id, link, region.key, hub, clock) if hub else None
                told = Told(hall_db.parent, watermark)
                return drive(
                    pusher, ending, report, once=once, interval_s=interval_s, live=live, files=files, told=told
                )
        except Ended:
            return 0
        except AntreanError as error:
            report.trouble(error)
            return 1


def drive(
    pusher: Pusher,
    ending: Ending,
    report: Report,
    *,
    once: bool,
    interval_s: float,
    live: Live | None = None,
    files: Files | None = None,
    told: Told | None = None,
) -> int:
    """Take turns until the end is asked for, or, once, until all is pushed or it will not be."""
    failures, sent_at, of_files = 0, -inf, Report()
    while not ending.asked:
        if not once and (rest_s := resting(pusher, sent_at)):
            if told is not None:
                told.tell(behind(pusher), failures, is_resting=True)
            ending.wait(min(rest_s, interval_s))
            continue
        turn = pusher.turn()
        tell(turn, pusher, report)
        sent_at = time.monotonic()
        if live is not None:
            live.tell(behind(pusher))
        if files is not None:
            of_files.trouble(files.turn())
        failures = failures + 1 if turn.trouble else 0
        if told is not None:
            told.tell(behind(pusher), failures)
        if once and turn.outcome == "idle":
            return 0
        if once and (turn.outcome == "stuck" or failures >= ONCE_TRIES):
            return 1
        if turn.outcome == "stuck":
            rest(pusher, ending, turn.wait_s, interval_s)
        else:
            ending.wait(interval_s if turn.outcome == "idle" else turn.wait_s)
    return 0


def behind(pusher: Pusher) -> int:
    """Return how many lines the region lacks, 0 while the journal cannot be read."""
    try:
        return max(0, pusher.source.newest() - pusher.pushed)
    except JournalAway:
        return 0


def rest(pusher: Pusher, ending: Ending, wait_s: float, interval_s: float) -> None:
    """Wait for a person: until the time is over, the end is asked for, or the hub has opened another epoch."""
    over_s = time.monotonic() + wait_s
    while not ending.asked and time.monotonic() < over_s and not pusher.is_stale:
        ending.wait(interval_s)


def resting(pusher: Pusher, sent_at: float) -> float:
    """Return the seconds to leave the link alone by the hall file; 0 while the journal cannot be read."""
    try:
        plan, waiting = pusher.source.plan(), pusher.source.newest() - pusher.pushed
    except JournalAway:
        return 0.0
    return plan.rest_s(plan.minute(time.time()), waiting=waiting, quiet_s=time.monotonic() - sent_at)


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
