"""Papers that come too late are not printed any more, and an answer is about what was asked."""

import pytest

from config.load import Content
from hub.carry import told_of
from hub.rules import commands as cmd
from hub.rules.decide import decide
from hub.rules.printing import tickets_left
from hub.rules.refusal import Refused
from hub.rules.state import Job, Roll
from hub.show import ticket_view
from tests.hub.rules.play import Play

PRINTER, OTHER = "anjungan-1-printer", "anjungan-2-printer"


def printing(content: Content, *, kiosks: int = 2) -> tuple[Play, str]:
    """Return a hall whose printers are ready, with one ticket taken at its first kiosk."""
    content = {**content, "kiosks": [{"id": f"anjungan-{number}"} for number in range(1, kiosks + 1)]}
    play = Play(content)
    for printer in (PRINTER, OTHER)[:kiosks]:
        play.do(cmd.ReportPrinter(printer, "ONLINE"))
    return play, play.issue(kiosk="anjungan-1")


def report(play: Play, job: str, *states: str, reason: str = "", mm: int = 100) -> list[str]:
    """Report states of a job one after the other and return the kinds of the last one's events."""
    for state in states:
        events = play.do(cmd.ReportJob(job, state, "process_id", reason if state == states[-1] else "", mm))
    return [event.kind for event in events]


def reprint(play: Play, number: str, *, printer: str | None = None, staff: bool = True) -> Job:
    """Ask for one more paper and return its job."""
    play.do(cmd.Reprint(number, printer, "hilang" if staff else "", "loket-1", staff))
    return play.state.jobs[str(play.state.tickets[number].job)]


def test_a_paper_that_has_waited_for_a_minute_is_not_printed_any_more(content: Content) -> None:
    play, number = printing(content)

    assert play.wait(60).do(cmd.TurnDay()) == []
    assert [event.kind for event in play.wait(1).do(cmd.TurnDay())] == ["print.expired"]
    with pytest.raises(Refused, match="job_state"):
        report(play, f"{number}-0", "sending")


def test_an_agent_that_is_quicker_than_the_hubs_look_may_not_print_it_either(content: Content) -> None:
    play, number = printing(content)
    play.wait(61)

    with pytest.raises(Refused, match="job_stale"):
        report(play, f"{number}-0", "sending")


def test_the_hall_file_says_how_long_a_paper_is_waited_for(content: Content) -> None:
    play, _ = printing({**content, "policy": {**content["policy"], "paper_expires_seconds": 600}})

    assert play.wait(599).do(cmd.TurnDay()) == []


def test_a_doubtful_paper_gets_one_marked_copy_by_itself(content: Content) -> None:
    play, number = printing(content)

    assert report(play, f"{number}-0", "sending", "uncertain") == ["print.uncertain", "print.queued"]
    copy = play.state.jobs[f"{number}-1"]
    assert (copy.copy, copy.printer, copy.content) == (1, PRINTER, play.state.jobs[f"{number}-0"].content)
    assert report(play, f"{number}-1", "sending", "uncertain") == ["print.uncertain"]


def test_a_paper_that_stopped_on_its_way_is_in_two_parts_and_gets_a_copy(content: Content) -> None:
    play, number = printing(content)

    kinds = report(play, f"{number}-0", "sending", "waiting", "done", reason="PAPER_OUT")

    assert kinds == ["print.done", "print.queued"]


def test_a_paper_in_two_parts_stays_doubtful_where_no_copy_comes(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "waiting")

    kinds = report(play.wait(61), f"{number}-0", "done", reason="PAPER_OUT")

    assert kinds == ["print.uncertain"]


