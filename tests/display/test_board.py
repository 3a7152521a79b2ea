"""The laws of a screen: no call is lost, their order is kept, the rows are bounded, and nothing flashes too fast."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from display.board import (
    CALM_MS,
    FADE_S,
    FADES,
    LONGEST_QUEUE,
    PATIENCE,
    ROWS,
    SHORT_TURN_S,
    TURN_S,
    Board,
    Call,
    Told,
    advanced,
    follow,
    pulse,
    showing,
    withdrawn,
)

MONDAY = date(2026, 11, 30)


def call(seq: int, number: str = "", *, attempt: int = 1, called_ms: int = 0) -> Call:
    return Call(seq, number or f"A{seq:03d}", "kk", "normal", 1 + seq % 5, "z1", attempt, called_ms)


def told(*calls: Call, now_ms: int = 0, day: date | None = MONDAY, called: set[str] | None = None) -> Told:
    numbers = {each.number for each in calls} if called is None else called
    return Told(max((each.seq for each in calls), default=0), now_ms, day, calls, numbers)


def quiet() -> Board:
    return follow(Board(), told(), 0.0)


def played(board: Board, now_s: float, for_s: float = 600.0) -> tuple[Board, list[Call]]:
    """Return the board after some time, and every call that took the big place meanwhile."""
    shown: list[Call] = []
    end_s = now_s + for_s
    while board.queue and now_s < end_s:
        before = board.big
        board = advanced(board, now_s)
        if board.big is not None and board.big is not before:
            shown.append(board.big)
        now_s += 0.25
    return board, shown


def turns(board: Board, now_s: float) -> list[int]:
    """Return the seq of the big call and of those that follow it."""
    first = [] if board.big is None else [board.big]
    return [each.seq for each in (*first, *played(board, now_s)[1])]


def test_a_call_in_a_quiet_hall_is_big_at_once() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    assert board.big == call(1)
    assert board.rows == (call(1),)
    assert board.queue == ()


def test_of_several_calls_in_one_second_each_gets_its_turn_and_all_stand_in_the_rows_at_once() -> None:
    board = follow(quiet(), told(call(1), call(2), call(3)), 5.0)

    assert [each.seq for each in board.rows] == [3, 2, 1]
    assert board.big == call(1)
    assert advanced(board, 5.0 + TURN_S - 0.01).big == call(1)
    assert advanced(board, 5.0 + TURN_S).big == call(2)
    assert turns(board, 5.0) == [1, 2, 3]


def test_the_last_call_stays_big_until_the_next() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    assert advanced(board, 500.0) == board


def test_a_call_after_a_long_time_does_not_wait() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    assert follow(board, told(call(1), call(2)), 60.0).big == call(2)


def test_a_recall_moves_its_number_to_the_top_and_stands_there_once() -> None:
    board = follow(quiet(), told(call(1, "A001"), call(2, "A002")), 5.0)

    board = follow(board, told(call(3, "A001", attempt=2)), 20.0)

    assert [(row.number, row.recall) for row in board.rows] == [("A001", True), ("A002", False)]


def test_a_screen_switched_on_in_the_middle_of_the_day_shows_the_last_call_without_flashing() -> None:
    board = follow(Board(), told(call(1), call(2), call(3)), 100.0)

    assert board.big == call(3)
    assert [each.seq for each in board.rows] == [3, 2, 1]
    assert pulse(board, 100.0) == pulse(board, 100.2) == 0


def test_the_first_call_after_switching_on_is_big_at_once() -> None:
    board = follow(Board(), told(call(1)), 100.0)

    assert follow(board, told(call(1), call(2)), 100.1).big == call(2)


def test_a_call_already_shown_changes_nothing_when_the_hub_comes_back() -> None:
    board = follow(quiet(), told(call(1), call(2)), 5.0)

    assert follow(board, told(call(1), call(2)), 6.0) == board


def test_calls_made_while_the_hub_was_away_get_their_turn_when_it_is_back() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    board = follow(board, told(call(1), call(2), call(3)), 60.0)

    assert turns(board, 60.0) == [2, 3]


def test_rows_that_a_snapshot_no_longer_holds_stay() -> None:
    board = follow(quiet(), told(call(1), call(2)), 5.0)

    board = follow(board, told(call(3)), 60.0)

    assert [each.seq for each in board.rows] == [3, 2, 1]


def test_a_new_day_begins_empty() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    assert follow(board, told(day=date(2026, 12, 1)), 6.0) == Board(day=date(2026, 12, 1))


def test_a_hub_restored_from_a_backup_begins_the_board_anew() -> None:
    board = follow(quiet(), told(call(7, "A007")), 5.0)

    board = follow(board, told(call(4, "A004")), 6.0)

    assert (board.seen, board.big, board.rows) == (4, call(4, "A004"), (call(4, "A004"),))


def test_ten_calls_within_a_second_at_five_counters_each_get_their_turn_also_the_answered_ones() -> None:
    board, now_s = quiet(), 5.0
    calls = [replace(call(seq), counter=1 + seq % 5) for seq in range(1, 11)]

    for each in calls:
        board = follow(board, told(*calls[: each.seq], called={each.number}), now_s)
        now_s += 0.1
    shown = [calls[0], *played(board, now_s)[1]]

    assert shown == calls
    assert board.rows == tuple(reversed(calls[-ROWS:]))


def test_while_many_wait_a_turn_is_two_whole_fades() -> None:
    board = follow(quiet(), told(*(call(seq) for seq in range(1, PATIENCE + 3))), 5.0)

    assert advanced(board, 5.0 + SHORT_TURN_S - 0.01).big == call(1)
    assert advanced(board, 5.0 + SHORT_TURN_S).big == call(2)
    assert pulse(board, 5.0 + SHORT_TURN_S) == pytest.approx(0, abs=1e-9)


def test_beyond_the_longest_queue_answered_calls_give_up_their_turn_but_never_the_newest() -> None:
    calls = tuple(call(seq) for seq in range(1, LONGEST_QUEUE + 4))

    board = follow(quiet(), told(*calls, called={"A001"}), 5.0)

    assert turns(board, 5.0) == [1, *range(5, LONGEST_QUEUE + 4)]


def test_long_after_the_last_call_was_answered_the_screen_is_calm_and_the_rows_stay() -> None:
    board = follow(quiet(), told(call(1)), 5.0)

    assert showing(board, told(call(1), now_ms=CALM_MS, called=set())) == call(1)
    assert showing(board, told(call(1), now_ms=CALM_MS + 1, called=set())) is None
    assert showing(board, told(call(1), now_ms=CALM_MS + 1, called={"A001"})) == call(1)
    assert board.rows == (call(1),)


def test_a_call_taken_back_leaves_the_screen_and_the_one_before_stands_still_in_its_place() -> None:
    board = follow(quiet(), told(call(1), call(2)), 5.0)
    board = advanced(board, 5.0 + TURN_S)

    board = withdrawn(board, ["A002"])

    assert (board.big, board.rows) == (call(1), (call(1),))
    assert pulse(board, 5.0 + TURN_S + FADE_S / 2) == 0
    assert withdrawn(board, ["A001"]).big is None


def test_a_call_taken_back_while_others_wait_gives_its_turn_to_the_next() -> None:
    board = follow(quiet(), told(call(1), call(2), call(3)), 5.0)

    board = advanced(withdrawn(board, ["A001", "A002"]), 5.1)

    assert (board.big, board.queue, board.rows) == (call(3), (), (call(3),))


def test_before_the_first_call_nothing_is_big() -> None:
    assert showing(quiet(), told()) is None


def test_a_new_call_fades_three_times_and_then_stands_still() -> None:
    board = follow(quiet(), told(call(1)), 5.0)
    bright = [pulse(board, 5.0 + FADE_S * (fade + 0.53)) for fade in range(FADES)]
    dark = [pulse(board, 5.0 + FADE_S * (fade + 0.03)) for fade in range(FADES)]

    assert bright == pytest.approx([1, 1, 1])
    assert dark == pytest.approx([0, 0, 0], abs=1e-9)
    assert pulse(board, 5.0 + FADE_S * FADES) == 0
    assert pulse(board, 4.9) == 0


def test_the_pulse_is_painted_no_more_than_thirty_one_times_a_second() -> None:
    board = follow(quiet(), told(call(1)), 5.0)
    shown = [pulse(board, 5.0 + milliseconds / 1000) for milliseconds in range(520)]

    assert sum(before != after for before, after in pairwise(shown)) <= 0.52 * 31


def test_the_pulse_never_reaches_three_flashes_a_second() -> None:
    assert 1 / FADE_S < 3
    assert FADE_S * FADES < TURN_S


arrivals = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 6)), min_size=1, max_size=40)


@settings(deadline=None)
@given(arrivals)
def test_no_call_is_lost_and_their_order_is_kept(bursts: list[tuple[int, float]]) -> None:
    board, now_s = quiet(), 0.0
    made: list[Call] = []
    shown: list[Call] = []
    for count, pause_s in bursts:
        made += [call(len(made) + each) for each in range(1, count + 1)]
        before = board.big
        board = follow(board, told(*made[-24:], called={each.number for each in made}), now_s)
        shown += [board.big] if board.big and board.big is not before else []
        board, more = played(board, now_s, pause_s)
        shown += more
        now_s += pause_s

    shown += played(board, now_s)[1]

    assert shown == made


@settings(deadline=None)
@given(arrivals, st.integers(0, 3))
def test_the_rows_are_bounded_newest_first_and_hold_a_number_once(bursts: list[tuple[int, float]], names: int) -> None:
    board, seq, now_s = quiet(), 0, 0.0
    for count, pause_s in bursts:
        made = tuple(call(seq + each, f"A{(seq + each) % (5 + names)}") for each in range(1, count + 1))
        seq += count
        board = follow(board, replace(told(*made), seq=seq), now_s)
        now_s += pause_s

    seqs = [row.seq for row in board.rows]

    assert len(board.rows) <= ROWS
    assert seqs == sorted(seqs, reverse=True)
    assert len({row.number for row in board.rows}) == len(board.rows)
    assert not seq or seqs[0] == seq


@settings(deadline=None)
@given(arrivals)
def test_a_call_keeps_the_big_place_for_its_whole_turn(bursts: list[tuple[int, float]]) -> None:
    board, seq, now_s, since = quiet(), 0, 0.0, -TURN_S
    for count, pause_s in bursts:
        before = board.big
        board = follow(board, told(*(call(seq + each) for each in range(1, count + 1))), now_s) if count else board
        board = advanced(board, now_s)
        seq += count
        if board.big != before:
            assert now_s - since >= SHORT_TURN_S
            since = now_s
        now_s += pause_s
