"""Makes one report and writes it out: a process of its own, which the hub starts with `python -m hub.report.apart`.

It reads one line, what is asked for as JSON, and writes one line, its name or why there is none, and then its bytes.
It ends when the hub no longer holds the other end of its input, however the hub ended.
"""

import json
import os
import sys
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.errors import AntreanError
from config.wording import Words
from hub.report.build import Asking, report_of
from hub.report.files import written
from hub.report.page import page_of
from hub.report.period import Period
from hub.report.wording import agency_name, file_name, period_name

PAGE = "page"
"""The form of a report that is no file: the middle of a page."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report: the name of its file, or of a page the line above it; `said` tells why there is none."""

    name: str
    content: bytes
    said: str = ""


def made(folder: Path, asking: Asking, form: str, words: Words) -> Made:
    """Return a report in PAGE or one of the forms of files, or the sentence that says why there is none."""
    try:
        report = report_of(folder, asking)
        if form != PAGE:
            return Made(file_name(report, form), written(report, form, words))
        about = words.say("report.of", period=period_name(words, report), agency=agency_name(words, report))
        return Made(about, page_of(report, words).text.encode())
    except AntreanError as error:
        return Made("", b"", words.error(error))


def ordered(folder: Path, asking: Asking, form: str, language: str) -> bytes:
    """Return the line that orders a report."""
    days = asking.period.first.isoformat(), asking.period.last.isoformat()
    told = [str(folder), *days, asking.agency, asking.with_clerks, asking.public, form, language]
    return json.dumps(told).encode() + b"\n"


def delivered(answer: bytes) -> Made:
    """Return the report that was written out; ValueError where it is none."""
    line, end, content = answer.partition(b"\n")
    if not end:
        raise ValueError("no report")
    name, said = json.loads(line)
    return Made(name, content, said)


def end_with_hub() -> None:
    """Wait until nobody holds the other end of the input, then end at once."""
    sys.stdin.buffer.read()
    os._exit(1)


def main() -> None:
    """Make the report that is ordered, with what the hall leaves of the processor (SCHED_IDLE, sched(7))."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    folder, first, last, agency, with_clerks, public, form, language = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_hub, daemon=True).start()
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    found = made(Path(folder), Asking(period, agency, with_clerks, public), form, Words(language))
    sys.stdout.buffer.write(json.dumps([found.name, found.said]).encode() + b"\n" + found.content)
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
