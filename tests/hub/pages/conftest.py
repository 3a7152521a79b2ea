"""People who have logged in to the page of a real hub."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.hub.conftest import Running
from tests.hub.pages.visiting import Hall, hub_with_pages

PIN = "482915"
Enter = Callable[..., httpx.Client]


@pytest.fixture
def enter(hub: Running) -> Iterator[Enter]:
    """Return what makes an account of a role and logs it in; each browser is closed at the end."""
    browsers: list[httpx.Client] = []

    def entering(role: str = "head", agency: str = "", name: str = "") -> httpx.Client:
        name = name or role
        hub.head.command("/v1/clerks", {"clerk": name, "pin": PIN, "role": role, "agency": agency})
        browser = httpx.Client(base_url=hub.url, follow_redirects=True)
        browsers.append(browser)
        assert browser.post("/hall/login", data={"clerk": name, "pin": PIN}).status_code == 200
        return browser

    yield entering
    for browser in browsers:
        browser.close()


@pytest.fixture
def hall_at_work(tmp_path: Path) -> Iterator[Hall]:
    """Return a hall whose tickets have pages, with a clerk at counter 1."""
    hub = hub_with_pages(tmp_path)
    kiosk, panel = hub.device("kiosk", "anjungan-1").client(), hub.device("counter", "loket-1").client()
    panel.sign_in(1, "P01")
    panel.command("/v1/counters/1/open", {})
    yield Hall(hub, kiosk, panel)
    for client in (kiosk, panel, hub.head):
        client.close()
    assert hub.process.end() == 0
