"""What one printer has to do, as the hub's feed tells it: one thread listens and fills it, another prints."""

import json
from collections.abc import Callable
from threading import Condition, Event

from websockets.exceptions import WebSocketException

from config.hall import Hall
from hub.client.device import Device
from hub.client.listen import WAIT_S, messages
from hub.client.mirror import FeedBroken, Mirror
from hub.client.views import OPEN_JOBS, JobView
from ui.lines import tell

POLL_S = 0.5


class Desk:
    """The open jobs of one printer, the hall they belong to, and how the hub believes the printer to be.

    Whoever waits here waits no longer than `stop`.
    """

    def __init__(self, printer: str, stop: Event) -> None:
        self.printer = printer
        self.hall: Hall | None = None
        self.now_ms = 0
        self.looks = 0
        self.status = ""
        self._jobs: list[JobView] = []
        self._changed, self._stop = Condition(), stop

    def look(self, mirror: Mirror) -> None:
        """Take over what a mirror says now."""
        mine = (job for job in mirror.jobs.values() if job["printer"] == self.printer and job["state"] in OPEN_JOBS)
        jobs = sorted(mine, key=in_turn)
        with self._changed:
            self.hall, self.now_ms, self._jobs = mirror.hall, mirror.now_ms, jobs
            known = mirror.printers.get(self.printer)
            self.status = known["status"] if known else ""
            self.looks += 1
            self._changed.notify_all()

    def wake(self) -> None:
        """Let whoever waits here see that `stop` is set."""
        with self._changed:
            self._changed.notify_all()

    def opened(self) -> Hall | None:
        """Wait for the hub's first word and return the hall; None where the end came first."""
        self._wait(lambda: self.hall is not None, None)
        return self.hall

    def begun(self) -> list[JobView]:
        """Return the jobs that are on their way to the paper."""
        with self._changed:
            return [job for job in self._jobs if job["state"] != "queued"]

    def next_job(self, *, also: set[str], deadline_s: float) -> JobView | None:
        """Return the oldest queued job, or one of `also` that is being sent; None where none comes in time."""
        self._wait(lambda: self._first(also) is not None, deadline_s)
        return self._first(also)

    def changed(self, looks: int, deadline_s: float) -> None:
        """Wait until the hub has said more than so many `looks`."""
        self._wait(lambda: self.looks > looks, deadline_s)

    def _wait(self, come: Callable[[], bool], deadline_s: float | None) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stop.is_set() or come(), deadline_s)

    def _first(self, also: set[str]) -> JobView | None:
        return next((job for job in self._jobs if job["state"] == "queued" or begun_by_us(job, also)), None)


def in_turn(job: JobView) -> tuple[int, int, str, int]:
    """Return what puts jobs in order: when they were queued, and at one moment the lower number first."""
    return job["queued_ms"], len(job["number"]), job["number"], job["copy"]


def begun_by_us(job: JobView, also: set[str]) -> bool:
    """Tell whether the hub has taken our word that this job begins, though its answer was lost on the way."""
    return job["state"] == "sending" and job["job"] in also


def follow(device: Device, desk: Desk, stop: Event) -> None:
    """Keep a desk up to date until `stop` is set; say when the hub is lost and when it is back."""
    mirror, tries = Mirror(), 0
    while not stop.is_set():
        try:
            for events in messages(device, mirror, stop, POLL_S):
                if events is not None:
                    tries = back(tries)
                    desk.look(mirror)
        except FeedBroken:
            continue
        except (OSError, WebSocketException, json.JSONDecodeError):
            tries = lost(tries)
            stop.wait(WAIT_S[min(tries, len(WAIT_S)) - 1])


def lost(tries: int) -> int:
    """Count one more failure, and say so the first time."""
    if tries == 0:
        tell("printer hub lost")
    return tries + 1


def back(tries: int) -> int:
    """Count from nothing again, and say so after failures."""
    if tries:
        tell("printer hub back")
    return 0
