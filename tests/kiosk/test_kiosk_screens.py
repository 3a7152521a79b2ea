"""Every screen of the kiosk, in both halls, languages and shapes: nothing cut, everything large enough to touch."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hub.client.mirror import Mirror
from kiosk import flow
from kiosk.stage import Stage
from kiosk.visit import Notice, Screen, Visit
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
SHAPES = {
    "portrait": (1080, 1920),
    "landscape": (1920, 1080),
    "demo": (540, 960),
    "wide": (640, 1000),
    "small": (1024, 768),
}


def told(hall: str) -> Mirror:
    """Return a hall in which some services refuse."""
    content = content_of(hall)
    codes = {"bapenda": "quota_full", "kemenag": "weekday", "taspen": "weekday"}
    services = [service["id"] for agency in content["agencies"] for service in agency["services"]]
    views = [
        service_view(
            service,
            place,
            refusal=codes.get(service.partition("-")[0]),
            words=REFUSED,
            expected_ms=[place % 7 * 900_000, place % 7 * 900_000 + 1_500_000],
            usual=place % 4,
        )
        for place, service in enumerate(services)
    ]
    doubtful = [job_view(f"{agency['letter']}124", "uncertain") for agency in content["agencies"]]
    other = {**printer_view(), "printer": "anjungan-9-printer", "kiosk": "anjungan-9"}
    mirror = Mirror()
    tickets = [ticket_view(job["number"], paper="uncertain") for job in doubtful]
    mirror.apply(snapshot(content, services=views, tickets=tickets, jobs=doubtful, printers=[printer_view(), other]))
    return mirror


def visits(mirror: Mirror, language: str) -> Iterator[tuple[str, Visit]]:
    """Yield a visit on every screen, as it is and moved down."""
    assert mirror.hall is not None
    start = replace(flow.home(Visit(), mirror, 0), language=language)
    yield "wait", Visit(screen=Screen.WAIT, language=language)
    yield "attract", replace(start, screen=Screen.ATTRACT)
    for lowered in (False, True):
        yield from choosing(mirror, replace(start, lowered=lowered))
    yield "thanks", replace(start, priority=True, notice=Notice("kiosk.priority_thanks"))
    yield "cancelled", replace(start, notice=Notice("kiosk.cancelled", "AA123"))
    for service, agency in mirror.hall.agency_of.items():
        ticket = replace(start, service=service, agency=agency.id, number=f"{agency.letter}123", ahead=27)
        yield f"ticket of {service}", replace(ticket, screen=Screen.TICKET)
        yield f"printed {service}", replace(ticket, screen=Screen.TICKET, printed=1.0)
        yield f"doubt of {service}", replace(ticket, screen=Screen.PAPER, number=f"{agency.letter}124")
        yield f"elsewhere {service}", replace(ticket, screen=Screen.TICKET, elsewhere=mirror.hall.kiosks[-1].id)
        yield f"paper of {service}", replace(ticket, screen=Screen.PAPER, words=REFUSED)
        yield f"third {service}", replace(ticket, screen=Screen.TICKET, numbers=("AA123", "BB123", "CC123"))
    for screen in (Screen.PRINTING, Screen.REFUSED, Screen.STILL, Screen.AWAY, Screen.CLOSED):
        yield screen, replace(start, screen=screen, words=REFUSED)
    for kind in ("staff", "pickup"):
        yield f"help by {kind}", replace(start, screen=Screen.HELP, help=kind)
    for screen in (Screen.CODE, Screen.TECHNICIAN):
        yield screen, replace(start, screen=screen, typed="123456789012")


def choosing(mirror: Mirror, visit: Visit) -> Iterator[tuple[str, Visit]]:
    """Yield a visit on every screen on which something is chosen."""
    assert mirror.hall is not None
    yield "agencies", visit
    yield "more", replace(visit, numbers=("AA123", "BB123"))
    yield "numbered", replace(visit, numbered=True)
    yield "priority", replace(visit, screen=Screen.PRIORITY)
    for query in ("", "akte", "kartu", "xyz"):
        yield f"search for {query}", replace(visit, screen=Screen.SEARCH, query=query)
    for agency in mirror.hall.agencies:
        yield f"services of {agency.id}", replace(visit, screen=Screen.SERVICES, agency=agency.id)
        for service in agency.services:
            yield f"bring {service.id}", replace(visit, screen=Screen.BRING, agency=agency.id, service=service.id)


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
@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_nothing_is_cut_and_everything_can_be_touched(
    qtbot: QtBot, hall: str, language: str, shape: str, large: bool
) -> None:
    load_fonts()
    mirror = told(hall)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(*SHAPES[shape])
    stage.show()

    wrong = []
    for name, visit in visits(mirror, language):
        stage.show_visit(replace(visit, large=large), mirror, MONDAY)
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


def spoken(stage: Stage) -> list[tuple[QAccessible.Role, str]]:
    """Return role and name of all that a screen reader finds, in its order."""
    found = []
    open_: list[QWidget] = [stage]
    while open_:
        widget = open_.pop(0)
        children = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
        open_ = [*children, *open_]
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface.text(QAccessible.Text.Name):
            found.append((interface.role(), interface.text(QAccessible.Text.Name)))
    return found


def test_a_screen_reader_hears_what_the_eye_reads_in_the_same_order(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(1080, 1920)
    stage.show()
    stage.show_visit(flow.home(Visit(), mirror, 0), mirror, MONDAY)

    heard = spoken(stage)
    names = [name for _, name in heard]
    buttons = [name for role, name in heard if role is QAccessible.Role.Button]

    assert names[:2] == [stage.header.title.text(), "DPMPTSP Kabupaten Muara Enim"]
    assert names.index("Instansi mana yang Anda tuju?") < names.index("Disdukcapil") < names.index("Cari")
    assert buttons == [tap.accessibleName() for tap in stage.taps()]
    assert buttons[-9:] == [
        "Cari",
        "Prioritas",
        "Panggil petugas",
        "Mohon dijemput",
        "English",
        "Perbesar tulisan",
        "Kontras tinggi",
        "Bacakan",
        "Turunkan layar",
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_can_be_touched_is_a_button_with_a_name_and_the_rest_is_text(qtbot: QtBot, language: str) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(1080, 1920)
    stage.show()

    silent = []
    for name, visit in visits(mirror, language):
        stage.show_visit(visit, mirror, MONDAY)
        _, *found = spoken(stage)
        heard = [said for role, said in found if role is QAccessible.Role.Button]
        silent += [name] if heard != [tap.accessibleName() for tap in stage.taps()] else []
        odd = {said for role, said in found if role not in (QAccessible.Role.Button, QAccessible.Role.StaticText)}
        silent += [f"{name}: {said}" for said in odd]

    assert silent == []


def test_a_tile_tells_a_screen_reader_the_state_of_its_queue(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.show_visit(flow.home(Visit(), mirror, 0), mirror, MONDAY)

    first = stage.taps()[0]

    assert (first.accessibleName(), first.accessibleDescription()) == ("Disdukcapil", "16 menunggu · ±0–85 menit")


def test_large_text_is_larger_on_every_screen_where_something_is_chosen(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(1080, 1920)
    start = flow.home(Visit(), mirror, 0)

    for visit in (start, replace(start, screen=Screen.SERVICES, agency="dukcapil")):
        stage.show_visit(visit, mirror, MONDAY)
        plain = [tile.text_sizes() for tile in stage.scene.grid.tiles]
        stage.show_visit(replace(visit, large=True), mirror, MONDAY)
        large = [tile.text_sizes() for tile in stage.scene.grid.tiles]

        assert min(title for title, _ in large) > min(title for title, _ in plain)
        assert min(detail for _, detail in large) > min(detail for _, detail in plain)


def test_high_contrast_paints_black_white_and_yellow_only(qtbot: QtBot) -> None:
    load_fonts()
    mirror = told(MUARA_ENIM)
    stage = Stage("anjungan-1", fade_ms=0)
    qtbot.addWidget(stage)
    stage.resize(540, 960)
    stage.show()

    for name, visit in visits(mirror, "id"):
        if visit.screen is not Screen.ATTRACT:
            stage.show_visit(replace(visit, contrast=True), mirror, MONDAY)
            assert coloured(stage.grab().toImage()) == set(), name


def coloured(image: QImage) -> set[str]:
    """Return colours of some pixels that are no mixture of black, white and yellow."""
    places = product(range(0, image.width(), 3), range(0, image.height(), 3))
    colours = [QColor(pixel) for pixel in {image.pixel(x, y) for x, y in places}]
    return {c.name() for c in colours if abs(c.red() - c.green()) > 40 or c.blue() > c.red() + 8}


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

    assert stage.scene.message.sentence.text() == REFUSED["en"]
