"""What becomes of a number outside the plain way: out of order, taken back, put aside, returned, sent on."""

from collections.abc import Callable

import pytest

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from tests.hub.rules.play import Play


def code(deed: Callable[[], object]) -> str:
    """Return the code with which a deed is refused."""
    with pytest.raises(Refused) as refused:
        deed()
    assert all(refused.value.words.values())
    return refused.value.code


def kinds(events: list) -> list[str]:
    return [event.kind for event in events]


def missed(play: Play, counter: int) -> str:
    """Call the next ticket in vain and return its number."""
    number = play.call(counter)
    for _ in range(2):
        play.wait(20).do(cmd.Recall(counter))
    play.wait(20).do(cmd.Miss(counter))
    return number


def serving(play: Play, counter: int) -> str:
    """Call the next ticket, start serving it and return its number."""
    number = play.call(counter)
    play.do(cmd.Start(counter))
    return number


# Out of order


def test_a_number_is_called_out_of_order_for_a_reason_that_is_kept(content: Content) -> None:
    play = Play(content).open(1)
    numbers = [play.wait(10).issue() for _ in range(3)]

    assert code(lambda: play.do(cmd.CallNumber(1, numbers[2], "  "))) == "reason_needed"
    event = play.do(cmd.CallNumber(1, numbers[2], "Bayi sakit"))[0]

    assert event.body()["reason"] == {"rule": "number", "why": "Bayi sakit", "passed_over": 2}
    assert event.body()["clerk"] == "P01"


def test_a_number_that_does_not_wait_cannot_be_called(content: Content) -> None:
    play = Play(content).open(1, 2)
    number = play.issue()
    play.call(1)

    assert code(lambda: play.do(cmd.CallNumber(2, number, "salah tekan"))) == "ticket_not_waiting"
    assert code(lambda: play.do(cmd.CallNumber(2, "A999", "salah tekan"))) == "ticket_not_found"


# Taken back


def test_a_call_is_taken_back_within_five_seconds_and_the_ticket_keeps_its_place(content: Content) -> None:
    play = Play(content).open(1)
    first = play.issue()
    play.wait(10).issue()
    play.call(1)

    play.wait(5).do(cmd.Withdraw(1))

    assert play.state.tickets[first].state == "waiting"
    assert not play.state.calls
    assert play.call(1) == first


