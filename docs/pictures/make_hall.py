"""Makes the pictures of the hall's page: `.venv/bin/python docs/pictures/make_hall.py`.

A hub plays the morning of a heavy Monday in simulated time, and Debian's Chromium looks at its page.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from hub.hub import head_client
from tests.hub.pages.busy import HALL, PIN, busy_hub

OUT = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
COLOURS = 128
PICTURES = {
    "hall-phone-id": (PHONE, 1688, "/hall?lang=id"),
    "hall-desktop-en": (DESKTOP, 1300, "/hall?lang=en"),
    "hall-service-phone-id": (PHONE, 1688, "/hall/services/dukcapil-ktp-rekam?lang=id"),
    "hall-report-desktop-id": (DESKTOP, 1800, "/hall/reports?lang=id"),
    "hall-settings-phone-id": (PHONE, 1688, "/hall/settings?lang=id"),
}
"""Each picture's screen, its height at most in pixels, and its address, by its name."""


def main() -> None:
    """Make every picture."""
    with TemporaryDirectory(prefix="antrean-pictures-") as folder, sync_playwright() as driver:
        process, url = busy_hub(Path(folder) / "data", with_pages_of_tickets(Path(folder) / "hall.toml"))
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            for name, (screen, height, path) in PICTURES.items():
                picture(browser, url + path, screen, height).save(OUT / f"{name}.png", optimize=True)
            address = f"{url}/t/{code_of_a_ticket(Path(folder) / 'data')}?lang=id"
            picture(browser, address, PHONE, 1688).save(OUT / "ticket-phone-id.png", optimize=True)
        finally:
            browser.close()
            process.end()


def with_pages_of_tickets(path: Path) -> Path:
    """Write the hall's file with an address for visitors' phones."""
    path.write_text(HALL.read_text().replace("[hall]\n", '[hall]\npublic_url = "https://antrean.example"\n', 1))
    return path


def code_of_a_ticket(data: Path) -> str:
    """Return the code of a number that is taken now, as its paper bears it."""
    head = head_client(data)
    number = head.issue("dukcapil-ktp-rekam", kiosk="anjungan-1")["ticket"]["number"]
    job = next(job for job in head.state()["jobs"] if job["number"] == number)
    head.close()
    return str(job["content"]["code"])


def picture(browser: Browser, address: str, screen: dict[str, Any], height: int) -> Image.Image:
    """Return what a page of the hub looks like to the head."""
    with browser.new_context(**screen) as context:
        hub = urlsplit(address)
        context.request.post(f"{hub.scheme}://{hub.netloc}/hall/login", form={"clerk": "kepala", "pin": PIN})
        page = context.new_page()
        page.goto(address)
        seen = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    return seen.crop((0, 0, seen.width, min(height, seen.height))).quantize(COLOURS)


if __name__ == "__main__":
    main()
