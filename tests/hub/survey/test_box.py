"""The box of the survey: nothing lost, nothing twice, and nothing that leads from an answer to a ticket."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from config.private import write_private
from hub.engine import Answer, HubStopped, Request, Tell
from hub.rules.commands import Command
from hub.rules.events import RatingGiven, SurveyAnswered
from hub.rules.visitor_commands import Ballot, CountBallots
from hub.survey.box import TOGETHER, AnsweredBefore, Box, BoxUnusable, newest_said
from hub.survey.elements import ELEMENTS
from journal.store import JournalError
from tests.hub.report.making import keep, opened

MONDAY, TUESDAY = "2026-11-30", "2026-12-01"


class Journal:
    """Stands in for engine and journal: a request id is written once, for two days; `fails` before or after that."""

    def __init__(self) -> None:
        self.ballots: list[Ballot] = []
        self.known: set[str] = set()
        self.fails = ""

    def newest(self, _: Path) -> int:
        if self.fails == "unread":
            raise JournalError(path="hall.db", why="")
        return len(self.ballots)

    async def submit(self, command: Command, request: Request, tell: Tell) -> Answer:
        assert isinstance(command, CountBallots)
        if self.fails == "before":
            raise HubStopped
        if request.id not in self.known:
            self.ballots += command.ballots
        self.known.add(request.id)
        if self.fails == "after":
            raise HubStopped
        return 200, b"{}"


def answer(date: str = MONDAY, sex: str = "male") -> SurveyAnswered:
    scores = dict.fromkeys(ELEMENTS, 3)
    return SurveyAnswered("instansi-0", "", scores, {"sex": sex}, date, "morning", "code", trial=False)


def rating(score: int, date: str = MONDAY) -> RatingGiven:
    return RatingGiven("instansi-0", "", score, date, "code", trial=False)


def boxed(folder: Path) -> tuple[Box, Journal]:
    journal = Journal()
    return Box(folder, journal.newest), journal


def kept(folder: Path) -> Any:
    return json.loads((folder / "survey" / "box.json").read_text())


async def put_all(box: Box, journal: Journal, count: int, date: str = MONDAY) -> None:
    for at in range(count):
        await box.put(date, rating(at % 4 + 1, date), f"A{at:03d}", journal)


def test_answers_are_written_only_when_five_lie_together(tmp_path: Path) -> None:
    box, journal = boxed(tmp_path)

    asyncio.run(put_all(box, journal, TOGETHER - 1))
    before = list(journal.ballots)
    asyncio.run(box.put(MONDAY, answer(), "A900", journal))

    assert before == []
    assert len(journal.ballots) == TOGETHER
    assert kept(tmp_path)["ballots"] == []


def test_a_ticket_answers_and_rates_once_also_after_a_restart(tmp_path: Path) -> None:
    journal = Journal()
    asyncio.run(Box(tmp_path, journal.newest).put(MONDAY, answer(), "A001", journal))

    box = Box(tmp_path, journal.newest)
    with pytest.raises(AnsweredBefore):
        asyncio.run(box.put(MONDAY, answer(sex="female"), "A001", journal))
    asyncio.run(box.put(MONDAY, rating(4), "A001", journal))
    asyncio.run(box.put(MONDAY, answer(), "A002", journal))

    assert len(kept(tmp_path)["ballots"]) == 3
    assert asyncio.run(box.has_answered(MONDAY, SurveyAnswered, "A002"))
    assert not asyncio.run(box.has_answered(MONDAY, RatingGiven, "A002"))


def test_tablets_answer_as_often_as_visitors_come(tmp_path: Path) -> None:
    box, journal = boxed(tmp_path)

    for _ in range(2 * TOGETHER):
        asyncio.run(box.put(MONDAY, answer(), "", journal))

    assert len(journal.ballots) == 2 * TOGETHER
    assert kept(tmp_path)["used"] == []


def test_the_file_names_no_ticket_and_its_digests_tell_no_order(tmp_path: Path) -> None:
    asyncio.run(put_all(Box(tmp_path), Journal(), TOGETHER - 1))

    text = (tmp_path / "survey" / "box.json").read_text()

    assert "A00" not in text
    assert kept(tmp_path)["used"] == sorted(kept(tmp_path)["used"])
    assert (tmp_path / "survey" / "box.json").stat().st_mode & 0o077 == 0


def test_what_is_left_is_written_when_its_day_is_over_and_the_keys_are_forgotten(tmp_path: Path) -> None:
    box, journal = boxed(tmp_path)
    asyncio.run(put_all(box, journal, 2))
    key = kept(tmp_path)["key"]

    asyncio.run(box.settle(TUESDAY, journal))

    assert sorted(ballot.date for ballot in journal.ballots) == [MONDAY, MONDAY]
    assert kept(tmp_path)["used"] == []
    assert kept(tmp_path)["key"] != key


@pytest.mark.parametrize("fails", ["before", "after", "unread"])
def test_a_stop_while_the_box_is_emptied_loses_and_doubles_nothing(tmp_path: Path, fails: str) -> None:
    journal = Journal()
    journal.fails = fails
    asyncio.run(put_all(Box(tmp_path, journal.newest), journal, TOGETHER))

    journal.fails = ""
    journal.known.clear()  # as after more than two days
    again = Box(tmp_path, journal.newest)
    asyncio.run(again.put(MONDAY, answer(), "A900", journal))
    asyncio.run(again.settle(TUESDAY, journal))

    assert len(journal.ballots) == TOGETHER + 1
    assert len([ballot for ballot in journal.ballots if isinstance(ballot, SurveyAnswered)]) == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"date": 1'])
def test_a_file_that_is_none_is_said_and_not_written_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "survey").mkdir()
    (tmp_path / "survey" / "box.json").write_text(text)

    with pytest.raises(BoxUnusable):
        asyncio.run(Box(tmp_path).put(MONDAY, answer(), "A001", Journal()))
    assert (tmp_path / "survey" / "box.json").read_text() == text


@pytest.mark.parametrize("stops_at", [2, 3])
def test_an_answer_that_is_kept_is_told_as_kept_where_the_disk_fails_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    box, journal = boxed(tmp_path)
    asyncio.run(put_all(box, journal, TOGETHER - 1))
    writes = iter(range(1, 100))

    def full(path: Path, content: bytes) -> None:
        if next(writes) >= stops_at:
            raise OSError
        write_private(path, content)

    with monkeypatch.context() as while_full:
        while_full.setattr("hub.survey.box.write_private", full)
        asyncio.run(box.put(MONDAY, answer(), "A900", journal))
        with pytest.raises(BoxUnusable):
            asyncio.run(box.put(MONDAY, answer(sex="female"), "A901", journal))
    with pytest.raises(AnsweredBefore):
        asyncio.run(box.put(MONDAY, answer(), "A900", journal))
    asyncio.run(box.put(MONDAY, answer(), "A901", journal))
    asyncio.run(box.settle(TUESDAY, journal))

    assert len([ballot for ballot in journal.ballots if isinstance(ballot, SurveyAnswered)]) == 2
    assert len(journal.ballots) == TOGETHER + 1


def test_a_box_that_cannot_be_written_down_now_is_not_settled(tmp_path: Path) -> None:
    box, journal = boxed(tmp_path)
    asyncio.run(put_all(box, journal, 2))
    journal.fails = "before"

    asyncio.run(box.settle(MONDAY, journal))
    with pytest.raises(BoxUnusable):
        asyncio.run(box.settle(TUESDAY, journal))
    journal.fails = ""
    asyncio.run(box.settle(TUESDAY, journal))

    assert len(journal.ballots) == 2


def test_the_journal_says_which_line_of_it_came_from_the_box_last(tmp_path: Path) -> None:
    body = {"agency": "instansi-0", "service": "", "score": 4, "date": MONDAY, "way": "code", "trial": False}

    keep(tmp_path, opened(), ("10:00", "rating.given", body), ("10:01", "hall.opened", {}))

    assert newest_said(tmp_path) == 4
    with pytest.raises(JournalError):
        newest_said(tmp_path / "nowhere")
