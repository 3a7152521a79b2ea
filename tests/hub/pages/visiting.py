"""Visitors with phones in front of a hub whose tickets have pages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.hall import generated_hall, toml
from hub.client.http import HubClient
from hub.codes import Codes
from hub.survey.elements import ELEMENTS
from journal.line import Line, decode
from journal.store import read_lines, reading_end
from tests.hub.conftest import Running
from tests.hub.inside import hub_inside

DATE = "2026-11-30"
TOGETHER = 5
SCORES = {element: str(at % 4 + 1) for at, element in enumerate(ELEMENTS)}


def hub_with_pages(folder: Path) -> Running:
    """Start a hub whose hall file says where phones reach it."""
    content = generated_hall(2, 2, 2)
    content["hall"] |= {"public_url": "https://antrean.example", "languages": ["id", "en"]}
    path = folder / "hall.toml"
    path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in content.items()), encoding="utf-8")
    return start_on(folder, path)


def start_on(folder: Path, hall: Path) -> Running:
    """Start a hub of a hall file on a folder, on Monday at ten."""
    return hub_inside(hall, folder / "data")


@dataclass
class Hall:
    """A hall at work: tickets are taken, called and served."""

    hub: Running
    kiosk: HubClient
    panel: HubClient

    def take(self, service: str = "layanan-0-0", language: str = "id") -> tuple[str, str]:
        """Take a number; return it with its code."""
        number = self.kiosk.command("/v1/tickets", {"service": service, "kiosk": None, "language": language})["ticket"][
            "number"
        ]
        return number, Codes((self.hub.data / "hall.key").read_bytes()).of_ticket(DATE, number)

    def act(self, deed: str, counter: int = 1, **more: Any) -> Any:
        """Press a key at a counter."""
        return self.panel.command(f"/v1/counters/{counter}/{deed}", more)

    def serve(self, count: int = 1) -> None:
        """Serve the next visitors."""
        for _ in range(count):
            self.act("call-next")
            self.act("start")
            self.act("finish", outcome="done")

    def get(self, path: str) -> httpx.Response:
        """Open a page as a phone does."""
        return httpx.get(self.hub.url + path, follow_redirects=True)

    def post(self, path: str, data: Any = None, **more: Any) -> httpx.Response:
        """Send a form as a phone does."""
        return httpx.post(self.hub.url + path, data=data or {}, follow_redirects=True, **more)

    def lines(self) -> list[Line]:
        """Return all lines of the journal."""
        connection = reading_end(self.hub.data)
        try:
            return [decode(raw) for _, raw, _ in read_lines(connection)]
        finally:
            connection.close()

    def said(self) -> list[Line]:
        """Return the lines of answers and ratings."""
        return [line for line in self.lines() if line.kind in ("survey.answered", "rating.given")]
