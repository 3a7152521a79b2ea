"""What the running line tells: who is on a break until when, what is closed, the hall's own word. Pure."""

from collections.abc import Collection, Iterable, Iterator

from config.hours import serving_hours
from display.faces import Scene, ranges
from hub.client.mirror import Mirror
from hub.client.views import CounterView


def notices(scene: Scene, mirror: Mirror) -> tuple[str, ...]:
    """Return the sentences of now: who is on a break until when, those closed while others of the screen work, ours."""
    views = [mirror.counters[c.number] for c in scene.counters() if c.number in mirror.counters]
    return (*breaks(scene, views), *closed(scene, mirror, views), *own(scene, mirror))


def own(scene: Scene, mirror: Mirror) -> Iterator[str]:
    """Yield the sentences that the hall file wants said today, those that are there in this language."""
    moment = mirror.moment()
    for notice in scene.hall.notices if moment else ():
        if moment and notice.counts_on(moment.date()) and notice.text(scene.words.language):
            yield notice.text(scene.words.language)


def breaks(scene: Scene, views: Iterable[CounterView]) -> Iterator[str]:
    """Yield "Loket 7 istirahat sampai pukul 13.00 WIB.", one sentence for all who return at the same time."""
    resting: dict[int | None, list[int]] = {}
    for view in views:
        if view["state"] == "paused":
            resting.setdefault(view["until_ms"], []).append(view["counter"])
    for until_ms, counters in resting.items():
        yield scene.until("display.notice_break", until_ms, counters=ranges(counters))


def closed(scene: Scene, mirror: Mirror, views: Collection[CounterView]) -> Iterator[str]:
    """Yield which counters are closed, within the hall's hours and while others are not."""
    shut = [view["counter"] for view in views if view["state"] == "closed"]
    if shut and len(shut) < len(views) and is_open(scene, mirror):
        yield scene.words.say("display.notice_closed", counters=ranges(shut))


def is_open(scene: Scene, mirror: Mirror) -> bool:
    """Tell whether the hall serves now."""
    moment = mirror.moment()
    hours = serving_hours(scene.hall, moment.date()) if moment else None
    return bool(moment and hours and hours.open <= moment.hour * 60 + moment.minute < hours.close)
