"""Long reports are made in a process of their own, in turn, and never longer than somebody wants them."""

import asyncio
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config.errors import AntreanError
from config.wording import Words
from hub.report.apart import PAGE, Made, made
from hub.report.build import Asking
from hub.report.maker import Maker, ReportBusy, ReportFailed, ReportTooLong
from hub.report.period import Period
from tests.hub.report.making import called, finished, issued, keep, opened

WORDS = Words("id")
DAYS = Asking(Period(date(2026, 11, 30), date(2026, 12, 1)))
ENDLESS = (sys.executable, "-c", "import sys; sys.stdin.read()")
BROKEN = (sys.executable, "-c", "raise SystemExit(3)")


def test_a_long_report_says_what_a_short_way_would(tmp_path: Path) -> None:
    keep(tmp_path, opened(), issued("08:00", "A001"), called("08:05", "A001"), finished("08:09", "A001"))

    apart = asyncio.run(Maker(tmp_path).made("kepala", DAYS, PAGE, WORDS))

    assert apart == made(tmp_path, DAYS, PAGE, WORDS)
    assert "Arti setiap angka" in apart.content.decode()


def test_what_cannot_be_reported_is_said(tmp_path: Path) -> None:
    keep(tmp_path)

    assert made(tmp_path, DAYS, "pdf", WORDS) == Made("", b"", WORDS.say("error.report_empty"))


@pytest.mark.parametrize(
    ("program", "error"), [(ENDLESS, ReportTooLong), (BROKEN, ReportFailed), (("/nowhere",), ReportFailed)]
)
def test_a_process_that_hangs_or_dies_is_told_and_the_next_one_has_its_turn(
    tmp_path: Path, program: tuple[str, ...], error: type[AntreanError]
) -> None:
    async def twice() -> None:
        maker = Maker(tmp_path, program, most_s=0.5)
        for _ in range(2):
            with pytest.raises(error):
                await maker.made("kepala", DAYS, PAGE, WORDS)

    asyncio.run(twice())


def test_each_person_waits_for_one_report_at_most(tmp_path: Path) -> None:
    async def at_once() -> list[str]:
        maker = Maker(tmp_path, ENDLESS)
        people = ("kepala", "kepala", "kepala", "pengawas", "pengawas")
        asked = [asyncio.create_task(maker.made(person, DAYS, PAGE, WORDS)) for person in people]
        done, waiting = await asyncio.wait(asked, return_when=asyncio.FIRST_EXCEPTION)
        while len(done) < 2:
            more, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_EXCEPTION)
            done |= more
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return [type(task.exception()).__name__ for task in done]

    assert asyncio.run(at_once()) == [ReportBusy.__name__] * 2


def test_the_process_ends_with_its_hub() -> None:
    code = "import threading, hub.report.apart as at; threading.Thread(target=at.end_with_hub).start()"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    assert process.stdin

    process.stdin.close()

    assert process.wait(30) == 1
