"""Hall time never goes back, whatever the wall clock does."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from journal.clock import HallClock, SimulatedClock
from journal.line import Line

NEWEST = Line(9, wall_ms=5_000_000, hall_ms=4_000_000, kind="day.opened", version=1, body={})


def clock(newest: Line | None, wall: list[int], steady: list[int]) -> HallClock:
    return HallClock(newest, lambda: wall[0], lambda: steady[0])


def test_a_new_hall_starts_with_the_wall_clock() -> None:
    assert clock(None, [7_000], [50]).now().hall_ms == 7_000


def test_the_time_a_hub_was_off_is_bridged_by_the_wall_clock() -> None:
    assert clock(NEWEST, [5_600_000], [50]).now().hall_ms == 4_600_000


def test_a_wall_clock_that_went_back_bridges_nothing() -> None:
    assert clock(NEWEST, [0], [50]).now().hall_ms == 4_000_000


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(0, 10**6)), min_size=2))
def test_hall_time_runs_by_the_steady_clock_alone(steps: list[tuple[int, int]]) -> None:
    wall, steady = [10**12], [0]
    running = clock(NEWEST, wall, steady)
    seen = [running.now().hall_ms]
    for jump, passed in steps:
        wall[0], steady[0] = wall[0] + jump, steady[0] + passed
        seen.append(running.now().hall_ms)

    assert [later - earlier for earlier, later in pairwise(seen)] == [passed for _, passed in steps]


def test_a_simulated_clock_stands_until_it_is_set_and_never_goes_back() -> None:
    simulated = SimulatedClock(NEWEST)

    simulated.set(4_500_000)
    simulated.set(4_200_000)

    assert simulated.now().hall_ms == 4_500_000
