"""When the push leaves its link alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from push_halls import HALL, hall_with, write_config

from config.tables import Sync
from sync.schedule import LOOK_S, METERED_LINES, METERED_S, Plan, plan_of
from sync.source import JournalSource

NIGHT = Plan(Sync(start="18:00", end="05:00"))
METERED = Plan(Sync(metered=True))


@pytest.mark.parametrize(
    ("clock", "minutes"), [("18:00", 0), ("23:59", 0), ("00:00", 0), ("04:59", 0), ("05:00", 780), ("17:59", 1)]
)
def test_hours_may_go_over_midnight(clock: str, minutes: int) -> None:
    hours, _, rest = clock.partition(":")

    assert NIGHT.opens_in(int(hours) * 60 + int(rest)) == minutes


@given(minute=st.integers(0, 1439))
def test_without_hours_it_may_always_send(minute: int) -> None:
    assert Plan().rest_s(minute, waiting=1, quiet_s=0) == 0


@given(start=st.integers(0, 1439), end=st.integers(0, 1439), minute=st.integers(0, 1439))
def test_after_the_minutes_it_names_it_may_send(start: int, end: int, minute: int) -> None:
    times = {"start": f"{start // 60:02d}:{start % 60:02d}", "end": f"{end // 60:02d}:{end % 60:02d}"}
    plan = Plan(Sync(**times))

    assert plan.opens_in((minute + plan.opens_in(minute)) % 1440) == 0


def test_outside_its_hours_it_looks_again_each_minute() -> None:
    assert NIGHT.rest_s(12 * 60, waiting=5, quiet_s=9999) == LOOK_S


def test_a_metered_link_waits_for_many_lines_or_long_quiet() -> None:
    few, many = METERED_LINES - 1, METERED_LINES

    rests = [METERED.rest_s(0, waiting=few, quiet_s=0), METERED.rest_s(0, waiting=few, quiet_s=METERED_S - 7)]
    goes_on = [METERED.rest_s(0, waiting=many, quiet_s=0), METERED.rest_s(0, waiting=few, quiet_s=METERED_S)]

    assert (rests, goes_on) == ([LOOK_S, 7], [0, 0])


def test_times_are_meant_in_the_halls_zone() -> None:
    plan = plan_of({"hall": {"timezone": "Asia/Jayapura"}, "sync": {"start": "18:00", "end": "05:00"}})

    assert plan.minute(datetime(2026, 11, 30, 9, 30, tzinfo=UTC).timestamp()) == 18 * 60 + 30


def test_the_plan_is_that_of_the_hall_file_in_force(tmp_path: Path) -> None:
    journal = hall_with(tmp_path / "hall.db", 3)
    source = JournalSource(journal, HALL)
    before = source.plan()
    write_config(journal, {"hall": {"timezone": "Asia/Makassar"}, "sync": {"metered": True}})
    write_config(journal, {"hall": {"timezone": "Asia/Makassar"}, "sync": {"metered": True, "start": "20:00"}})

    after = source.plan()

    assert before == Plan()
    assert (after.sync, after.zone.key) == (Sync(metered=True, start="20:00"), "Asia/Makassar")


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"hall": {"timezone": "Mars/Olympus"}},
        {"hall": {"timezone": "Asia"}},
        {"hall": {"timezone": "../x"}},
        {"hall": {"timezone": "Asia/Jakarta"}, "sync": {"warp": 9}},
        {"hall": {"timezone": "Asia/Jakarta"}, "sync": 7},
    ],
)
def test_a_hall_file_that_is_not_understood_never_stops_the_push(tmp_path: Path, content: dict[str, object]) -> None:
    journal = hall_with(tmp_path / "hall.db", 3)
    write_config(journal, content)

    assert JournalSource(journal, HALL).plan() == Plan()
