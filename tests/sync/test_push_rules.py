"""What an answer makes the hall do, and how long it waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.rules import MAX_LINES, STUCK_S, Pace, Step, after_ack, after_cut, after_failure, smaller, step_for, wait_s

PACES = st.builds(Pace, st.integers(1, MAX_LINES), st.integers(0, 10_000))


@pytest.mark.parametrize(
    ("status", "code", "step"),
    [
        (200, "", Step.ACKED),
        (409, "gap", Step.REWIND),
        (409, "fork", Step.STUCK),
        (409, "epoch", Step.STUCK),
        (413, "too_big", Step.SMALLER),
        (400, "garbled", Step.AGAIN),
        (422, "chain", Step.AGAIN),
        (408, "too_slow", Step.AGAIN),
        (429, "", Step.AGAIN),
        (500, "", Step.AGAIN),
        (503, "unavailable", Step.AGAIN),
        (302, "", Step.AGAIN),
        (401, "unauthorised", Step.STUCK),
        (403, "simulated", Step.STUCK),
        (404, "not_found", Step.STUCK),
        (202, "", Step.STUCK),
    ],
)
def test_each_answer_has_one_meaning(status: int, code: str, step: Step) -> None:
    assert step_for(status, code) is step


def test_a_quick_full_batch_doubles_the_next() -> None:
    assert after_ack(Pace(200, failures=3), sent=200, took_s=0.5) == Pace(400, failures=0)


def test_a_quick_batch_that_was_not_full_says_nothing_about_the_link() -> None:
    assert after_ack(Pace(200), sent=7, took_s=0.1) == Pace(200)


def test_a_batch_never_grows_over_the_limit() -> None:
    assert after_ack(Pace(4000), sent=4000, took_s=0.1) == Pace(MAX_LINES)


def test_a_slow_batch_halves_the_next() -> None:
    assert after_ack(Pace(400), sent=400, took_s=11) == Pace(200)


def test_a_slow_link_alone_never_makes_a_batch_smaller_than_its_headers() -> None:
    assert after_ack(Pace(60), sent=60, took_s=11) == Pace(50)
    assert after_ack(Pace(7), sent=7, took_s=11) == Pace(7)


def test_after_the_first_cut_the_same_batch_goes_again_and_then_half_of_it() -> None:
    once = after_cut(Pace(400))

    twice = after_cut(once)

    assert (once.size, twice.size) == (400, 200)


def test_an_answer_that_asks_to_come_back_leaves_the_batch_as_it_is() -> None:
    assert after_failure(Pace(400, failures=2)) == Pace(400, failures=3)


def test_a_batch_that_is_too_big_is_halved_down_to_one_line() -> None:
    assert smaller(Pace(400), sent=31) == Pace(15)
    assert smaller(Pace(400), sent=2) == Pace(1)
    assert smaller(Pace(1), sent=1) is None


def test_the_longest_wait_doubles_up_to_five_minutes() -> None:
    assert [wait_s(Pace(1, failures), 1.0) for failures in (1, 2, 3, 8, 9, 500)] == [2, 4, 8, 256, 300, 300]


@given(pace=PACES, chance=st.floats(0, 1))
def test_a_wait_is_drawn_from_nothing_to_five_minutes(pace: Pace, chance: float) -> None:
    assert 0 <= wait_s(pace, chance) <= 300


@given(pace=PACES, chance=st.floats(0, 1), asked_s=st.floats(0, 1e6))
def test_a_region_that_names_a_time_is_given_it_and_up_to_half_more(pace: Pace, chance: float, asked_s: float) -> None:
    waits = wait_s(pace, chance, retry_after_s=asked_s)

    assert min(asked_s, STUCK_S) <= waits <= 1.5 * STUCK_S


@given(pace=PACES, sent=st.integers(1, MAX_LINES), took_s=st.floats(0, 100))
def test_a_batch_has_always_at_least_one_line_and_at_most_the_limit(pace: Pace, sent: int, took_s: float) -> None:
    for next_ in (after_ack(pace, sent, took_s), after_cut(pace), after_failure(pace)):
        assert 1 <= next_.size <= MAX_LINES
