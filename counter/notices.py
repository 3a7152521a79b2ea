"""What a panel tells by itself, the most urgent first: calls for help, printers in trouble, a break that comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from config.hours import hours_of
from counter.choices import printer_line, printer_place, ring_line, rings
from counter.course import Scene
from hub.client.views import HelpView

BREAK_SOON_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence; `name` tells it from others, `tone` and `icon` are those of the panel's message."""

    name: str
    text: str
    tone: str
    icon: str


def notices(scene: Scene) -> list[Notice]:
    """Return all there is to tell now, the most urgent first."""
    return [*(rung(scene, asked) for asked in rings(scene)), *printers(scene), *break_soon(scene)]


def rung(scene: Scene, asked: HelpView) -> Notice:
    """Return the sentence of a call for help."""
    is_alarm = asked["kind"] == "emergency"
    tone, icon = ("alarm", "alert-triangle") if is_alarm else ("call", "user-question")
    return Notice(f"{asked['help']} {asked['asked_ms']}", ring_line(scene, asked), tone, icon)


def printers(scene: Scene) -> Iterator[Notice]:
    """Yield the trouble of each printer: those that cannot print first, then those whose paper is nearly at its end."""
    views = scene.mirror.printers
    for name in sorted(views, key=lambda name: views[name]["status"] == "PAPER_LOW"):
        status = views[name]["status"]
        if status != "ONLINE":
            text = f"{printer_place(scene, name)}: {printer_line(scene, name)}"
            tone = "primary" if status == "PAPER_LOW" else "call"
            yield Notice(f"{name} {status}", text, tone, "printer-off")


def paper_of(scene: Scene, number: str) -> Notice | None:
    """Return what has become of a number's paper; None while it is on its way."""
    ticket = scene.mirror.tickets.get(number)
    if ticket is None or ticket["paper"] in ("queued", "printing"):
        return None
    paper = ticket["paper"]
    if paper == "printed":
        return Notice(f"{number} {paper}", scene.words.say("staff.paper_out", number=number), "good", "printer")
    return Notice(f"{number} {paper}", scene.words.say("staff.paper_missing", number=number), "alarm", "printer-off")


def break_soon(scene: Scene) -> Iterator[Notice]:
    """Yield that the counter's break begins within ten minutes, and how many wait."""
    local = datetime.fromtimestamp(scene.now.now_ms / 1000, scene.hall.timezone)
    minute = local.hour * 60 + local.minute
    hours, counter, agency = (
        hours_of(scene.hall, local.date()),
        scene.hall.counter_by_number.get(scene.counter),
        scene.agency,
    )
    found = [*(hours.breaks if hours else ()), *(agency.breaks if agency else ()), *(counter.breaks if counter else ())]
    soon = [pause.start for pause in found if 0 < pause.start - minute <= BREAK_SOON_MINUTES]
    if soon and scene.now.stage in ("idle", "called", "serving"):
        at = local.replace(hour=min(soon) // 60, minute=min(soon) % 60)
        text = scene.words.say("staff.break_soon", time=scene.words.clock(at), count=scene.now.waiting)
        yield Notice(f"break {min(soon)}", text, "primary", "coffee")