def test_a_minute_after_the_press_only_a_person_asks_for_a_copy(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending")

    assert report(play.wait(61), f"{number}-0", "uncertain") == ["print.uncertain"]


def test_no_copy_is_printed_of_a_number_that_was_given_back(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending")
    play.do(cmd.Cancel(number, "loket-1", True))

    assert report(play, f"{number}-0", "uncertain") == ["print.uncertain"]


def test_a_paper_that_still_waits_is_taken_to_another_printer_unmarked(content: Content) -> None:
    play, number = printing(content)

    moved = reprint(play, number, printer=OTHER, staff=False)

    assert (moved.printer, moved.copy) == (OTHER, 0)
    assert play.state.jobs[f"{number}-0"].state == "cancelled"


def test_every_paper_after_one_that_may_be_out_is_a_copy(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")

    first = reprint(play, number)
    report(play, first.job, "sending", "done")
    second = reprint(play, number)

    assert [first.copy, second.copy] == [1, 2]


def test_the_staff_says_why_and_a_visitor_cannot_ask_for_a_paper_that_is_out(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")

    with pytest.raises(Refused, match="reason_needed"):
        play.do(cmd.Reprint(number, None, " ", "loket-1", True))
    with pytest.raises(Refused, match="paper_is_out"):
        reprint(play, number, staff=False)


def test_a_visitor_may_try_three_printers_and_then_asks_the_staff(content: Content) -> None:
    play, number = printing(content)
    reprint(play, number, printer=OTHER, staff=False)
    reprint(play, number, printer=PRINTER, staff=False)

    with pytest.raises(Refused, match="paper_ask_staff"):
        reprint(play, number, printer=OTHER, staff=False)
    assert reprint(play, number, printer=OTHER).copy == 0


def test_a_paper_on_its_way_is_waited_for(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending")

    with pytest.raises(Refused, match="paper_on_its_way"):
        reprint(play, number)


def test_a_copy_comes_from_the_nearest_printer_that_is_ready(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")
    play.do(cmd.ReportPrinter(PRINTER, "PAPER_OUT"))

    assert reprint(play, number).printer == OTHER

    play.do(cmd.ReportPrinter(OTHER, "COVER_OPEN"))
    play.do(cmd.SettlePaper(number, "noted", "anjungan-1"))
    with pytest.raises(Refused, match="no_printer_ready"):
        reprint(play, number)


def test_a_number_without_any_paper_gets_its_first_one_from_the_staff(content: Content) -> None:
    play, _ = printing(content)
    number = play.issue()

    paper = reprint(play, number)

    assert (paper.copy, paper.content["number"], paper.content["promise"]) == (0, number, None)


def test_a_visitor_who_has_noted_the_number_ends_a_paper_that_waits_and_no_other(content: Content) -> None:
    play, number = printing(content)
    other = play.issue(kiosk="anjungan-1")
    report(play, f"{other}-0", "sending")

    assert [event.kind for event in play.do(cmd.SettlePaper(number, "noted", "anjungan-1"))] == ["print.cancelled"]
    assert [event.kind for event in play.do(cmd.SettlePaper(other, "noted", "anjungan-1"))] == ["paper.noted"]
    assert play.state.tickets[number].state == "waiting"


def test_a_proof_that_comes_late_counts_and_drops_a_copy_that_has_not_begun(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "uncertain")

    kinds = report(play, f"{number}-0", "done")

    assert kinds == ["print.done", "print.cancelled"]
    assert play.state.jobs[f"{number}-1"].state == "cancelled"


def test_no_copy_comes_for_a_visitor_who_has_noted_the_number(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "waiting")

    play.do(cmd.SettlePaper(number, "noted", "anjungan-1"))
    while_waiting = ticket_view(play.state, play.state.tickets[number])["paper"]
    kinds = report(play, f"{number}-0", "uncertain")

    assert (while_waiting, kinds) == ("failed", ["print.uncertain"])
    assert play.do(cmd.SettlePaper(number, "noted", "anjungan-1")) == []


def test_a_number_whose_first_paper_may_be_out_is_cancelled_by_the_staff_alone(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "uncertain")

    with pytest.raises(Refused, match="already_printing"):
        play.do(cmd.Cancel(number, "anjungan-1", False))
    assert play.do(cmd.Cancel(number, "loket-1", True))[0].kind == "ticket.cancelled"


def test_a_number_whose_paper_expired_can_still_be_given_back(content: Content) -> None:
    play, number = printing(content)
    play.wait(61).do(cmd.TurnDay())

    assert play.do(cmd.Cancel(number, "anjungan-1", False))[0].kind == "ticket.cancelled"


def test_a_number_that_never_had_a_paper_counts_as_without_one_unless_it_is_from_a_block(content: Content) -> None:
    play, _ = printing(content)
    given = play.issue()
    play.do(cmd.EnterBlockNumber("layanan-0-0", "A701", "normal", "loket-1"))

    papers = [ticket_view(play.state, play.state.tickets[number])["paper"] for number in (given, "A701")]

    assert papers == ["failed", "none"]


@pytest.mark.parametrize(("is_out", "paper"), [(True, "printed"), (False, "failed")])
def test_a_person_settles_whether_a_doubtful_paper_is_out(content: Content, is_out: bool, paper: str) -> None:
    play, number = printing(content)
    play.wait(0)
    report(play, f"{number}-0", "sending")
    report(play.wait(61), f"{number}-0", "uncertain")

    play.do(cmd.SettlePaper(number, "out" if is_out else "missing", "loket-1"))

    assert ticket_view(play.state, play.state.tickets[number])["paper"] == paper
    with pytest.raises(Refused, match="paper_known"):
        play.do(cmd.SettlePaper(number, "out" if is_out else "missing", "loket-1"))


def test_the_paper_of_a_roll_is_counted_and_told_in_tens(content: Content) -> None:
    content = {**content, "printers": [{"id": PRINTER, "kiosk": "anjungan-1", "roll_m": 20}]}
    play, number = printing(content, kiosks=1)
    assert tickets_left(play.state, PRINTER) is None

    report(play, f"{number}-0", "sending", "done", mm=150)

    assert tickets_left(play.state, PRINTER) == 130


@pytest.mark.parametrize("way", [["PAPER_LOW", "COVER_OPEN", "ONLINE"], ["PAPER_OUT", "ONLINE"]])
def test_a_new_roll_is_noticed_by_the_sensor(content: Content, way: list[str]) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")
    for status in way:
        play.do(cmd.ReportPrinter(PRINTER, status))

    assert play.state.rolls[PRINTER] == Roll()


def test_a_cover_that_was_open_is_no_new_roll_but_a_persons_word_is(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")
    for status in ("COVER_OPEN", "ONLINE"):
        play.do(cmd.ReportPrinter(PRINTER, status))
    used = play.state.rolls[PRINTER].used_mm

    play.do(cmd.ChangeRoll(PRINTER, "loket-1"))

    assert (used, play.state.rolls[PRINTER].used_mm) == (100, 0)


def test_the_paper_used_outlasts_the_day(content: Content) -> None:
    play, number = printing(content)
    report(play, f"{number}-0", "sending", "done")

    play.wait(86_400).do(cmd.TurnDay())

    assert play.state.rolls[PRINTER] == Roll(100, 1)


def test_going_back_to_the_file_in_force_drops_what_was_planned(content: Content) -> None:
    play = Play(content)
    play.issue()
    changed = {**content, "agencies": content["agencies"][1:], "counters": content["counters"][6:]}
    play.do(cmd.Begin("mpp-uji", False, changed, "new", "head"))

    play.do(cmd.Begin("mpp-uji", False, content, "digest", "head"))
    play.wait(86_400).do(cmd.TurnDay())

    assert play.state.config_digest == "digest"
    assert play.issue() == "A001"


def test_an_answer_tells_of_the_commands_own_counter(content: Content) -> None:
    play = Play(content).open(1, 7)
    play.issue()
    play.do(cmd.Issue("layanan-1-0", "normal", None, "id", "A001"))
    play.call(1)
    play.do(cmd.Start(1))
    play.do(cmd.CallNext(7))

    command = cmd.Finish(1)
    events = decide(play.state, command, play.now_ms)
    play.do(command)
    answer = told_of(command)(play.state, events)

    assert [event.kind for event in events] == ["service.finished", "ticket.resumed", "ticket.called"]
    assert (answer["ticket"]["number"], answer["counter"]["counter"]) == ("A001", 1)
