"""The figures of a whole day equal those counted another way: plainly, from the journal's lines and from outside."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from cli.replay import MONDAY, play
from config.load import load
from config.wording import Words
from hub.report.build import Asking, Report, report_of
from hub.report.files import written
from hub.report.period import period_of
from hub.report.tally import mean_of, median_of, p90_of
from journal.line import decode
from journal.store import read_lines, reading_end
from journal.verify import verify
from tests.conftest import DAYS, HALLS

Played = tuple[Path, dict[str, Any], list[tuple[int, str, str]]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    data, arrivals = tmp_path_factory.mktemp("day") / "data", []
    found = play(DAYS / "mpp-muara-enim.csv", HALLS / "mpp-muara-enim.toml", data, MONDAY.date(), show=False,
                 arrivals=arrivals)  # fmt: skip
    return data, found, arrivals


@pytest.fixture(scope="module")
def report(played: Played) -> Report:
    return report_of(played[0], Asking(period_of("2026-11-30", "")))


def lines(data: Path) -> Iterator[Any]:
    connection = reading_end(data)
    for _, raw, _ in read_lines(connection):
        yield decode(raw)
    connection.close()


def counted_plainly(data: Path) -> dict[str, Any]:
    """Go through the lines once, with nothing but dicts of what each number went through."""
    issued, called, started, ended, desk = {}, {}, {}, {}, {}
    services: dict[str, str] = {}
    for line in lines(data):
        number = line.body.get("number")
        if line.kind == "ticket.issued":
            issued[number], services[number] = line.hall_ms, line.body["service"]
        elif line.kind == "ticket.called" and number not in called:
            called[number], desk[number] = line.hall_ms, line.body["counter"]
        elif line.kind == "service.started":
            started[number] = line.hall_ms
        elif line.kind in ("service.finished", "ticket.missed"):
            ended[number] = (line.kind, line.hall_ms)
    waits = {number: called[number] - issued[number] for number in called}
    serving = {n: at - started[n] for n, (kind, at) in ended.items() if kind == "service.finished"}
    return {"issued": issued, "services": services, "waits": waits, "serving": serving, "ended": ended, "desk": desk}


def nearest(values: list[int], share: float) -> int:
    """Return the first value that so many do not exceed, by counting."""
    return next(v for v in sorted(values) if sum(other <= v for other in values) >= share * len(values))


def test_the_whole_equals_the_lines_and_what_was_seen_from_outside(played: Played, report: Report) -> None:
    data, seen, _ = played
    plain = counted_plainly(data)
    waits, serving = list(plain["waits"].values()), list(plain["serving"].values())

    assert verify(data).content
    assert report.whole.counts["issued"] == len(plain["issued"]) == seen["issued"]
    assert report.whole.counts["served"] == len(serving) == seen["served"]
    assert report.whole.counts["missed"] == seen["missed"] > 0
    assert p90_of(report.whole.waits) == nearest(waits, 0.9)
    assert round((mean_of(report.whole.waits) or 0) / 60_000, 2) == seen["wait_mean_min"]
    assert round(nearest(waits, 0.9) / 60_000, 2) == seen["wait_p90_min"]
    assert sorted(report.whole.services) == sorted(serving)


def test_each_service_hour_and_counter_equals_the_lines(played: Played, report: Report) -> None:
    plain = counted_plainly(played[0])
    by_service, by_hour, by_counter = defaultdict(list), Counter(), Counter()
    for number, at in plain["issued"].items():
        by_service[plain["services"][number]].append(plain["waits"][number])
        by_hour[(at // 3_600_000 + 7) % 24] += 1
    by_counter.update(plain["desk"].values())

    middle = {key: sorted(w)[len(w) // 2] if len(w) % 2 else sum(sorted(w)[len(w) // 2 - 1 : len(w) // 2 + 1]) / 2
              for key, w in by_service.items()}  # fmt: skip
    assert {key: median_of(tally.waits) for key, tally in report.by["services"].items()} == middle
    assert {key: tally.counts["issued"] for key, tally in report.by["hours"].items()} == by_hour
    assert {hour: count for (_, hour), count in report.heat.items()} == by_hour
    assert {key: tally.people for key, tally in report.by["counters"].items()} == by_counter


def test_refused_numbers_equal_what_visitors_saw(played: Played, report: Report) -> None:
    _, seen, arrivals = played
    last: dict[tuple[str, str], int] = {}
    apart: Counter[str] = Counter()
    for second, service, code in arrivals:
        if code:
            apart[code] += second - last.get((service, code), -60) >= 60
            last[service, code] = second

    def by_code(counter: Counter[tuple[str, int, str]]) -> dict[str, int]:
        found: Counter[str] = Counter()
        for (_, _, code), count in counter.items():
            found[code] += count
        return dict(found)

    assert by_code(report.asked) == seen["refused"]
    assert by_code(report.refused) == dict(apart)


def test_an_agency_sees_its_part_and_all_parts_are_the_whole(played: Played, report: Report) -> None:
    hall = load(HALLS / "mpp-muara-enim.toml")
    parts = [report_of(played[0], Asking(report.asking.period, agency.id)) for agency in hall.agencies]

    assert sum(part.whole.counts["issued"] for part in parts) == report.whole.counts["issued"]
    assert sum(part.refused.total() for part in parts) == report.refused.total()
    assert all(set(part.by["agencies"]) == {part.asking.agency} for part in parts)
    assert all(set(part.by["services"]) <= {s.id for s in a.services} for part, a in zip(parts, hall.agencies))  # noqa: B905
    assert not any(part.papers or part.faults for part in parts)


@pytest.mark.parametrize(("language", "issued"), [("id", "Nomor diberikan"), ("en", "Issued")])
def test_the_workbook_holds_the_figures(report: Report, language: str, issued: str) -> None:
    book = load_workbook(io.BytesIO(written(report, "xlsx", Words(language))))

    first = book.worksheets[0]
    told = dict(zip([c.value for c in first[4]], [c.value for c in first[5]], strict=True))
    assert told[issued] == report.whole.counts["issued"]
    assert all(cell.data_type != "f" for page in book.worksheets for row in page for cell in row)
    services = book.worksheets[2]
    assert [row[1].value for row in services.iter_rows(min_row=5)] == [
        report.by["services"][key].counts["issued"] for key in load(HALLS / "mpp-muara-enim.toml").services
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_paper_bears_letterhead_figures_and_room_to_sign(report: Report, language: str) -> None:
    words = Words(language)
    reader = PdfReader(io.BytesIO(written(report, "pdf", words)))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)

    hall = report.halls.newest.hall
    for wanted in (hall.name, hall.operator, hall.address, words.say("report.sign_nip"), "30 November 2026"):
        assert wanted in text
    assert text.count(str(report.whole.counts["issued"])) >= 1
    assert words.number((median_of(report.whole.waits) or 0) / 60_000) in text
    for name in ("def_wait", "def_service", "def_promise", "def_refused"):
        assert words.say(f"report.{name}") in text


def test_the_csv_has_a_line_for_each_figure(report: Report) -> None:
    text = written(report, "csv", Words("id")).decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert text.count("\r\n") == len(rows) + 1
    assert {row["from"] for row in rows} == {"2026-11-30"}
    whole = {row["figure"]: row["value"] for row in rows if row["table"] == "summary"}
    assert whole["issued"] == str(report.whole.counts["issued"])
    issued = [int(r["value"]) for r in rows if (r["table"], r["figure"]) == ("services", "issued")]
    assert sum(issued) == report.whole.counts["issued"]
