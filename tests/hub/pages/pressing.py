"""Acts of the hall's page as a person does them in a browser: filled in, pressed, seen, and in the journal."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from journal.line import Line, decode
from journal.store import read_lines, reading_end
from tests.browser import Visit


@dataclass(frozen=True)
class Deed:
    """An act as a person does it: where, what is filled in, what is pressed; then what is seen, or seen no more.

    `row` is the row of a table that the form stands in, `writes` the kind of the line with what it says.
    """

    name: str
    at: str
    press: str
    writes: tuple[str, Mapping[str, Any]]
    fill: Mapping[str, Any] = field(default_factory=dict)
    row: str = ""
    sees: str = ""
    gone: str = ""


def press_all(visit: Visit, data: Path, deeds: Iterable[Deed]) -> None:
    """Do deeds one after the other; each is told as done, and its one line bears its author."""
    for deed in deeds:
        before = len(lines(data))
        page = visit.page if urlsplit(visit.page.url).path == deed.at else visit.open(deed.at)
        with page.expect_navigation():
            press(page, deed)
        told = expect(page.locator("main"), f"{deed.name}: {deed.press}")
        told.to_contain_text("Sudah dilaksanakan")
        if deed.sees:
            told.to_contain_text(deed.sees)
        if deed.gone:
            told.not_to_contain_text(deed.gone)

        kind, says = deed.writes
        written = [line.body for line in lines(data)[before:] if line.kind == kind]
        assert [body | says for body in written] == written == [written[0] | {"by": "kepala"}], deed


def press(page: Page, deed: Deed) -> None:
    """Fill the form of a deed in and press its key."""
    place: Page | Locator = page.get_by_role("row").filter(has_text=deed.row) if deed.row else page
    form = place.locator("form").filter(has=page.get_by_role("button", name=deed.press, exact=True))
    for label in deed.fill:
        form = form.filter(has=asked(page, label))
    for label, value in deed.fill.items():
        answer(asked(form, label), value)
    form.get_by_role("button", name=deed.press, exact=True).click()


def asked(form: Page | Locator, label: str) -> Locator:
    """Return the field under a label."""
    own = f"normalize-space(text()) = '{label}' or span = '{label}'"
    return form.locator(f"xpath=.//label[{own}]").locator("input, select")


def answer(asked: Locator, value: str | bool) -> None:
    """Tick a box, choose from a list, or write."""
    if isinstance(value, bool):
        asked.set_checked(value)
    elif asked.evaluate("one => one.tagName") == "SELECT":
        asked.select_option(label=value)
    else:
        asked.fill(value)


def lines(data: Path) -> list[Line]:
    """Return the lines of a hub's journal."""
    with closing(reading_end(data)) as connection:
        return [decode(raw) for _, raw, _ in read_lines(connection)]
