"""Power cuts, nights and wrong clocks: what a hub makes of the time it was off, and of a clock that jumps."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bench.hall import generated_hall
from hub.hub import Hub, OtherHall, OtherTime, RecordLost, Settings
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from journal.clock import Clock, HallClock
from journal.line import Line, decode
from journal.store import JournalBroken, read_lines, reading_end
from journal.verify import verify
from tests.conftest import monday

HOUR_MS = 3_600_000
MINUTE_MS = 60_000


class World:
    """A machine whose wall clock is set by the test; its steady clock runs with the time that passes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wall_ms, self.steady_ms = monday("10:00"), 0

    def passes(self, ms: int) -> None:
        """Let time pass, by both clocks."""
        self.wall_ms += ms
        self.steady_ms += ms

    def run(self, play: Callable[[Hub], Awaitable[None]]) -> None:
        """Start a hub on this machine, play, and close it."""
        world = self

        class TestedHub(Hub):
            def _clock(self) -> Clock:
                return HallClock(self.last, lambda: world.wall_ms, lambda: world.steady_ms)

        async def living() -> None:
            hub = TestedHub(Settings(self.folder, generated_hall(), "http://127.0.0.1:1"))
            try:
                await hub.start()
                await play(hub)
            finally:
                await hub.close()

        asyncio.run(living())

    def kinds(self) -> list[str]:
        """Return the kinds of all lines, without those of the beginning."""
        return [line.kind for line in self.lines() if not line.kind.startswith(("epoch", "config", "device"))]

    def lines(self) -> list[Line]:
        connection = reading_end(self.folder)
        lines = [decode(raw) for _, raw, _ in read_lines(connection)]
        connection.close()
        return lines


async def issue(hub: Hub) -> None:
    await hub.engine.act(cmd.Issue("layanan-0-0", "normal", None, "id"))


async def nothing(_: Hub) -> None:
    """Only start and end."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_hub_that_was_off_at_midnight_closes_yesterday_at_its_start(world: World) -> None:
    world.run(issue)
    world.passes(20 * HOUR_MS)
    world.run(issue)

    assert world.kinds() == [
        "day.opened",
        "ticket.issued",
        "ticket.unserved",
        "day.closed",
        "day.opened",
        "ticket.issued",
    ]
    assert [line.body["number"] for line in world.lines() if line.kind == "ticket.issued"] == ["A001", "A001"]
    assert verify(world.folder).content


def test_a_hall_closed_by_its_head_for_days_is_still_closed_after_a_power_cut_next_day(world: World) -> None:
    until_ms = world.wall_ms + 72 * HOUR_MS

    async def closed(hub: Hub) -> None:
        await hub.engine.act(cmd.Force("hall", "closed", "Banjir", until_ms, "head"))

    async def refused(hub: Hub) -> None:
        with pytest.raises(Refused) as refusal:
            await issue(hub)
        assert refusal.value.code == "forced_closed"

    world.run(closed)
    world.passes(24 * HOUR_MS)
    world.run(refused)
    world.run(refused)
    world.passes(72 * HOUR_MS)
    world.run(issue)


def test_an_interruption_of_more_than_a_minute_is_noted(world: World) -> None:
    world.run(issue)
    world.passes(10 * MINUTE_MS)
    world.run(nothing)

    noted = world.lines()[-1]
    assert (noted.kind, noted.body["until_ms"] - noted.body["from_ms"]) == ("interruption.noted", 10 * MINUTE_MS)


def test_a_restart_within_a_minute_is_no_interruption(world: World) -> None:
    world.run(issue)
    world.passes(50_000)
    world.run(nothing)

    assert "interruption.noted" not in world.kinds()


def test_a_quiet_hour_of_a_running_hub_is_no_interruption(world: World) -> None:
    async def quiet(hub: Hub) -> None:
        await issue(hub)
        world.passes(HOUR_MS)
        await hub._pass_time()

    world.run(quiet)
    world.passes(30_000)
    world.run(nothing)

    assert "interruption.noted" not in world.kinds()


def test_a_lost_clock_battery_does_not_take_hall_time_back(world: World) -> None:
    world.run(issue)
    world.wall_ms = 0
    world.run(issue)

    issued = [line for line in world.lines() if line.kind == "ticket.issued"]
    assert [line.body["number"] for line in issued] == ["A001", "A002"]
    assert issued[1].hall_ms >= issued[0].hall_ms
    assert issued[1].wall_ms == 0


def test_the_network_corrects_a_clock_of_1970_and_the_right_day_opens(world: World) -> None:
    world.wall_ms = 0

    async def corrected(hub: Hub) -> None:
        await issue(hub)
        world.wall_ms = monday("10:00")
        await hub._pass_time()
        await issue(hub)

    world.run(corrected)

    dates = [line.body["date"] for line in world.lines() if line.kind == "day.opened"]
    assert dates == ["1970-01-01", "2026-11-30"]
    assert "clock.stepped" in world.kinds()


@pytest.mark.parametrize("hours", [-5, -30])
def test_a_clock_that_jumps_back_changes_neither_order_nor_day(world: World, hours: int) -> None:
    async def jumped(hub: Hub) -> None:
        await issue(hub)
        world.wall_ms += hours * HOUR_MS
        await hub._pass_time()
        await issue(hub)

    world.run(jumped)

    assert world.kinds() == ["day.opened", "ticket.issued", "clock.stepped", "ticket.issued"]


def test_a_clock_that_jumps_over_midnight_opens_the_next_day(world: World) -> None:
    async def jumped(hub: Hub) -> None:
        await issue(hub)
        world.wall_ms += 16 * HOUR_MS
        await hub._pass_time()

    world.run(jumped)

    assert world.kinds()[-4:] == ["ticket.unserved", "day.closed", "day.opened", "clock.stepped"]


def test_a_folder_of_another_hall_or_of_simulated_time_is_refused(world: World, tmp_path: Path) -> None:
    world.run(nothing)
    foreign = generated_hall()
    foreign["hall"]["id"] = "mpp-lain"

    async def start(settings: Settings) -> None:
        hub = Hub(settings)
        try:
            await hub.start()
        finally:
            await hub.close()

    with pytest.raises(OtherHall):
        asyncio.run(start(Settings(tmp_path, foreign, "")))
    with pytest.raises(OtherTime):
        asyncio.run(start(Settings(tmp_path, generated_hall(), "", simulated=True)))


def test_a_changed_hall_file_is_taken_at_the_next_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.run(nothing)
    changed = generated_hall()
    changed["hall"]["phone"] = "0735"
    monkeypatch.setattr("tests.hub.test_restarts.generated_hall", lambda: changed)
    world.run(nothing)

    applied = [line for line in world.lines() if line.kind == "config.applied"]
    assert len(applied) == 2
    assert applied[1].body["content"]["hall"]["phone"] == "0735"


@pytest.mark.parametrize("lost", ["hall.db", "hall.key"])
def test_a_folder_that_lost_its_journal_or_its_key_is_not_begun_anew(world: World, lost: str) -> None:
    world.run(issue)
    for path in world.folder.glob(f"{lost}*"):
        path.unlink()

    with pytest.raises(RecordLost):
        world.run(nothing)


def test_a_line_that_was_changed_stops_the_start(world: World) -> None:
    world.run(issue)
    connection = sqlite3.connect(world.folder / "hall.db")
    connection.execute("UPDATE journal SET h = zeroblob(32) WHERE seq = (SELECT max(seq) - 1 FROM journal)")
    connection.commit()
    connection.close()

    with pytest.raises(JournalBroken):
        world.run(nothing)
