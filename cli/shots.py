"""Pictures of every screen in its states, sizes and languages, from the real windows and the hub's own rules."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from cli.tableau import Tableau
from config.devices import Screen as ScreenTable
from config.load import HALLS, Content, read
from config.wording import Words
from counter.course import Name
from counter.window import PanelWindow
from display.window import DisplayWindow
from hub.client.device import Device
from hub.rules import commands as cmd
from kiosk.stage import Stage
from kiosk.visit import Screen, Visit
from ui.commands import Call, Failed, Ok
from ui.feed import Feed

LANGUAGES = ("id", "en")
UPRIGHT, STRIP = (420, 640), (1640, 224)
KIOSKS = {"portrait": (1080, 1920), "landscape": (1920, 1080), "small": (1024, 768)}
LOOKS = ("large", "contrast", "lowered", "numbered")
"""What a visitor can switch on, as it is called in a visit."""
DISPLAYS = {"1080p": (1920, 1080), "portrait": (1080, 1920)}
DRAWER: Literal["drawer"] = "drawer"
REMARK = "Fotokopi KK menyusul, pemohon kembali pukul 10"
DEEDS: tuple[Name, ...] = ("return", "issue", "roll", "pause")
BUSY = 1
"""The counter that panels show: it has been served at."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name is also the name of its file, `make` gives the window, laid out and filled."""

    name: str
    size: tuple[int, int]
    make: Callable[[], QWidget]


class Played(Feed):
    """A feed without a hub: it hears what it is given."""

    def __init__(self) -> None:
        super().__init__(Device("http://127.0.0.1:1", "gambar", "counter", ""))

    def play(self, message: dict[str, Any]) -> None:
        """Hear one message."""
        self._hear(json.dumps(message))


class Nobody:
    """Commands that nobody answers."""

    def ask(self, call: Call, ok: Ok, failed: Failed) -> None:
        """Do nothing."""


def content_in(hall: str, language: str) -> Content:
    """Return an example hall whose first language this is."""
    content = read(HALLS / f"{hall}.toml")
    content["hall"]["languages"] = [language, *(other for other in LANGUAGES if other != language)]
    return content


def panel_shots(hall: str, language: str) -> Iterator[Shot]:
    """Yield the panel at each of its stages, and its drawer."""
    stages: dict[str, tuple[cmd.Command, ...]] = {
        "serving": (),
        "idle": (cmd.Finish(BUSY),),
        "called": (cmd.Finish(BUSY), cmd.CallNext(BUSY)),
        "paused": (cmd.Finish(BUSY), cmd.Pause(BUSY, "Salat", None)),
        "closed": (cmd.Finish(BUSY), cmd.Close(BUSY, "head")),
        "printer": (cmd.ReportPrinter("anjungan-1-printer", "PAPER_OUT"),),
        "remark": tuple(cmd.Remark(number, REMARK, lambda *parts: parts[-1], "P01") for number in ("A001", "A002")),
        "help": (cmd.AskHelp("pickup", "anjungan-1", "anjungan-1"),),
    }
    for size, form in ((UPRIGHT, "panel"), (STRIP, "strip")):
        for stage, commands in stages.items():
            yield Shot(f"{form}-{stage}-{language}", size, panel(hall, language, commands))
        yield Shot(f"{form}-drawer-{language}", size, panel(hall, language, (), DRAWER))
        for deed in DEEDS:
            yield Shot(f"{form}-drawer-{deed}-{language}", size, panel(hall, language, (), deed))


def panel(
    hall: str, language: str, commands: tuple[cmd.Command, ...], deed: Name | Literal["drawer"] | None = None
) -> Callable[[], QWidget]:
    """Return what makes a panel after some commands, with its drawer open, at a deed."""

    def make() -> QWidget:
        feed = Played()
        window = PanelWindow(feed, Nobody(), BUSY, f"P{BUSY:02d}")
        feed.setParent(window)
        feed.play(Tableau(content_in(hall, language)).say(*commands).message())
        if deed is not None:
            window.aside.open(None if deed == DRAWER else deed)
        return window

    return make


def display_shots(hall: str, language: str) -> Iterator[Shot]:
    """Yield a screen in each of its layouts and sizes."""
    for layout in get_args(get_type_hints(ScreenTable)["layout"]):
        for form, size in DISPLAYS.items():
            yield Shot(f"display-{layout}-{form}-{language}", size, display(hall, language, layout))


def display(hall: str, language: str, layout: str) -> Callable[[], QWidget]:
    """Return what makes a screen of a hall's first zone in a layout."""

    def make() -> QWidget:
        content = content_in(hall, language)
        content["screens"] = [{**content["screens"][0], "layout": layout}]
        feed = Played()
        window = DisplayWindow(feed, content["screens"][0]["id"])
        feed.setParent(window)
        feed.play(Tableau(content).message())
        return window

    return make


def kiosk_shots(hall: str, language: str) -> Iterator[Shot]:
    """Yield every screen of a kiosk in its shapes; those that all visitors see also large and in high contrast."""
    for form, size in KIOSKS.items():
        for screen, visit in visits(hall, language).items():
            yield Shot(f"kiosk-{screen}-{form}-{language}", size, kiosk(hall, language, visit))
        for name in LOOKS:
            visit = replace(visits(hall, language)["agencies"], **{name: True})  # type: ignore[arg-type]
            yield Shot(f"kiosk-agencies-{name}-{form}-{language}", size, kiosk(hall, language, visit))


def visits(hall: str, language: str) -> dict[str, Visit]:
    """Return a visit on each screen."""
    agency = read(HALLS / f"{hall}.toml")["agencies"][0]
    service = next(each["id"] for each in agency["services"] if each.get("requirements"))
    words = {one: Words(one).say("kiosk.help") for one in LANGUAGES}
    start = Visit(screen=Screen.AGENCIES, first_language=language, language=language)
    chosen = replace(
        start, agency=agency["id"], service=service, number="A001", numbers=("A001",), ahead=7, help="staff"
    )
    screens = {screen.value: replace(chosen, screen=screen, words=words) for screen in Screen}
    screens["search"] = replace(start, screen=Screen.SEARCH, query="ktp")
    screens["printed"] = replace(chosen, screen=Screen.TICKET, printed=1.0)
    return {**screens, "agencies": start, "services": replace(start, screen=Screen.SERVICES, agency=agency["id"])}


def kiosk(hall: str, language: str, visit: Visit) -> Callable[[], QWidget]:
    """Return what makes a kiosk's window at a visit."""

    def make() -> QWidget:
        mirror = Tableau(content_in(hall, language)).mirror()
        stage = Stage(next(iter(mirror.hall.kiosk_by_id)) if mirror.hall else "", fade_ms=0)
        stage.show_visit(visit, mirror, mirror.moment())
        return stage

    return make


def shots() -> Iterator[Shot]:
    """Yield every picture there is."""
    for language in LANGUAGES:
        yield from kiosk_shots("mpp-muara-enim", language)
        yield from panel_shots("mpp-muara-enim", language)
        yield from display_shots("mpp-oku-timur", language)


def take(shot: Shot, folder: Path) -> Path:
    """Make one window, save what it shows, and take it away again; OSError where the file cannot be written."""
    window = shot.make()
    window.resize(*shot.size)
    window.show()
    QCoreApplication.processEvents()
    path = folder / f"{shot.name}.png"
    saved = window.grab().save(str(path), "PNG")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not saved:
        raise OSError(str(path))
    return path
