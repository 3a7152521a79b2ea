"""Counts beside the lines: told while a hall is far behind, shown with their time, lost without harm."""

import json
from pathlib import Path

import pytest
from push_halls import HALL, MONDAY_MS, batch, hall_with
from push_regions import NOW_MS, STRANGERS_KEY, enrol, link_to, served_over
from sqlite_utils import Database

from region.errors import Superseded
from region.ingest import Ingest
from region.live import FRESH_MS, Counts, Live, counts_in
from region.overview import halls
from region.page import page
from region.rules import Stream
from region.store import Store
from sync.link import Answer, LinkCut
from sync.live import BEHIND_LINES, EVERY_S, counts_of
from sync.live import Live as HallsLive
from sync.wire import Garbled, pack

COUNTS = {"issued": 5, "waiting": 2, "serving": 1, "served": 1, "oldest_ms": 1000}
STAMP = {"epoch": 1, "seq": 5}


def day_in(path: Path) -> Path:
    """Return a hall's tables in the middle of its day: an earlier day, a training and tickets in every state."""
    hall_with(path, 1)
    database = Database(path)
    for seq, date in ((1, "2026-11-27"), (5, "2026-11-30")):
        database["day"].insert({"date": date, "opened_seq": seq, "closed_seq": None})
    states = ("waiting", "waiting", "called", "served", "missed")
    for at, state in enumerate(states):
        database["ticket"].insert(ticket(f"A{at:03d}", state, issued_ms=3000 - at * 1000 + (at > 1) * 9000))
    database["ticket"].insert({**ticket("UJI01", "waiting", issued_ms=1), "trial": 1})
    database["ticket"].insert({**ticket("A001", "waiting", issued_ms=1), "date": "2026-11-27"})
    database.close()
    return path


def ticket(number: str, state: str, *, issued_ms: int) -> dict[str, object]:
    return {"date": "2026-11-30", "number": number, "state": state, "issued_ms": issued_ms, "trial": 0}


def test_a_halls_tables_are_counted(tmp_path: Path) -> None:
    assert counts_of(day_in(tmp_path / "hall.db")) == {**COUNTS, "oldest_ms": 2000}
    assert counts_of(hall_with(tmp_path / "new.db", 1)) == {**dict.fromkeys(COUNTS, 0), "oldest_ms": None}
    assert counts_of(tmp_path / "none.db") == {}


class Recorder:
    """A way to the region that remembers what was told."""

    def __init__(self, *, cut: bool = False) -> None:
        self.told: list[dict[str, int | None]] = []
        self.cut = cut

    def tell_live(self, hall: str, counts: dict[str, int | None]) -> Answer:
        self.told.append(counts)
        if self.cut:
            raise LinkCut(url="", why="")
        return Answer(204)


@pytest.mark.parametrize("cut", [False, True])
def test_they_are_told_every_half_minute_and_only_far_behind(tmp_path: Path, *, cut: bool) -> None:
    link, now = Recorder(cut=cut), [0.0]
    live = HallsLive(day_in(tmp_path / "hall.db"), HALL, link, lambda: now[0])

    sent = []
    for now[0], behind in ((0.0, BEHIND_LINES - 1), (0.0, BEHIND_LINES), (EVERY_S - 1, 9999), (EVERY_S, 9999)):
        sent.append((live.tell(behind), len(link.told)))

    assert [count for _, count in sent] == [0, 1, 1, 2]
    assert [is_sent for is_sent, _ in sent] == [False, not cut, False, not cut]


def test_what_a_hall_tells_is_shown_with_its_time(store: Store, tmp_path: Path) -> None:
    Ingest(store, accept_simulated=False).take(HALL, 1, batch(1, 3), pack(batch(1, 3)).content, NOW_MS)
    live = Live()
    live.take(HALL, json.dumps(STAMP | COUNTS).encode(), NOW_MS)
    told = live.of(HALL, NOW_MS + FRESH_MS)
    assert told == (NOW_MS, Counts(**COUNTS))

    shown = page(halls(store), "id", NOW_MS, live={HALL: told})

    up_to_date = page(halls(store), "id", NOW_MS, live={HALL: (MONDAY_MS + 60_000, Counts(**COUNTS))})

    assert "Menunggu sekarang" not in up_to_date
    assert "Menunggu sekarang" in shown
    assert "kabar dari mal, 30 Nov 2026" in shown
    assert live.of(HALL, NOW_MS + FRESH_MS + 1) is None
    assert live.of("mpp-lain", NOW_MS) is None


def test_the_region_takes_them_signed_and_short(store: Store, tmp_path: Path) -> None:
    with served_over(store, tmp_path) as url:
        link = link_to(url)
        taken = link.tell_live(HALL, STAMP | COUNTS).status
        odd = link.tell_live(HALL, STAMP | {"issued": -1}).status
        unstamped = link.tell_live(HALL, dict(COUNTS)).status
        long = link.tell_live(HALL, {**COUNTS, "x" * 3000: 1}).status
        link.close()
        stranger = link_to(url, key=STRANGERS_KEY)
        unsigned = stranger.tell_live(HALL, STAMP | COUNTS).status
        stranger.close()

    assert (taken, odd, unstamped, long, unsigned) == (204, 400, 400, 413, 401)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"[" * 3000, b'{"issued":1}',
     *(json.dumps({**COUNTS, "waiting": value}).encode() for value in (-1, 1.5, True, "1", 2**60, None)),
     json.dumps({**COUNTS, "oldest_ms": "1"}).encode()],
)  # fmt: skip
def test_what_is_no_count_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled):
        counts_in(body)


def told_at(epoch: int, seq: int, waiting: int) -> bytes:
    """Return a message counted after a line."""
    return json.dumps(COUNTS | {"epoch": epoch, "seq": seq, "waiting": waiting}).encode()


def test_a_replayed_message_changes_nothing() -> None:
    live = Live()
    live.take(HALL, told_at(1, 9, 9), NOW_MS)

    live.take(HALL, told_at(1, 8, 8), NOW_MS + 1)

    assert live.of(HALL, NOW_MS + 1) == (NOW_MS, counts_in(told_at(1, 9, 9)))


def test_a_message_older_than_the_lines_that_are_held_is_not_shown() -> None:
    live, held = Live(), Stream(HALL, 2, 11, b"", simulated=False)

    live.take(HALL, told_at(2, 9, 9), NOW_MS, held)
    assert live.of(HALL, NOW_MS) is None
    live.take(HALL, told_at(2, 10, 9), NOW_MS, held)
    assert live.of(HALL, NOW_MS) is not None


def test_an_earlier_epoch_tells_nothing_any_more() -> None:
    live = Live()
    live.take(HALL, told_at(2, 9, 9), NOW_MS)

    with pytest.raises(Superseded):
        live.take(HALL, told_at(1, 10, 9), NOW_MS)
    with pytest.raises(Superseded):
        Live().take(HALL, told_at(1, 10, 9), NOW_MS, Stream(HALL, 2, 3, b"", simulated=False))


def test_a_key_that_has_ended_tells_nothing_any_more(store: Store, tmp_path: Path) -> None:
    with served_over(store, tmp_path) as url:
        enrol(store, key=STRANGERS_KEY)
        link = link_to(url)
        status = link.tell_live(HALL, STAMP | COUNTS).status
        link.close()

    assert status == 403
