"""People who have logged in to the page of a real hub."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.hub.conftest import Running

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
