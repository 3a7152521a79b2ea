"""The page of the hall's machines: printers and paper, kiosks, screens, the push; and what rules the whole hall."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from config.wording import Words
from hub.hub import Hub
from hub.pages.door import entered
from hub.pages.fields import act
from hub.pages.frame import hidden, hub_of, page, section, table, words_of
from hub.pages.outside import Outside, outside_of
from hub.pages.places import forces
from hub.rules.issuing import hall_of
from hub.rules.printing import tickets_left
from hub.rules.state import DEVICE_ROLES, Milliseconds, moment
from hub.rules.tickets import MINUTE_MS
from web.html import Markup, Part, element

BACK = "/hall/machines"
HOUR_MINUTES, DAY_MINUTES = 60, 1_440

router = APIRouter(prefix="/hall", include_in_schema=False)


@router.get("/machines")
async def machines(request: Request) -> Response:
    """Show every machine and when it was last heard of."""
    person, hub, words = entered(request), hub_of(request), words_of(request)
    outside = outside_of(hub)
    return page(
        request,
        person,
        words.say("hall.machines"),
        section(words.say("hall.whole_hall"), *forces(hub, words, "hall", BACK), *trial(hub, words)),
        *helps(hub, words),
        section(words.say("hall.printers"), printer_table(hub, outside, words)),
        section(words.say("hall.devices"), *device_table(hub, outside, words)),
        section(words.say("hall.sync"), push(outside, words)),
        tab="machines",
    )


def trial(hub: Hub, words: Words) -> Iterable[Markup]:
    """Yield the form that starts or ends trial mode."""
    turn, label = ("false", "trial_off") if hub.state.trial else ("true", "trial_on")
    yield act(words, "trial", BACK, hidden("on", turn), label=label, ask=not hub.state.trial, tone="second")


def helps(hub: Hub, words: Words) -> Iterable[Markup]:
    """Yield who asks for help, with the form that says that somebody goes."""
    asked = [found for found in hub.state.helps.values() if found.answered_by is None]
    if asked:
        lines = [
            element(
                "div",
                element("p", "! ", words.say(f"hall.alarm_help_{found.kind}", place=found.place), class_="alarm told"),
                act(words, "answer-help", BACK, hidden("help", found.help)),
            )
            for found in asked
        ]
        yield section(words.say("hall.help"), *lines)


def printer_table(hub: Hub, outside: Outside, words: Words) -> Markup:
    """Return every printer, its state, its paper and when its agent was last heard, with the form for a new roll."""
    rows: list[tuple[Part, ...]] = []
    for name, printer in hall_of(hub.state).printer_by_id.items():
        status, left = hub.state.printers.get(name) or "NO_ANSWER", tickets_left(hub.state, name)
        paper = "–" if left is None else words.say("hall.tickets_left", count=words.number(left))
        roll = act(words, "new-roll", BACK, hidden("printer", name), ask=True, tone="second")
        agent = heard(hub, outside, hub.attendance.speaker(name), words)
        rows.append((name, words.say(f"hall.printer_{status}"), paper, agent, printer.kiosk, roll))
    names = ("printer", "state", "paper", "last_seen", "kiosk", "new_roll")
    return table([words.say(f"hall.{name}") for name in names], rows, has_acts=True)


def device_table(hub: Hub, outside: Outside, words: Words) -> Iterable[Markup]:
    """Yield every device, paired or but in the hall file: whether it is connected, or when it was last."""
    devices = [d for d in hub.state.devices.values() if d.role in DEVICE_ROLES]
    order = sorted(devices, key=lambda d: (d.device in outside.connected, DEVICE_ROLES.index(d.role), d.device))
    rows = [(d.device, heard(hub, outside, d.device, words), words.say(f"hall.role_{d.role}")) for d in order]
    rows += [
        (name, f"! {words.say('hall.never_paired')}", words.say(f"hall.role_{role}"))
        for role, known in (("kiosk", hall_of(hub.state).kiosks), ("display", hall_of(hub.state).screens))
        for name in (each.id for each in known)
        if name not in hub.state.devices
    ]
    yield element("p", words.say("hall.seen_hint"))
    yield table([words.say(f"hall.{name}") for name in ("device", "last_seen", "role")], rows)


def heard(hub: Hub, outside: Outside, device: str, words: Words) -> str:
    """Return whether a device is connected, or when it was last since the hub was started."""
    if device in outside.connected:
        return f"✓ {words.say('hall.is_connected')}"
    at_ms = outside.seen.get(device)
    return f"! {words.say('hall.not_connected')}" if not at_ms else f"! {time_of(hub, at_ms, words)}"


def time_of(hub: Hub, at_ms: Milliseconds, words: Words) -> str:
    """Return the time of day of a hall time, with its date where it was not today."""
    at, now = (moment(hall_of(hub.state), ms) for ms in (at_ms, hub.clock.now().hall_ms))
    return words.minute(at.minute) if at.date == now.date else f"{words.day(at.date)}, {words.minute(at.minute)}"


def push(outside: Outside, words: Words) -> Markup:
    """Return how the push to the region goes, and when that was told last."""
    told = outside.sync
    if told is None:
        return element("p", words.say("hall.sync_never"))
    lines = words.say("hall.sync_lines", held=words.number(told.held), waiting=words.number(told.waiting))
    said = [lines, words.say("hall.sync_told", ago=ago(words, outside.wall_ms - told.at_ms))]
    if told.failing_since_ms is not None:
        said.append(words.say("hall.sync_failing", ago=ago(words, outside.wall_ms - told.failing_since_ms)))
    if told.is_resting:
        said.append(words.say("hall.sync_resting"))
    return element("p", " ".join(said))


def ago(words: Words, ms: Milliseconds) -> str:
    """Return how long ago something was, in the unit that people would use."""
    minutes = max(0, ms) // MINUTE_MS
    if minutes < 2 * HOUR_MINUTES:
        return words.say("hall.minutes_ago", minutes=minutes)
    if minutes < 2 * DAY_MINUTES:
        return words.say("hall.hours_ago", hours=minutes // HOUR_MINUTES)
    return words.say("hall.days_ago", days=words.number(minutes // DAY_MINUTES))
