"""What a screen shows of the calls: the big one, those whose turn comes, and the rows. Pure; time is an argument.

Two clocks are used and never mixed: turns and fades are in seconds of any clock that only goes forward (`now_s`), the
age of a call is in milliseconds of hall time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import cos, inf, pi

from hub.client.mirror import Mirror
from hub.client.views import CallView

ROWS = 6
FADE_S = 0.52
FADES = 3
FADE_STEPS = 16
TURN_S, SHORT_TURN_S = 2.5, 2 * FADE_S
PATIENCE = 5
LONGEST_QUEUE = 24
CALM_MS = 20 * 60_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `seq` is its place in the journal, `attempt` above 1 makes it a recall."""

    seq: int
    number: str
    service: str
    ticket_class: str
    counter: int
    zone: str
    attempt: int
    called_ms: int

    @property
    def recall(self) -> bool:
        """Whether this number was called before."""
        return self.attempt > 1


@dataclass(frozen=True, slots=True)
class Told:
    """What the hub said last, as far as it concerns one screen: calls oldest first, and the numbers called now."""

    seq: int
    now_ms: int
    day: date | None
    calls: tuple[Call, ...]
    called: Collection[str]

    def at(self, now_ms: int) -> "Told":
        """Return the same at a later hall time."""
        return replace(self, now_ms=now_ms)


@dataclass(frozen=True, slots=True)
class Board:
    """What one screen shows. `since_s` is when the big call took its place, minus infinity if it was never new.

    `seen` is the newest call taken; `queue` waits for the big place in order; `rows` are newest first, one a number.
    """

    day: date | None = None
    seen: int = 0
    big: Call | None = None
    since_s: float = -inf
    queue: tuple[Call, ...] = ()
    rows: tuple[Call, ...] = ()


def told_by(mirror: Mirror, zones: Collection[str]) -> Told:
    """Return what a mirror says to a screen of these zones."""
    moment = mirror.moment()
    calls = tuple(call_of(view) for view in mirror.calls if view["zone"] in zones)
    called = {number for number, ticket in mirror.tickets.items() if ticket["state"] == "called"}
    return Told(mirror.seq, mirror.now_ms, moment and moment.date(), calls, called)


def call_of(view: CallView) -> Call:
    """Return the call of a view."""
    return Call(**view)


def follow(board: Board, told: Told, now_s: float) -> Board:
    """Return the board after the hub said something: new calls stand in the rows at once and queue for the big place.

    A call already taken changes nothing. A new day, or a hub whose journal is older than what was seen, begins anew.
    """
    if told.day != board.day or told.seq < board.seen:
        return begun(told)
    fresh = tuple(call for call in told.calls if call.seq > board.seen)
    if fresh:
        queue = shortened((*board.queue, *fresh), told.called)
        board = replace(board, seen=fresh[-1].seq, queue=queue, rows=newest((*board.rows, *fresh)))
    return advanced(board, now_s)


def taken_back(mirror: Mirror) -> set[str]:
    """Return the numbers that wait and have no call in a snapshot: whoever called one has taken it back since."""
    waiting = {number for number, ticket in mirror.tickets.items() if ticket["state"] == "waiting"}
    return waiting - {view["number"] for view in mirror.calls}


def withdrawn(board: Board, numbers: Collection[str]) -> Board:
    """Return the board without calls that their clerk took back: the newest of the others is big, and still."""
    if not any(call.number in numbers for call in (*board.rows, *board.queue)):
        return board
    rows = tuple(call for call in board.rows if call.number not in numbers)
    board = replace(board, rows=rows, queue=tuple(call for call in board.queue if call.number not in numbers))
    if board.big is None or board.big.number not in numbers:
        return board
    return replace(board, big=rows[0] if rows and not board.queue else None, since_s=-inf)


def begun(told: Told) -> Board:
    """Return the board of a screen that was just switched on: the newest call is big, and nothing flashes."""
    if not told.calls:
        return Board(day=told.day)
    last = told.calls[-1]
    return Board(day=told.day, seen=last.seq, big=last, rows=newest(told.calls))


def advanced(board: Board, now_s: float) -> Board:
    """Return the board at a later time: the next call takes the big place once the one before had its turn."""
    if not board.queue or now_s - board.since_s < turn_s(board):
        return board
    return replace(board, big=board.queue[0], queue=board.queue[1:], since_s=now_s)


def turn_s(board: Board) -> float:
    """Return how long a call keeps the big place: shorter once more than five wait, and then two whole fades."""
    return TURN_S if len(board.queue) <= PATIENCE else SHORT_TURN_S


def shortened(queue: tuple[Call, ...], called: Collection[str]) -> tuple[Call, ...]:
    """Return a queue in which, once more than 24 wait, the oldest calls that were answered already give up their turn.

    So nothing a hall can do takes a call from the screen, and a simulated one that runs faster leaves no long tail.
    """
    spare = len(queue) - LONGEST_QUEUE
    if spare <= 0:
        return queue
    answered = [call.seq for call in queue[:-1] if call.number not in called][:spare]
    return tuple(call for call in queue if call.seq not in answered)


def newest(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return the rows of these calls: the newest first, each number once."""
    rows: dict[str, Call] = {}
    for call in sorted(calls, key=lambda call: call.seq, reverse=True):
        rows.setdefault(call.number, call)
    return tuple(rows.values())[:ROWS]


def showing(board: Board, told: Told) -> Call | None:
    """Return the call to show big: none before the first, and none long after the last was answered."""
    if board.big is None or board.queue or board.big.number in told.called:
        return board.big
    return None if told.now_ms - board.big.called_ms > CALM_MS else board.big


def pulse(board: Board, now_s: float) -> float:
    """Return how bright the pulse of the big call is, 0 to 1: three slow fades, so never over three flashes a second.

    WCAG 2.3.1 allows three flashes a second; a fade of 520 ms makes fewer than two. It moves some thirty times a
    second: an eye sees no more of a slow fade, and each step paints the largest texts of the screen.
    """
    age = now_s - board.since_s
    if not 0 <= age < FADE_S * FADES:
        return 0.0
    step = int(age / FADE_S * FADE_STEPS) % FADE_STEPS
    return (1 - cos(2 * pi * step / FADE_STEPS)) / 2
