"""What the overview says of each counter: whom it calls or serves, its pause, or that it is closed. Pure."""

from dataclasses import dataclass

from config.hall import Counter
from display.board import TURN_S, Board, Call, call_of
from display.faces import Scene, ZoneFace
from hub.client.mirror import Mirror

PAGE_S = 10.0


@dataclass(frozen=True, slots=True)
class CounterFace:
    """One counter: `state` is "called", "serving", "free", "paused" or "closed"; `told` its number or its state.

    `rest` says why it pauses or that a call is not the first; `seq` is the call of its number, 0 without one.
    """

    counter: int
    agency: str
    state: str
    told: str
    rest: str
    zone: ZoneFace
    seq: int = 0


def overview(scene: Scene, mirror: Mirror, board: Board) -> tuple[CounterFace, ...]:
    """Return every counter of the screen's zones in the order of their numbers."""
    return tuple(
        counter_face(scene, mirror, board, counter)
        for counter in sorted(scene.counters(), key=lambda counter: counter.number)
    )


def counter_face(scene: Scene, mirror: Mirror, board: Board, counter: Counter) -> CounterFace:
    """Return one counter; as long as other calls wait for their turn, the call that has it stands at its counter."""
    agency = scene.hall.agency_by_id.get(counter.agency)
    name = (agency.short or agency.name) if agency else ""
    state, told, rest = condition(scene, mirror, counter.number)
    call = turn_at(board, counter.number) or (last_call(mirror, told) if state == "called" else None)
    if call:
        state, told, rest = "called", call.number, scene.words.say("display.recalled") if call.recall else ""
    return CounterFace(counter.number, name, state, told, rest, scene.zone(counter.zone), call.seq if call else 0)


def turn_at(board: Board, counter: int) -> Call | None:
    """Return the call that has its turn at a counter while others wait for theirs."""
    return board.big if board.queue and board.big and board.big.counter == counter else None


def last_call(mirror: Mirror, number: str) -> Call | None:
    """Return the last call of a number."""
    return next((call_of(view) for view in reversed(mirror.calls) if view["number"] == number), None)


def condition(scene: Scene, mirror: Mirror, counter: int) -> tuple[str, str, str]:
    """Return a counter's state, its number or the word for its state, and the rest of what is to be said."""
    view = mirror.counters.get(counter)
    if view is None:
        return "closed", scene.words.say("display.counter_closed"), ""
    ticket = mirror.tickets.get(view["ticket"] or "")
    if ticket and ticket["state"] in ("called", "serving"):
        rest = scene.words.say("display.counter_serving") if ticket["state"] == "serving" else ""
        return ticket["state"], ticket["number"], rest
    if view["state"] == "paused":
        return (
            "paused",
            scene.until("display.counter_paused", view["until_ms"]),
            scene.words.again("staff.reason_", view["reason"] or ""),
        )
    state = "free" if view["state"] == "open" else "closed"
    return state, scene.words.say(f"display.counter_{state}"), ""


def page(faces: tuple[CounterFace, ...], size: int, board: Board, now_s: float) -> tuple[CounterFace, ...]:
    """Return the counters to show now: the page of a call that was just made, else one page after the other."""
    pages = [faces[at : at + size] for at in range(0, len(faces), size)] or [faces]
    if board.big and now_s - board.since_s < 2 * TURN_S:
        for found in pages:
            if any(face.counter == board.big.counter for face in found):
                return found
    return pages[int(now_s // PAGE_S) % len(pages)]
