"""Debian's Chromium in front of a page: what it asked for, what it complained about."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Download, Error, Locator, Page, Request, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
START_MS = 30_000
WAIT_MS = 10_000
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
FAINT = """
all => all.filter(one => one.matches("input") || [...one.childNodes].some(n => n.nodeType === 3)).map(one => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = colour => parts(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  let behind = one
  while (parts(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
  const [text, ground] = [light(getComputedStyle(one).color), light(getComputedStyle(behind).backgroundColor)]
  return [one.outerHTML, (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)]
}).filter(([, contrast]) => contrast < 4.5)
"""
"""Which elements' own text has less contrast to what is behind it than WCAG 2 asks for."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a window; the test fails where it does not start."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=options, timeout=START_MS)
        except Error as error:
            pytest.fail(f"{CHROMIUM} does not start (Debian: apt-get install chromium): {error.message}")
        yield browser
        browser.close()


@dataclass
class Visit:
    """Somebody before a page: the addresses it asked for, and what the browser complained about."""

    url: str
    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.set_default_timeout(WAIT_MS)
        self.page.context.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", self._note_error)

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(error.message)

    def open(self, path: str) -> Page:
        """Go to a path of the region."""
        self.page.goto(self.url + path)
        return self.page

    def downloaded(self, link: Locator) -> Download:
        """Return the file that a link gives."""
        with self.page.expect_download() as expected:
            link.click()
        return expected.value


@contextmanager
def visit_to(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    """Open an empty page in a context of its own."""
    with browser.new_context(**({"viewport": DESKTOP} | options)) as context:
        yield Visit(url, context.new_page())
