"""How soon a tap's first byte is at the printer, and what a ticket weighs on each wire."""

import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from escpos.printer import Dummy

from bench.ear import PRINTER, Ear, hall_with
from bench.figures import Figure, percentile, spread
from bench.frames import longest_gap_ms
from bench.hub import TEN_ON_MONDAY_MS, synced
from cli.processes import Process, start_hub
from config.hall import Hall
from config.load import HALLS, load
from hub.client.device import Device
from hub.client.listen import listen
from hub.client.mirror import Mirror
from hub.hub import head_client
from printer import escpos, text
from printer.layout import Layout, ticket_layout
from printer.picture import Raster
from printer.raster import HEADS, draw, drawing
from printer.sample import sample_content

TAPS = 60
USB_BYTES_A_SECOND = 800_000
BAUDS = (19_200, 38_400, 115_200)
ON_MONDAY = datetime.fromisoformat("2026-11-30T10:00:00+07:00")


def measure() -> list[Figure]:
    """Measure taps through hub, agent and TCP beside two fdatasyncs of the same disk, and weigh one ticket."""
    return [*frames(), *taps(), *weights()]


def taps() -> list[Figure]:
    """Return how long it takes from asking the hub for a number to the first byte at a network printer."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-bench-")))
        ear = Ear()
        cleaning.callback(ear.close)
        hub, _ = start_hub(hall_with(ear.port, folder / "hall.toml"), folder / "data", "--simulated")
        cleaning.callback(hub.end)
        head = head_client(folder / "data")
        head.set_clock(TEN_ON_MONDAY_MS)
        told = head.pair(head.pairing_code("printer", PRINTER)["code"])
        Device(head.url, PRINTER, "printer", told["token"]).save(folder / "device.json")
        options = ["printer", "run", PRINTER, "--device", str(folder / "device.json")]
        agent = Process("printer", options, folder / "printer.log")
        cleaning.callback(agent.end)
        agent.wait_for("printer ready")
        seconds = []
        for tap in range(1, TAPS + 1):
            started = time.perf_counter()
            number = head.issue("layanan-0-0", kiosk="anjungan-1")["ticket"]["number"]
            seconds.append(ear.wait_for(tap) - started)
            agent.wait_for(f"printer printed {number}")
        syncs = synced(folder / "blocks")
        seen = status_seen(Device(head.url, "head", "head", head.token), ear)
    beside = f"two fdatasyncs: {2000 * percentile(syncs, 50):.2f} ms"
    return [
        *spread(f"tap to first byte at the printer, {TAPS} taps", seconds, beside, p99="<= 60"),
        Figure("paper out to the screens' feed", round(seen * 1000), "ms", "", "<= 2000"),
    ]


def status_seen(device: Device, ear: Ear) -> float:
    """Return how long it takes from the end of the paper until a screen's mirror shows it."""
    mirror, stop, began = Mirror(), threading.Event(), 0.0
    for _ in listen(device, mirror, stop, poll_s=0.02):
        if mirror.printers and not began:
            began = ear.break_down()
        if began and mirror.printers[PRINTER]["status"] == "PAPER_OUT":
            break
    return time.perf_counter() - began


def frames() -> list[Figure]:
    """Return the longest time between two frames of a kiosk's screen while its printer's agent meets a bad peer."""
    return [
        Figure("kiosk, longest time between frames, printer " + peer, longest_gap_ms(peer), "ms", "", "<= 100")
        for peer in ("well", "refusing", "silent", "stalled", "vanishing")
    ]


def weights() -> list[Figure]:
    """Return what one ticket weighs drawn, drawn untrimmed, and written, and its seconds on each wire."""
    drawing()
    figures = []
    for width in (58, 80):
        layout, head = layout_of(load(HALLS / "mpp-muara-enim.toml")), HEADS[width]
        picture = draw(layout, head)
        sizes = {
            "drawn": len(escpos.ticket(picture)),
            "drawn, untrimmed": len(untrimmed(picture)),
            "written": len(text.ticket(layout, head.dots)),
        }
        for name, count in sizes.items():
            beside = ", ".join(f"{escpos.seconds(count, baud):.2f} s at {baud:,}" for baud in BAUDS)
            beside += f", {count / USB_BYTES_A_SECOND * 1000:.0f} ms at USB full speed"
            figures.append(Figure(f"ticket of {width} mm, {name}", count, "bytes", beside))
        figures.append(Figure(f"ticket of {width} mm", round(picture.height / head.per_mm), "mm"))
    return figures


def layout_of(hall: Hall) -> Layout:
    """Return a usual ticket."""
    content = sample_content(hall, "dukcapil-kk", "A043", issued=ON_MONDAY)
    return ticket_layout(content, copy=0, printed_ms=None)


def untrimmed(picture: Raster) -> bytes:
    """Return a picture as bands of the whole width, white rows and all: what most programs send."""
    printer = Dummy(profile=escpos.PROFILES[picture.width])
    for y in range(0, picture.height, escpos.BAND_ROWS):
        rows = b"".join(picture.row(at) for at in range(y, min(y + escpos.BAND_ROWS, picture.height)))
        escpos.image(printer, picture.stride, len(rows) // picture.stride, rows)
    return bytes(printer.output)
