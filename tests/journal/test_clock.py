"""Hall time never goes back, whatever the wall clock does."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journal.clock import BEFORE_US_MS, FOLLOWED_MS, OFF_MS, HallClock, Now, SimulatedClock, Step

NEWEST = Now(wall_ms=5_000_000, hall_ms=4_000_000)
HOUR_MS = 3_600_000


def clock(newest: Now | None, wall: list[int], steady: list[int]) -> HallClock:
    return HallClock(newest, lambda: wall[0], lambda: steady[0])


def test_a_new_hall_starts_with_the_wall_clock() -> None:
    assert clock(None, [7_000], [50]).now().hall_ms == 7_000


def test_the_time_a_hub_was_off_is_told_by_the_wall_clock() -> None:
    assert clock(NEWEST, [4_600_000], [50]).now().hall_ms == 4_600_000


def test_a_wall_clock_that_went_back_bridges_nothing() -> None:
    assert clock(NEWEST, [0], [50]).now().hall_ms == 4_000_000


def test_a_clock_that_was_ahead_yesterday_is_right_again_this_morning() -> None:
    yesterday = Now(wall_ms=BEFORE_US_MS + 15 * HOUR_MS, hall_ms=BEFORE_US_MS + 22 * HOUR_MS)
    this_morning = BEFORE_US_MS + 32 * HOUR_MS

    assert clock(yesterday, [this_morning], [0]).now().hall_ms == this_morning


def test_a_start_in_another_century_is_not_believed_unless_someone_says_so() -> None:
    last, far = Now(BEFORE_US_MS, BEFORE_US_MS), BEFORE_US_MS + OFF_MS + 1
    doubting = clock(last, [far], [0])
    trusting = HallClock(last, lambda: far, lambda: 0, trusting=True)

    assert (doubting.now().hall_ms, doubting.doubted) == (BEFORE_US_MS, True)
    assert (trusting.now().hall_ms, trusting.doubted) == (far, False)


def test_hall_time_that_is_ahead_runs_at_half_speed_until_the_clock_has_caught_up() -> None:
    start = BEFORE_US_MS + 10 * HOUR_MS
    wall, steady = [start], [0]
    running = clock(Now(start, start + HOUR_MS), wall, steady)
    ahead = []
    for _ in range(3):
        wall[0], steady[0] = wall[0] + HOUR_MS, steady[0] + HOUR_MS
        running.step()
        ahead.append(running.now().hall_ms - wall[0])

    assert ahead == [HOUR_MS // 2, 0, 0]


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 10**6), st.booleans()), min_size=2))
def test_hall_time_never_goes_back_whatever_the_wall_clock_does(steps: list[tuple[int, int, bool]]) -> None:
    wall, steady = [10**12], [0]
    running = clock(NEWEST, wall, steady)
    seen = [running.now().hall_ms]
    for jump, passed, asked in steps:
        wall[0], steady[0] = wall[0] + jump, steady[0] + passed
        if asked:
            running.step()
        seen.append(running.now().hall_ms)

    assert all(earlier <= later for earlier, later in pairwise(seen))


def test_a_simulated_clock_stands_until_it_is_set_and_never_goes_back() -> None:
    simulated = SimulatedClock(NEWEST)

    simulated.set(4_500_000)
    simulated.set(4_200_000)

    assert simulated.now().hall_ms == 4_500_000


def stepped(by_ms: int, start_ms: int = BEFORE_US_MS + HOUR_MS) -> tuple[Step | None, int]:
    """Return what a jump of the wall clock does, and how far hall time goes with it."""
    wall, steady = [start_ms], [0]
    running = clock(None, wall, steady)
    before = running.now().hall_ms
    wall[0] += by_ms
    step = running.step()
    return step, running.now().hall_ms - before


def test_a_clock_that_jumps_ahead_is_followed() -> None:
    assert stepped(3 * HOUR_MS) == (Step(3 * HOUR_MS, 3 * HOUR_MS), 3 * HOUR_MS)


def test_a_clock_that_jumps_back_is_noted_but_not_followed() -> None:
    assert stepped(-3 * HOUR_MS) == (Step(-3 * HOUR_MS, 0), 0)


def test_a_jump_of_more_than_a_week_is_not_believed() -> None:
    assert stepped(FOLLOWED_MS + HOUR_MS) == (Step(FOLLOWED_MS + HOUR_MS, 0), 0)


def test_a_hall_that_began_in_1970_goes_to_the_right_year_at_once() -> None:
    by = BEFORE_US_MS + HOUR_MS

    assert stepped(by, start_ms=0) == (Step(by, by), by)


def test_a_clock_that_is_only_corrected_a_little_is_left_alone() -> None:
    assert stepped(1_900) == (None, 0)


def test_a_jump_is_told_once() -> None:
    wall, steady = [BEFORE_US_MS], [0]
    running = clock(None, wall, steady)
    wall[0] += HOUR_MS

    assert [bool(running.step()), bool(running.step())] == [True, False]
