"""Every screen of the kiosk, in both halls, languages and shapes: nothing cut, everything large enough to touch."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hub.client.mirror import Mirror
from kiosk import flow
from kiosk.flow import Notice, Screen, Visit
from kiosk.stage import Stage
from tests.kiosk.fakes import (
    MONDAY,
    MUARA_ENIM,
    OKU_TIMUR,
    REFUSED,
    content_of,
    job_view,
    printer_view,
    refusing,
    service_view,
    snapshot,
    ticket_view,
)
from ui.fonts import load_fonts
from ui.keys import Tap
from ui.parts import Part
from ui.theme import HIGH_CONTRAST, LIGHT, Theme

TARGET_PX, TARGET_MM_PX = 96, 81
SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "demo": (540, 960), "wide": (640, 1000)}


def told(hall: str) -> Mirror:
    """Return a hall in which some services refuse."""
    content = content_of(hall)
    codes = {"bapenda": "quota_full", "kemenag": "weekday", "taspen": "weekday"}
    services = [service["id"] for agency in content["agencies"] for service in agency["services"]]
    views = [
        service_view(service, place, refusal=codes.get(service.partition("-")[0]), words=REFUSED)
        for place, service in enumerate(services)
    ]
    doubtful = [job_view(f"{agency['letter']}124", "uncertain") for agency in content["agencies"]]
    other = {**printer_view(), "printer": "anjungan-9-printer", "kiosk": "anjungan-9"}
    mirror = Mirror()
    mirror.apply(snapshot(content, services=views, jobs=doubtful, printers=[printer_view(), other]))
    return mirror


def visits(mirror: Mirror, language: str) -> Iterator[tuple[str, Visit]]:
    """Yield a visit on every screen."""
    assert mirror.hall is not None
    start = replace(flow.home(Visit(), mirror, 0), language=language)
    yield "wait", Visit(screen=Screen.WAIT, language=language)
    for lowered in (False, True):
        visit = replace(start, lowered=lowered)
        yield "agencies", visit
        yield "priority", replace(visit, screen=Screen.PRIORITY)
        for agency in mirror.hall.agencies:
            yield f"services of {agency.id}", replace(visit, screen=Screen.SERVICES, agency=agency.id)
    yield "thanks", replace(start, priority=True, notice=Notice("kiosk.priority_thanks"))
    yield "cancelled", replace(start, notice=Notice("kiosk.cancelled", "AA123"))
    for service, agency in mirror.hall.agency_of.items():
        ticket = replace(start, service=service, agency=agency.id, number=f"{agency.letter}123", ahead=27)
        yield f"ticket of {service}", replace(ticket, screen=Screen.TICKET)
        yield f"printed {service}", replace(ticket, screen=Screen.TICKET, printed=1.0)
        yield f"doubt of {service}", replace(ticket, screen=Screen.PAPER, number=f"{agency.letter}124")
        yield f"elsewhere {service}", replace(ticket, screen=Screen.TICKET, elsewhere=mirror.hall.kiosks[-1].id)
        yield f"paper of {service}", replace(ticket, screen=Screen.PAPER, words=REFUSED)
    for screen in (Screen.PRINTING, Screen.REFUSED, Screen.STILL, Screen.AWAY, Screen.CLOSED):
        yield screen, replace(start, screen=screen, words=REFUSED)


def cut(stage: Stage) -> list[str]:
    """Return the parts whose text does not stand in its box at a legible size."""
    parts = [*stage.findChildren(Part), *stage.findChildren(Tap)]
    return [f"{part.objectName()}: {part.text()}" for part in parts if part.isVisibleTo(stage) and not part.fits()]


def small(stage: Stage, lowered: bool) -> list[str]:
    """Return the targets under 20 mm; 96 pixels where not everything is crowded into the lowest share."""
    least = (TARGET_MM_PX if lowered else TARGET_PX) * stage.canvas.scale - 1
    return [name for name, (_, _, width, height) in stage.places().items() if min(width, height) < least]


def outside(stage: Stage) -> list[str]:
    """Return the targets that do not lie wholly in the window."""
    return [
        name
        for name, (x, y, width, height) in stage.places().items()
        if x < 0 or y < 0 or x + width > stage.width() or y + height > stage.height()
    ]


@pytest.mark.parametrize("hall", [MUARA_ENIM, OKU_TIMUR])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_cut_and_everything_can_be_touched(qtbot: QtBot, hall: str, language: str, shape: str) -> None:
    load_fonts()
    mirror = told(hall)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(*SHAPES[shape])
    stage.show()

    wrong = []
    for name, visit in visits(mirror, language):
        stage.show_visit(visit, mirror, MONDAY)
        wrong += [f"{name}: {what}" for what in (*cut(stage), *small(stage, visit.lowered), *outside(stage))]

    assert wrong == []


@pytest.mark.parametrize("theme", [LIGHT, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_every_screen_is_painted(qtbot: QtBot, theme: Theme) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    mirror.apply(
        {
            "type": "change",
            "after": 1,
            "seq": 2,
            "now": mirror.now_ms,
            "events": [],
            "jobs": [job_view()],
            "tickets": [ticket_view()],
            "printers": [printer_view("PAPER_OUT")],
        }
    )
    stage = Stage("anjungan-1", theme=theme, fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(540, 960)
    stage.show()

    for _, visit in visits(mirror, "id"):
        stage.show_visit(visit, mirror, MONDAY)
        stage.pass_time(0.4, MONDAY)

        assert not stage.grab().isNull()


def test_a_screen_reader_hears_what_the_eye_reads_in_the_same_order(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(1080, 1920)
    stage.show()
    stage.show_visit(flow.home(Visit(), mirror, 0), mirror, MONDAY)

    names = [(tap.accessibleName(), tap.accessibleDescription()) for tap in stage.taps()]

    assert names[0] == ("Disdukcapil", "16 menunggu")
    assert [name for name, _ in names[-3:]] == ["English", "Prioritas", "Turunkan layar"]


def test_a_fade_leads_to_the_next_screen(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=30)
    qtbot.addWidget(stage)
    stage.resize(540, 960)
    stage.show()
    start = flow.home(Visit(), mirror, 0)
    with qtbot.waitSignal(stage.settled):
        stage.show_visit(start, mirror, MONDAY)

    with qtbot.waitSignal(stage.settled):
        stage.show_visit(replace(start, screen=Screen.SERVICES, agency="dukcapil"), mirror, MONDAY)

    assert "service:dukcapil-kk" in stage.places()


def test_closed_in_english_uses_the_hubs_words(qtbot: QtBot) -> None:
    load_fonts()
    mirror = Mirror()
    mirror.apply(snapshot(content_of(MUARA_ENIM), services=refusing(content_of(MUARA_ENIM), "closed", REFUSED)))
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)

    stage.show_visit(replace(flow.home(Visit(), mirror, 0), language="en"), mirror, MONDAY)

    assert stage.message.sentence.text() == REFUSED["en"]
