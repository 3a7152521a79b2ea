"""What each tap and each key does to a visit where the hub need not be asked: pure rules by the name of what is tapped.

A name that does not stand on the visit's screen any more is not meant, and changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from hub.client.mirror import Mirror
from kiosk import flow, typed
from kiosk.paper import may_take_another
from kiosk.visit import ASKING, CHOOSING, NUMBERED, SERVING, Screen, Visit


@dataclass(frozen=True, slots=True)
class World:
    """What a tap meets: the hub's word and whether it still speaks, this kiosk, what it shows, and the time."""

    mirror: Mirror
    kiosk: str
    here: bool
    languages: tuple[str, ...]
    tiles: tuple[str, ...]
    now: float

    @property
    def code(self) -> str:
        """The technician's code of this kiosk, "" where there is none."""
        hall = self.mirror.hall
        kiosk = hall.kiosk_by_id.get(self.kiosk) if hall is not None else None
        return kiosk.service_code if kiosk is not None else ""


Step = Callable[[Visit, str, World], Visit]


def step(visit: Visit, name: str, world: World) -> Visit:
    """Return the visit after a tap on what has this name, `kind` or `kind:rest`; unchanged where it means nothing."""
    kind, _, rest = name.partition(":")
    found = STEPS.get(kind)
    return found(visit, rest, world) if found is not None else visit


def start(visit: Visit, _: str, world: World) -> Visit:
    """Wake the screen that waits."""
    return flow.home(visit, world.mirror, world.now) if visit.screen is Screen.ATTRACT else visit


def agency(visit: Visit, rest: str, world: World) -> Visit:
    """Choose an agency."""
    chosen = visit.screen is Screen.AGENCIES
    return flow.choose_agency(visit, world.mirror, rest, world.now) if chosen else visit


def service(visit: Visit, rest: str, world: World) -> Visit:
    """Choose a service."""
    chosen = visit.screen in (Screen.SERVICES, Screen.SEARCH)
    return flow.choose_service(visit, world.mirror, rest, world.now) if chosen else visit


def take(visit: Visit, _: str, world: World) -> Visit:
    """Take the number after reading what to bring."""
    return flow.take(visit, world.now) if visit.screen is Screen.BRING else visit


def search(visit: Visit, _: str, world: World) -> Visit:
    """Look for a service by its name."""
    return visit.onto(Screen.SEARCH, world.now) if visit.screen in CHOOSING else visit


def priority(visit: Visit, group: str, world: World) -> Visit:
    """Ask for priority, take it back, or answer which group one belongs to."""
    if visit.screen is Screen.PRIORITY and group:
        return flow.answer_priority(visit, world.mirror, world.now, belongs=group != "none")
    return flow.ask_priority(visit, world.now) if visit.screen in (*CHOOSING, Screen.BRING) else visit


def back(visit: Visit, _: str, world: World) -> Visit:
    """Go one step back; from the technician's corner to the beginning."""
    if visit.screen in SERVING:
        return leave_corner(flow.home(visit, world.mirror, world.now), world)
    return flow.back(visit, world.mirror, world.now) if visit.screen in (*ASKING, Screen.HELP) else visit


def leave_corner(visit: Visit, world: World) -> Visit:
    """Go where a kiosk is without a technician: to its beginning, or to the word that its hub is away."""
    return visit if world.here or visit.screen in SERVING else flow.hub_away(visit)


def language(visit: Visit, _: str, world: World) -> Visit:
    """Speak the next language."""
    return flow.change_language(visit, world.languages, world.now)


def lower(visit: Visit, _: str, world: World) -> Visit:
    """Move everything down into reach, or up again."""
    return replace(visit, lowered=not visit.lowered, touched=world.now)


def large(visit: Visit, _: str, world: World) -> Visit:
    """Make the text large, or plain again."""
    return replace(visit, large=not visit.large, touched=world.now)


def contrast(visit: Visit, _: str, world: World) -> Visit:
    """Show black, white and yellow, or the plain colours again."""
    return replace(visit, contrast=not visit.contrast, touched=world.now)


def aloud(visit: Visit, wish: str, world: World) -> Visit:
    """Read every screen aloud, or no more: "on" where a headset is plugged in, "off" where it is pulled out, "key"."""
    wished = {"on": True, "off": False}.get(wish, not visit.aloud)
    if (wished and visit.screen in SERVING) or wished == visit.aloud:
        return visit
    woken = start(visit, "", world) if wished else visit
    # Who has plugged a headset in, or has pressed a key, chooses by the numbers of a keypad.
    numbered = woken.numbered or wish in ("on", "key")
    # A printed number begins its time anew: the time of who listens runs slower.
    printed = world.now if woken.printed is not None else None
    return replace(woken, aloud=wished, numbered=numbered, printed=printed, touched=world.now)


def another(visit: Visit, _: str, world: World) -> Visit:
    """Look for one more service after a number."""
    more = visit.screen in NUMBERED and may_take_another(visit, world.mirror)
    return flow.another(visit, world.mirror, world.now) if more else visit


def done(visit: Visit, _: str, world: World) -> Visit:
    """End the visit of who has a number."""
    ends = visit.screen in NUMBERED or (visit.numbers and visit.screen in CHOOSING)
    return flow.home(visit, world.mirror, world.now) if ends else visit


def here(visit: Visit, _: str, world: World) -> Visit:
    """Go on where the visitor was."""
    return flow.still_here(visit, world.now) if visit.screen is Screen.STILL else visit


def keyboard(visit: Visit, _: str, world: World) -> Visit:
    """Number the tiles: somebody uses a keyboard."""
    return replace(visit, numbered=True, touched=world.now)


def letter(visit: Visit, rest: str, world: World) -> Visit:
    """Type a letter of the search."""
    return typed.add_letter(visit, rest, world.now) if visit.screen is Screen.SEARCH else visit


def erase(visit: Visit, _: str, world: World) -> Visit:
    """Take the last letter or digit away."""
    return typed.erase(visit, world.now)


def number(visit: Visit, digit: str, world: World) -> Visit:
    """Choose a tile by its number, which ends where no other digit can follow, or with Enter: without a digit."""
    so_far = visit.typed + digit
    name, kept = (
        typed.choose_by_number(so_far, world.tiles) if digit else (typed.chosen_at_last(so_far, world.tiles), "")
    )
    return step(replace(visit, typed=kept, touched=world.now), name, world)


def digit(visit: Visit, rest: str, world: World) -> Visit:
    """Type a digit of the technician's code."""
    return typed.add_digit(visit, rest, world.now) if visit.screen is Screen.CODE else visit


def enter(visit: Visit, _: str, world: World) -> Visit:
    """End the technician's code."""
    if visit.screen is not Screen.CODE:
        return visit
    return leave_corner(typed.enter_code(visit, world.mirror, world.code, world.now), world)


STEPS: Mapping[str, Step] = {
    found.__name__: found
    for found in (
        start,
        agency,
        service,
        take,
        search,
        priority,
        back,
        language,
        lower,
        large,
        contrast,
        aloud,
        another,
        done,
        here,
        keyboard,
        letter,
        erase,
        number,
        digit,
        enter,
    )
}
