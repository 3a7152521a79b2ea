"""Whose turn it is to be spoken, on a timeline: in order, never over each other, and not once it was answered."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.hall import Hall
from config.load import HallFileError, hall_from, read
from display.board import Call
from display.voice.turns import Heard, Waiting, heard_by, lined_up
from display.voice.voice import Voice
from hub.client.mirror import Mirror
from tests.conftest import HALLS, JAKARTA
from tests.display.voices import NumberSounds, Timeline, call, heard

TICK_S = 0.05


def hall_that(**policy: object) -> Hall:
    content = read(HALLS / "mpp-muara-enim.toml")
    return hall_from({**content, "policy": {**content["policy"], **policy}})


class Hearing:
    """A voice at a loudspeaker that a test can hear, and the hall whose calls it speaks."""

    def __init__(self, *, repeat: int = 1, languages: tuple[str, ...] = ("id",), length_s: float = 8.0) -> None:
        self.hall = hall_that(announce_repeat=repeat, announce_languages=languages)
        self.line = Timeline()
        self.sounds = NumberSounds(length_s)
        self.voice = Voice(self.sounds, self.line, self.line)
        self.calls: list[Call] = []
        self.called: list[str] = []
        self.volume = 100
        self.tell()

    def tell(self, *, language: str = "id") -> None:
        """Let the hub say how things are."""
        self.voice.hear(heard(self.hall, self.calls, self.called, volume=self.volume, language=language))

    def call(self, number: str, counter: int = 2, *, attempt: int = 1, language: str = "id") -> None:
        """Call a number."""
        self.calls.append(call(len(self.calls) + 1, number, counter, attempt=attempt))
        self.called.append(number)
        self.tell(language=language)

    def answer(self, number: str) -> None:
        """Let a called visitor be served, or leave."""
        self.called.remove(number)
        self.tell()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        for _ in range(round(seconds / TICK_S)):
            self.line.now_s += TICK_S
            self.voice.run()

    def spoken(self) -> list[tuple[str, str]]:
        """Return numbers and languages in the order they were spoken in."""
        return [(part.call.number, part.language) for part, _ in self.sounds.said]


@pytest.fixture
def hearing() -> Hearing:
    return Hearing()


def test_calls_are_spoken_in_their_order_one_after_the_other(hearing: Hearing) -> None:
    for number in ("A003", "A001", "A002"):
        hearing.call(number)

    hearing.wait(30)

    assert hearing.line.numbers() == [3, 1, 2]
    assert len(hearing.line.heard) >= 3 * 8 * 22_050


def test_ten_calls_within_a_second_at_five_counters_drop_only_those_that_were_answered(hearing: Hearing) -> None:
    answered = ["A002", "A004", "A005"]
    for place in range(10):
        hearing.call(f"A{place + 1:03d}", counter=place % 5 + 1)
        hearing.wait(0.1)

    for number in answered:
        hearing.answer(number)
    hearing.wait(120)

    assert hearing.line.numbers() == [1, 3, 6, 7, 8, 9, 10]
    assert max(hearing.line.heard) == 10
    assert sum(1 for value in hearing.line.heard if value) == 7 * 8 * 22_050


def test_a_call_that_is_being_spoken_is_not_cut_when_it_is_answered(hearing: Hearing) -> None:
    hearing.call("A001")
    hearing.wait(1)

    hearing.answer("A001")
    hearing.wait(20)

    assert sum(1 for value in hearing.line.heard if value) == 8 * 22_050


def test_calls_before_the_screen_was_switched_on_are_not_spoken(muara_enim: Hall) -> None:
    line, sounds = Timeline(), NumberSounds()
    voice = Voice(sounds, line, line)

    voice.hear(heard(muara_enim, [call(1, "A001"), call(2, "A002")], ["A001", "A002"]))

    assert sounds.said == []


def test_a_journal_that_is_older_than_what_was_heard_begins_anew(hearing: Hearing) -> None:
    for number in ("A001", "A002", "A003"):
        hearing.call(number)

    hearing.calls, hearing.called = [call(1, "A009")], ["A009"]
    hearing.tell()
    hearing.wait(30)
    hearing.call("A004")
    hearing.wait(10)

    assert hearing.line.numbers() == [1, 4]


def test_a_number_called_again_while_it_waits_is_spoken_once_and_keeps_its_place() -> None:
    first, second = Waiting(call(1, "A001"), 0.0), Waiting(call(2, "A002"), 1.0)
    again = Waiting(call(3, "A001", counter=5, attempt=2), 2.0)

    assert lined_up((first, second), again) == (again, second)


def test_a_call_is_repeated_as_often_as_the_hall_says_in_each_of_its_languages() -> None:
    hearing = Hearing(repeat=2, languages=("id", "en"))

    hearing.call("A001")
    hearing.wait(60)

    assert hearing.spoken() == [("A001", "id"), ("A001", "en"), ("A001", "id"), ("A001", "en")]
    assert [part.opens for part, _ in hearing.sounds.said] == [True, False, False, False]


def test_repetition_and_english_are_dropped_while_more_than_three_wait() -> None:
    hearing = Hearing(repeat=2, languages=("id", "en"))

    for place in range(5):
        hearing.call(f"A{place + 1:03d}")
    hearing.wait(9)

    assert hearing.spoken() == [("A001", "id"), ("A002", "id")]
    assert [brief for _, brief in hearing.sounds.said] == [False, True]

    hearing.wait(60)

    assert hearing.spoken()[2:6] == [("A002", "en"), ("A002", "id"), ("A002", "en"), ("A003", "id")]


def test_a_repetition_is_dropped_once_its_visitor_has_come() -> None:
    hearing = Hearing(repeat=3)
    hearing.call("A001")

    hearing.wait(3)
    hearing.answer("A001")
    hearing.wait(60)

    assert hearing.spoken() == [("A001", "id")]


def test_a_recall_takes_the_place_of_the_repetition_before_it() -> None:
    hearing = Hearing(repeat=2)
    hearing.call("A001")

    hearing.wait(3)
    hearing.call("A001", attempt=2)
    hearing.wait(60)

    assert [part.call.attempt for part, _ in hearing.sounds.said] == [1, 2, 2]


def test_the_visitors_own_language_is_spoken_where_the_hall_has_its_voice() -> None:
    hearing = Hearing()

    hearing.call("A001", language="en")
    hearing.wait(30)

    assert hearing.spoken() == [("A001", "id"), ("A001", "en")]


def test_a_language_without_a_voice_is_left_out() -> None:
    hearing = Hearing()
    hearing.sounds.languages = ("id",)

    hearing.call("A001", language="en")
    hearing.wait(30)

    assert hearing.spoken() == [("A001", "id")]


def test_a_pause_holds_a_call_back_and_lets_it_be_heard_after_it(hearing: Hearing) -> None:
    hearing.volume = 0
    hearing.call("A001")
    hearing.wait(59)
    before = hearing.line.numbers()

    hearing.volume = 60
    hearing.tell()
    hearing.wait(10)

    assert before == []
    assert hearing.line.numbers() == [1]
    assert hearing.line.volumes == [60]


def test_a_call_that_a_pause_has_held_longer_than_a_minute_is_forgotten(hearing: Hearing) -> None:
    hearing.volume = 0
    hearing.call("A001")
    hearing.wait(40)
    hearing.call("A002")
    hearing.wait(21)
    hearing.tell()

    hearing.volume = 100
    hearing.tell()
    hearing.wait(30)

    assert hearing.line.numbers() == [2]


def test_outside_pauses_no_call_is_too_old_to_be_spoken(hearing: Hearing) -> None:
    for place in range(12):
        hearing.call(f"A{place + 1:03d}")

    hearing.wait(180)

    assert hearing.line.numbers() == list(range(1, 13))


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("call"), st.integers(1, 12)),
        st.tuples(st.just("answer"), st.integers(1, 12)),
        st.tuples(st.just("wait"), st.integers(1, 60)),
    ),
    max_size=40,
)


@given(deeds=DEEDS, repeat=st.integers(1, 2))
def test_whatever_happens_no_two_are_heard_at_once_and_all_who_are_still_called_are_spoken(deeds, repeat) -> None:
    hearing = Hearing(repeat=repeat, length_s=0.2)
    for deed, value in deeds:
        number, told = f"A{value:03d}", len(hearing.spoken())
        if deed == "wait":
            hearing.wait(value * TICK_S)
        elif deed == "call" and number not in hearing.called:
            hearing.call(number)
        elif deed == "answer" and number in hearing.called:
            hearing.answer(number)
        assert {number for number, _ in hearing.spoken()[told:]} <= set(hearing.called)
    hearing.wait(40)

    spoken = {number for number, _ in hearing.spoken()}
    assert set(hearing.line.numbers()) <= set(range(1, 13))
    assert sum(1 for value in hearing.line.heard if value) == len(hearing.spoken()) * 4410
    assert set(hearing.called) <= spoken


def mirror_of(hall: Hall) -> Mirror:
    mirror = Mirror()
    mirror.hall, mirror.seq = hall, 3
    for seq, (number, zone, state) in enumerate((("A001", "z1", "called"), ("B001", "z2", "called")), 1):
        view = {"number": number, "service": "s", "ticket_class": "normal", "counter": 2, "zone": zone}
        mirror.calls.append({**view, "seq": seq, "attempt": 1, "called_ms": 0})  # type: ignore[typeddict-item]
        mirror.tickets[number] = {"number": number, "state": state, "language": "en"}  # type: ignore[typeddict-item]
    return mirror


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-30T{clock}").replace(tzinfo=JAKARTA)


def heard_at(clock: str, *screens: str) -> Heard | None:
    content = read(HALLS / "mpp-muara-enim.toml")
    content["screens"][0] |= {
        "volume": 80,
        "loudness": [
            {"start": "11:50", "end": "12:05"},
            {"start": "12:00", "end": "13:00", "volume": 40},
        ],
    }
    content["screens"].append({"id": "layar-3", "zones": ["z2"], "audio": True, "volume": 50})
    return heard_by(mirror_of(hall_from(content)), screens or ("layar-1",), at(clock))


def test_a_loudspeaker_hears_the_calls_of_its_zones_and_who_is_called_in_which_language() -> None:
    found = heard_at("08:14")

    assert found is not None
    assert [each.number for each in found.calls] == ["A001"]
    assert found.called == {"A001": "en", "B001": "en"}


@pytest.mark.parametrize(
    ("clock", "volume"),
    [("08:14", 80), ("11:49", 80), ("11:50", 0), ("12:04", 0), ("12:05", 40), ("13:00", 80)],
)
def test_the_hall_file_says_how_loud_it_is_at_which_time(clock: str, volume: int) -> None:
    found = heard_at(clock)

    assert found is not None
    assert found.volume == volume


def test_times_that_end_before_they_begin_and_impossible_volumes_are_mistakes_of_the_hall_file() -> None:
    content = read(HALLS / "mpp-muara-enim.toml")
    content["screens"][0]["loudness"] = [
        {"start": "12:00", "end": "11:50"},
        {"start": "12:00", "end": "12:10", "volume": 101},
    ]

    with pytest.raises(HallFileError) as refused:
        hall_from(content)

    assert [(mistake.key, mistake.code) for mistake in refused.value.mistakes] == [
        ("screens[1].loudness[1].end", "loudness_ends_first"),
        ("screens[1].loudness[2].volume", "at_most"),
    ]


def test_screens_that_share_a_loudspeaker_share_its_queue_and_the_louder_volume() -> None:
    found = heard_at("08:14", "layar-1", "layar-3")

    assert found is not None
    assert [each.number for each in found.calls] == ["A001", "B001"]
    assert found.volume == 80


@pytest.mark.parametrize("screen", ["layar-2", "layar-9"])
def test_a_screen_without_sound_and_one_that_is_not_known_hear_nothing(screen: str) -> None:
    assert heard_at("08:14", screen) is None


def test_a_call_answered_while_a_new_hall_file_was_prepared_is_not_spoken() -> None:
    hearing = Hearing()
    hearing.hall = hall_that(announce_repeat=2)
    hearing.call("A001")
    hearing.answer("A001")
    hearing.wait(20)

    assert hearing.spoken() == []


def test_the_same_hall_told_again_is_not_prepared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    hearing, prepared = Hearing(), list[object]()
    monkeypatch.setattr(hearing.sounds, "prepare", prepared.append)
    hearing.hall = hall_that(announce_repeat=1, announce_languages=("id",))
    hearing.tell()

    assert prepared == []
