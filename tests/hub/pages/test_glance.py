"""What the first page counts: people who wait, not those of a trial; promises as the report counts them."""

from pathlib import Path

from bench.hall import generated_hall
from hub.pages.door import Person
from hub.pages.glance import Glance, glance_in_turns
from hub.pages.outside import Outside
from hub.report.build import Asking, report_of
from hub.report.period import period_of
from hub.report.source import promises_of
from hub.rules import commands as cmd
from tests.hub.report.making import MONDAY, OTHER, SERVICE, called, deed, issued, keep, ms, opened
from tests.hub.rules.play import Play

NOTHING = Outside(frozenset(), {}, is_stopped=False, is_clock_doubted=False, sync=None, wall_ms=0)


def seen(play: Play) -> Glance:
    """Return what the head sees of a hall."""
    looking = glance_in_turns(play.state, play.now_ms, NOTHING, Person("kepala", "head", ""), "id")
    while True:
        try:
            next(looking)
        except StopIteration as end:
            found: Glance = end.value
            return found


def test_who_waits_for_trial_is_not_counted_and_waits_not_long() -> None:
    play = Play(generated_hall())
    play.do(cmd.SetTrial(on=True, by="head"))
    play.issue()
    play.do(cmd.SetTrial(on=False, by="head"))
    play.wait(600).issue()

    total = seen(play.wait(60)).total

    assert (total.waiting, total.longest_ms, total.issued) == (1, 60_000, 1)


def test_a_promise_is_kept_by_the_first_call_for_page_and_report_alike(tmp_path: Path) -> None:
    promise = [ms(f"{MONDAY} 08:00"), ms(f"{MONDAY} 08:10")]
    keep(
        tmp_path, opened(), issued("08:00", "A001", promise=promise), issued("08:01", "A002", promise=promise),
        issued("08:02", "A003", OTHER, promise=promise), issued("08:03", "A004", promise=promise, trial=True),
        called("08:09", "A001"), called("08:12", "A001", 2), called("08:11", "A002"), called("08:11", "A004"),
        called("08:08", "A003"), deed("08:20", "ticket.transferred", "A003", service=SERVICE, why="transfer"),
    )  # fmt: skip

    report = report_of(tmp_path, Asking(period_of(MONDAY, MONDAY)))

    assert promises_of(tmp_path, MONDAY) == {SERVICE: (1, 2), OTHER: (1, 1)}
    counts = report.whole.counts
    assert (counts["kept"], counts["promised"]) == (2, 3)
