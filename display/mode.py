"""How a screen spends its day: bright, dim or black, busy or quiet, and a little elsewhere each minute. Pure.

The figures are the house's look (burn-in, night): the scene wanders by up to eight pixels, the call and the rows change
sides each day, and after the hall's day the screen dims for an hour and then goes black.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from config.hall import Hall
from config.hours import Hours, serving_hours
from display.board import CALM_MS, Board, Told

DIM = 0.6
DIM_MINUTES = 60
EARLY_MINUTES = 60
DAYLIGHT = (7 * 60, 17 * 60)
WANDER_PX = 8
WANDER_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Mode:
    """How a screen is now: `brightness` 1 is full and 0 black; `quiet` when the hall is empty."""

    brightness: float = 1.0
    quiet: bool = False


def mode_of(hall: Hall, moment: datetime, board: Board, told: Told, waiting: int, *, at_work: bool = True) -> Mode:
    """Return how a screen is while so many wait: bright and awake as long as somebody can still be called.

    Outside the bright hours that is so while a counter is `at_work`: who left without a word waits until midnight.
    """
    awaited = waiting and (at_work or brightness(hall, moment) == 1)
    if awaited or told.called or board.queue:
        return Mode()
    return Mode(brightness(hall, moment), is_quiet(hall, moment, board, told))


def brightness(hall: Hall, moment: datetime) -> float:
    """Return how bright an empty hall's screen is: full until closing, 60 % for the next hour, black until morning.

    On a day without hours it is 60 % in daylight, because somebody may stand at the door.
    """
    minute = moment.hour * 60 + moment.minute
    hours = serving_hours(hall, moment.date())
    if hours is None:
        return DIM if DAYLIGHT[0] <= minute < DAYLIGHT[1] else 0.0
    if minute < morning(hall, hours) or minute >= hours.close + DIM_MINUTES:
        return 0.0
    return DIM if minute >= hours.close else 1.0


def morning(hall: Hall, hours: Hours) -> int:
    """Return the minute at which the screens wake: an hour before the first number can be taken."""
    return min(hall.policy.kiosk_opens, hours.open) - EARLY_MINUTES


def is_quiet(hall: Hall, moment: datetime, board: Board, told: Told) -> bool:
    """Tell whether an empty hall has rested for a while: outside its hours at once, within them after 20 minutes."""
    hours = serving_hours(hall, moment.date())
    minute = moment.hour * 60 + moment.minute
    if board.rows and told.now_ms - board.rows[0].called_ms <= CALM_MS:
        return False
    return hours is None or not hours.open <= minute < hours.close or minute - hours.open > CALM_MS // 60_000


def wander(now_s: float) -> tuple[int, int]:
    """Return by how many design pixels the scene stands further left and higher: another place every minute."""
    step = int(now_s // WANDER_EVERY_S)
    return swing(step), swing(step // WANDER_PX)


def swing(step: int) -> int:
    """Return a number that goes from 0 up to 8 and back, one a step."""
    return WANDER_PX - abs(WANDER_PX - step % (2 * WANDER_PX))


def swapped(day: date) -> bool:
    """Tell whether the rows stand at the left today: every second day."""
    return day.toordinal() % 2 == 1


def shown(layout: str, *, calling: bool, quiet: bool, empty: bool = True) -> Collection[str]:
    """Return the parts in the middle of a screen; `calling` with a call to show big, `empty` with no pictures."""
    if layout == "media":
        return ("welcome" if empty else "media", "big" if calling else "calm", "rows")
    if quiet:
        return ("welcome", "calm")
    if layout == "counters":
        return ("grid",)
    if layout == "today":
        return ("figures", "rows")
    return ("big" if calling else "welcome", "rows")