def test_a_finish_is_taken_back_within_five_seconds(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = serving(play, 1)
    play.do(cmd.Finish(1))

    play.wait(5).do(cmd.Withdraw(1))

    assert (play.state.tickets[number].state, play.state.counter(1).ticket) == ("serving", number)


def test_after_five_seconds_nothing_is_taken_back(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()

    assert code(lambda: play.do(cmd.Withdraw(1))) == "nothing_to_withdraw"
    play.call(1)
    assert code(lambda: play.wait(6).do(cmd.Withdraw(1))) == "nothing_to_withdraw"
    play.do(cmd.Start(1))
    assert code(lambda: play.do(cmd.Withdraw(1))) == "nothing_to_withdraw"
    play.do(cmd.Finish(1))
    assert code(lambda: play.wait(6).do(cmd.Withdraw(1))) == "nothing_to_withdraw"


# Returning


def test_a_missed_visitor_waits_again_with_ten_minutes_of_the_old_clock_and_not_at_once(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    play.wait(3000)
    number = missed(play, 1)
    later = play.wait(1200).issue()

    play.do(cmd.Return(number, "loket-1"))

    assert play.state.tickets[number].clock_ms == play.now_ms - 600_000
    assert play.wait(59).call(1) == later
    play.do(cmd.Start(1))
    play.do(cmd.Finish(1))
    assert play.wait(1).call(1) == number


def test_a_missed_visitor_returns_once_and_within_half_an_hour(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    play.issue()
    first, second = missed(play, 1), missed(play, 1)

    play.do(cmd.Return(first, "loket-1"))
    play.wait(60)
    assert missed(play, 1) == first
    assert code(lambda: play.do(cmd.Return(first, "loket-1"))) == "return_once"
    assert code(lambda: play.wait(1700).do(cmd.Return(second, "loket-1"))) == "return_too_late"
    assert code(lambda: play.do(cmd.Return("A099", "loket-1"))) == "ticket_not_found"


def test_after_an_interruption_a_missed_visitor_may_return_all_day(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = missed(play, 1)
    play.wait(3 * 3600)
    play.do(cmd.NoteInterruption(play.now_ms - 7_200_000, play.now_ms))

    assert kinds(play.wait(3600).do(cmd.Return(number, "loket-1"))) == ["ticket.returned"]


def test_an_interruption_freezes_the_clock_of_a_call_and_the_promise(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    second = play.issue()
    promised = play.state.tickets[second].promise_ms
    play.call(1)
    play.wait(600).do(cmd.NoteInterruption(play.now_ms - 600_000, play.now_ms))

    assert promised
    assert play.state.tickets[second].promise_ms == promised + 600_000
    assert code(lambda: play.do(cmd.Recall(1))) == "recall_too_soon"


# Putting aside


def test_a_held_visitor_comes_back_with_the_old_clock_to_the_same_counter_first(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()
    number = serving(play, 1)
    clock = play.state.tickets[number].clock_ms
    play.do(cmd.Hold(1))
    other = play.wait(600).issue()

    play.do(cmd.Resume(number, "loket-1"))

    assert play.state.tickets[number].clock_ms == clock
    assert play.call(2) == other
    assert play.call(1) == number


def test_after_five_minutes_any_counter_may_call_a_resumed_visitor(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()
    number = serving(play, 1)
    play.do(cmd.Hold(1))
    play.do(cmd.Resume(number, "loket-1"))

    assert code(lambda: play.wait(299).call(2)) == "nobody_waiting"
    assert play.wait(1).call(2) == number


def test_who_was_away_for_more_than_half_an_hour_begins_anew(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = serving(play, 1)
    play.do(cmd.Hold(1))

    play.wait(1801).do(cmd.Resume(number, "loket-1"))

    assert play.state.tickets[number].clock_ms == play.now_ms
    assert code(lambda: play.do(cmd.Resume(number, "loket-1"))) == "not_held"


def test_a_ticket_is_put_aside_once(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = serving(play, 1)
    play.do(cmd.Hold(1))
    play.do(cmd.Resume(number, "loket-1"))
    serving(play, 1)

    assert code(lambda: play.do(cmd.Hold(1))) == "hold_once"


# Sent elsewhere


def test_a_transfer_keeps_number_class_and_clock(content: Content) -> None:
    play = Play(content).open(1, 7)
    play.issue(ticket_class="priority")
    number = serving(play, 1)
    before = play.state.tickets[number]

    play.do(cmd.Transfer(number, "layanan-1-0", None, "loket-1"))

    after = play.state.tickets[number]
    assert (after.ticket_class, after.clock_ms, after.service) == (before.ticket_class, before.clock_ms, "layanan-1-0")
    assert play.state.counter(1).ticket is None
    assert play.call(7) == number


def test_a_transfer_by_the_head_tells_who_moved_it_whom_it_left_and_from_where(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = serving(play, 1)

    body = play.do(cmd.Transfer(number, "layanan-0-1", None, "kepala"))[0].body()

    assert {name: body[name] for name in ("counter", "clerk", "by", "was")} == {
        "counter": 1, "clerk": "P01", "by": "kepala", "was": "layanan-0-0",
    }  # fmt: skip


def test_a_transfer_to_a_counter_is_kept_for_it(content: Content) -> None:
    play = Play(content).open(1, 2)
    number = play.issue()

    play.do(cmd.Transfer(number, None, 2, "loket-1"))

    assert code(lambda: play.call(1)) == "nobody_waiting"
    assert play.call(2) == number


@pytest.mark.parametrize(
    ("service", "counter", "refused"),
    [
        (None, None, "transfer_nowhere"),
        ("layanan-0-0", None, "transfer_nowhere"),
        ("layanan-9-9", None, "service_not_found"),
        (None, 99, "counter_not_found"),
        (None, 7, "counter_serves_not"),
    ],
)
def test_a_transfer_needs_somewhere_to_go(
    content: Content, service: str | None, counter: int | None, refused: str
) -> None:
    play = Play(content)
    number = play.issue()

    assert code(lambda: play.do(cmd.Transfer(number, service, counter, "loket-1"))) == refused


def test_the_next_service_of_a_visit_keeps_the_number_and_has_a_head_start(content: Content) -> None:
    play = Play(content).open(1, 7)
    play.issue()
    number = serving(play, 1)
    play.wait(600)
    waiting = play.issue("layanan-1-0")

    events = play.wait(250).do(cmd.Finish(1, "done", "layanan-1-0"))

    assert kinds(events) == ["service.finished", "ticket.transferred"]
    assert events[0].body()["outcome"] == "sent_on"
    assert play.wait(10).call(7) == number
    play.do(cmd.Start(7))
    play.do(cmd.Finish(7))
    assert play.call(7) == waiting


def test_papers_that_are_missing_are_an_outcome(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    serving(play, 1)

    assert play.do(cmd.Finish(1, "incomplete"))[0].body()["outcome"] == "incomplete"


# Several numbers of one visitor


def test_a_visitor_holds_up_to_three_open_numbers(content: Content) -> None:
    play = Play(content)
    first = play.issue()
    for service in ("layanan-1-0", "layanan-2-0"):
        play.do(cmd.Issue(service, "normal", None, "id", first))

    assert play.state.visits[first] == ("A001", "B001", "C001")
    assert code(lambda: play.do(cmd.Issue("layanan-3-0", "normal", None, "id", "C001"))) == "visit_limit"
    play.do(cmd.Cancel("B001", "loket-1", True))
    play.do(cmd.Issue("layanan-3-0", "normal", None, "id", "C001"))
    assert play.state.tickets["D001"].visit == first


def two_errands(content: Content) -> Play:
    """Return a play in which A001 is served at counter 1 while B001 of the same visitor waits for counter 7."""
    play = Play(content).open(1, 7)
    play.issue()
    play.do(cmd.Issue("layanan-1-0", "normal", None, "id", "A001"))
    serving(play, 1)
    return play


def test_a_call_to_a_visitor_who_is_elsewhere_is_held_and_the_next_is_called(content: Content) -> None:
    play = two_errands(content)
    play.wait(10).issue("layanan-1-0")

    events = play.do(cmd.CallNext(7))

    assert kinds(events) == ["ticket.held", "ticket.called"]
    assert (events[0].body()["number"], events[0].body()["other"]) == ("B001", "A001")
    assert events[1].body()["number"] == "B002"


def test_the_held_call_comes_by_itself_when_the_visitor_is_free(content: Content) -> None:
    play = two_errands(content)
    assert kinds(play.do(cmd.CallNext(7))) == ["ticket.held"]

    events = play.wait(60).do(cmd.Finish(1))

    assert kinds(events) == ["service.finished", "ticket.resumed", "ticket.called"]
    assert (play.state.counter(7).ticket, play.state.tickets["B001"].state) == ("B001", "called")


def test_where_the_counter_is_busy_the_visitor_is_its_next(content: Content) -> None:
    play = two_errands(content)
    play.issue("layanan-1-0")
    play.issue("layanan-1-0")
    play.do(cmd.CallNext(7))
    play.do(cmd.Start(7))

    assert kinds(play.do(cmd.Finish(1))) == ["service.finished", "ticket.resumed"]
    play.do(cmd.Finish(7))
    assert play.call(7) == "B001"


@pytest.mark.parametrize("end", [cmd.Finish(1), cmd.Hold(1), cmd.Transfer("A001", "layanan-2-0", None, "loket-1")])
def test_whatever_ends_the_visit_at_the_counter_frees_the_held_call(content: Content, end: cmd.Command) -> None:
    play = two_errands(content)
    play.do(cmd.CallNext(7))

    play.do(end)

    assert play.state.tickets["B001"].state == "called"


def test_a_visitor_who_is_elsewhere_is_not_called_by_number_either(content: Content) -> None:
    play = two_errands(content)

    assert code(lambda: play.do(cmd.CallNumber(7, "B001", "salah tekan"))) == "visitor_elsewhere"


# Paper blocks


def test_numbers_of_a_paper_block_are_entered_in_order(content: Content) -> None:
    play = Play(content).open(1)
    play.do(cmd.EnterBlockNumber("layanan-0-0", "A702", "normal", "loket-1"))
    play.wait(1).do(cmd.EnterBlockNumber("layanan-0-0", "A701", "priority", "loket-1"))

    assert code(lambda: play.do(cmd.EnterBlockNumber("layanan-0-0", "A702", "normal", "x"))) == "number_used"
    assert code(lambda: play.do(cmd.EnterBlockNumber("layanan-0-0", "A001", "normal", "x"))) == "not_from_block"
    assert code(lambda: play.do(cmd.EnterBlockNumber("layanan-0-0", "B701", "normal", "x"))) == "not_from_block"
    assert play.issue() == "A001"
    assert play.call(1) == "A702"


# Hall files


def test_a_changed_hall_file_holds_at_once_where_nobody_loses_by_it(content: Content) -> None:
    play = Play(content)
    changed = {**content, "hall": {**content["hall"], "phone": "0735"}}

    assert kinds(play.do(cmd.Begin("mpp-uji", False, changed, "new", "head"))) == ["config.applied"]


@pytest.mark.parametrize("loss", ["service", "letter", "counter"])
def test_a_hall_file_that_strands_a_ticket_waits_for_the_next_day(content: Content, loss: str) -> None:
    play = Play(content).open(1)
    play.issue()
    changed = {**content, "agencies": [dict(agency) for agency in content["agencies"]]}
    if loss == "service":
        changed["agencies"] = changed["agencies"][1:]
        changed["counters"] = content["counters"][6:]
    elif loss == "letter":
        changed["agencies"][0]["letter"] = "Z"
    else:
        changed["counters"] = content["counters"][1:]

    assert kinds(play.do(cmd.Begin("mpp-uji", False, changed, "new", "head"))) == ["config.planned"]
    assert play.do(cmd.Begin("mpp-uji", False, changed, "new", "head")) == []
    events = play.wait(86_400).do(cmd.TurnDay())
    assert kinds(events) == ["ticket.unserved", "day.closed", "config.applied", "day.opened"]
    assert play.state.config_digest == "new"


def test_the_last_counter_that_helps_out_does_not_strand_anyone_either(content: Content) -> None:
    content["counters"][6]["second_services"] = {"layanan-0-0": 5}
    play = Play(content).open(1, 7)
    play.issue()

    play.do(cmd.Close(1))

    assert code(lambda: play.do(cmd.Close(7))) == "tickets_waiting"


# Clerks


def test_where_the_hall_has_clerks_only_they_sign_in(content: Content) -> None:
    play = Play(content)
    play.do(cmd.AddClerk("P01", "hash", "head"))

    assert code(lambda: play.do(cmd.SignIn(1, "P02"))) == "clerk_unknown"
    assert kinds(play.do(cmd.SignIn(1, "P01"))) == ["clerk.signed_in"]


def test_a_locked_clerk_waits_five_minutes(content: Content) -> None:
    play = Play(content)
    play.do(cmd.AddClerk("P01", "hash", "head"))
    play.do(cmd.LockClerk("P01"))

    assert code(lambda: play.wait(299).do(cmd.SignIn(1, "P01"))) == "clerk_locked"
    assert kinds(play.wait(1).do(cmd.SignIn(1, "P01"))) == ["clerk.signed_in"]


def test_a_clerk_signs_out_of_a_closed_counter(content: Content) -> None:
    play = Play(content).open(1)

    assert code(lambda: play.do(cmd.SignOut(1))) == "close_first"
    play.do(cmd.Close(1))
    play.do(cmd.SignIn(1, "P01"))
    play.do(cmd.SignOut(1))
    assert play.state.counter(1).clerk is None


def test_the_head_lets_a_last_counter_close(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()

    assert code(lambda: play.do(cmd.Close(1))) == "tickets_waiting"
    assert play.do(cmd.Close(1, "head"))[0].body()["consent"] == "head"


# What a review found


def test_a_counter_cannot_take_back_what_another_counter_finished(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()
    number = serving(play, 1)
    play.do(cmd.Finish(1, "done", "layanan-0-1"))
    assert serving(play, 2) == number
    play.do(cmd.Finish(2))

    assert code(lambda: play.wait(2).do(cmd.Withdraw(1))) == "nothing_to_withdraw"


def test_a_closed_counter_takes_nothing_back(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()
    serving(play, 1)
    play.do(cmd.Finish(1))
    play.do(cmd.Close(1))

    assert code(lambda: play.do(cmd.Withdraw(1))) == "nothing_to_withdraw"


def test_taking_a_finish_back_forgets_what_it_taught(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    serving(play, 1)
    play.wait(60).do(cmd.Finish(1))
    once = play.state.learned["layanan-0-0"]
    play.do(cmd.Withdraw(1))
    play.do(cmd.Finish(1))

    assert play.state.learned["layanan-0-0"] == once


def test_a_ticket_kept_for_a_counter_that_closes_is_anybodys_again(content: Content) -> None:
    play = Play(content).open(1, 2)
    number = play.issue()
    play.do(cmd.Transfer(number, None, 2, "loket-1"))
    play.do(cmd.Close(2))

    assert play.call(1) == number


@pytest.mark.parametrize("end", ["withdraw", "cancel"])
def test_a_held_number_comes_back_however_the_other_one_ends(content: Content, end: str) -> None:
    play = Play(content).open(1, 7)
    play.issue()
    play.do(cmd.Issue("layanan-1-0", "normal", None, "id", "A001"))
    play.call(1)
    play.do(cmd.CallNext(7))

    play.do(cmd.Withdraw(1))
    if end == "cancel":
        play.do(cmd.Cancel("A001", "loket-1", True))

    assert play.state.tickets["B001"].state == "called"


def test_a_missed_number_does_not_return_to_a_service_that_is_gone(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    number = missed(play, 1)
    play.do(cmd.Close(1))
    fewer = {**content, "agencies": content["agencies"][1:], "counters": content["counters"][6:]}
    play.do(cmd.Begin("mpp-uji", False, fewer, "new", "head"))

    assert code(lambda: play.do(cmd.Return(number, "loket-1"))) == "service_not_found"


def test_the_heads_word_holds_over_midnight_until_its_end(content: Content) -> None:
    play = Play(content)
    play.do(cmd.Force("hall", "closed", "Banjir", play.now_ms + 3 * 86_400_000, "head"))
    play.wait(86_400).do(cmd.TurnDay())

    assert code(play.issue) == "forced_closed"
