"""Somebody else's emulated printer, emupos, prints our bytes as our own virtual printer does.

It runs once for all tests, on ports of the loopback, in an environment of its own that `./antrean test` makes.
"""

import json
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from urllib.request import urlopen

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from printer_fakes import PAGE, content_of, hall

from config.hall import Hall
from config.logo import packed, unpacked
from hub.client.views import TicketContent
from printer import escpos, text
from printer.layout import Layout, ticket_layout
from printer.picture import Raster
from printer.raster import HEAD_180_DPI, HEADS, draw
from printer.sheet import Head
from printer.virtual.engine import Engine
from tests.conftest import ROOT

EMUPOS = ROOT / ".venv-emupos" / "bin" / "emupos"
pytestmark = [
    pytest.mark.usefixtures("fonts"),
    pytest.mark.skipif(
        not EMUPOS.exists(),
        reason="NO ORACLE: nobody but ourselves checks what printers make of our bytes;"
        " install Python 3.13, then ./antrean test makes .venv-emupos",
    ),
]
ALL_HEADS = {"58": HEADS[58], "80": HEADS[80], "180dpi": HEAD_180_DPI}
LOOPBACK, ANSWER_S = "127.0.0.1", 10.0
PROFILE = """
type: printer
name: A head of {dots} dots
dpi: {dpi}
width_dots: {dots}
font_a: {{ width: 12, height: 24 }}
font_b: {{ width: 9, height: 17 }}
code_pages: {{ 0: PC437, 2: PC850, 16: WPC1252, 19: PC858 }}
default_code_page: 0
drawer_sensor_open_level: high
serial: {{ baud: 115200, data_bits: 8, parity: none, stop_bits: 1 }}
"""
JAVANESE = "ꦥꦼꦭꦪꦤꦤ꧀ ꦏꦂꦠꦸ ꦏꦸꦭꦮꦂꦒ"
ARABIC = "خدمة بطاقة العائلة (جديدة)"


@dataclass
class Emulator:
    """A running emupos with a printer for each head. `told` is what it has said so far."""

    process: "subprocess.Popen[str]"
    api: int
    ports: dict[int, int]
    told: list[str] = field(default_factory=list)

    @property
    def output(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def wait_for(self, words: str) -> str:
        """Return the next line with these words."""
        for line in self.output:
            self.told.append(line)
            if words in line:
                return line
        raise AssertionError("".join(self.told))

    def get(self, dots: int, of: str) -> bytes:
        """Return what the newest paper is: its `image` or its `text`."""
        with urlopen(
            f"http://{LOOPBACK}:{self.api}/api/v1/devices/dots{dots}/receipts/latest/{of}", timeout=5
        ) as answer:
            return bytes(answer.read())

    def print(self, data: bytes, dots: int) -> None:
        """Print one paper, which must end with a barrier, and hold no command that is unknown to it."""
        with socket.create_connection((LOOPBACK, self.ports[dots]), ANSWER_S) as cable:
            cable.sendall(data)
            assert cable.recv(1) == b"\x00"
        self.told.clear()
        self.wait_for("printer.job.completed")
        self.wait_for("connection.closed")
        assert not [line for line in self.told if "unknown" in line or "unsupported" in line]


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    folder = tmp_path_factory.mktemp("emupos")
    api, *ports = free_ports(1 + len(ALL_HEADS))
    port_of = {head.dots: port for head, port in zip(ALL_HEADS.values(), ports, strict=True)}
    for head in ALL_HEADS.values():
        profile = PROFILE.format(dots=head.dots, dpi=203 if head.per_mm == 8 else 180)
        (folder / f"{head.dots}.yaml").write_text(profile)
    devices = [
        {"id": f"dots{dots}", "type": "printer", "profile": f"./{dots}.yaml", "receipts_dir": f"./{dots}"}
        | {"connections": [{"tcp": {"host": LOOPBACK, "port": port}}]}
        for dots, port in port_of.items()
    ]
    # JSON is YAML.
    settings = {"schema": 1, "api": {"host": LOOPBACK, "port": api}, "devices": devices}
    (folder / "emupos.yaml").write_text(json.dumps(settings))
    process = subprocess.Popen(
        [EMUPOS, "run", "--config", "emupos.yaml"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=plain_output(),
    )  # fmt: skip
    with process:
        running = Emulator(process, api, port_of)
        try:
            running.wait_for("Showing events")
            yield running
        finally:
            process.terminate()


def plain_output() -> dict[str, str]:
    """Return surroundings in which lines come unbroken and at once."""
    return {"PYTHONUNBUFFERED": "1", "COLUMNS": "300", "TERM": "dumb", "NO_COLOR": "1", "LANG": "C.UTF-8"}


def longest_service(of: Hall, language: str) -> str:
    return max(of.services.values(), key=lambda service: len(service.name(language))).id


def in_script(name: str) -> TicketContent:
    content = content_of(hall("mpp-oku-timur"), "dukcapil-kk", qr=PAGE)
    return content | {"service": {"id": name, "en": "Family card"}}


def ordinary(**changes: Any) -> TicketContent:
    return content_of(hall("mpp-muara-enim"), "dukcapil-ktp-cetak", qr=PAGE, **changes)


def longest(name: str, language: str) -> TicketContent:
    return content_of(hall(name), longest_service(hall(name), language), "M888", language=language, qr=PAGE)


CORPUS: dict[str, Callable[[], TicketContent]] = {
    "indonesian": ordinary,
    "english": lambda: ordinary(language="en"),
    "priority": lambda: ordinary(ticket_class="priority"),
    "booked": lambda: ordinary(ticket_class="booked", promise=None, ahead=None),
    "trial": lambda: ordinary(trial=True),
    "bare code": lambda: ordinary() | {"qr": "k7mx4pvaqz"},
    "longest of Muara Enim": lambda: longest("mpp-muara-enim", "id"),
    "longest of OKU Timur": lambda: longest("mpp-oku-timur", "id"),
    "longest in English": lambda: longest("mpp-oku-timur", "en"),
    "javanese": lambda: in_script(JAVANESE),
    "arabic": lambda: in_script(ARABIC),
}
LATIN = [name for name in CORPUS if name not in ("javanese", "arabic")]


def laid(name: str, copy: int = 0, logo: bytes | None = None) -> Layout:
    content = CORPUS[name]()
    return ticket_layout(content, copy=copy, printed_ms=content["issued_ms"], logo=logo)


def logo_in(folder: Path) -> bytes:
    picture = Image.new("L", (800, 200), 255)
    ImageDraw.Draw(picture).ellipse((20, 20, 780, 180), fill=90)
    picture.save(folder / "logo.png")
    made = unpacked(packed(folder / "logo.png"))
    assert made
    return made


def ours(data: bytes, dots: int) -> Raster:
    engine = Engine(dots)
    engine.feed(data)
    assert not engine.unknown
    return engine.take_papers()[0].picture


def theirs(emulator: Emulator, data: bytes, dots: int) -> Raster:
    emulator.print(data, dots)
    with Image.open(BytesIO(emulator.get(dots, "image"))) as picture:
        assert picture.mode == "1"
        return Raster(*picture.size, bytes(byte ^ 0xFF for byte in picture.tobytes()))


def assert_alike(paper: Raster, oracle: Raster) -> None:
    """The oracle does not keep white paper below the last ink."""
    assert oracle.width == paper.width
    assert oracle.rows == paper.rows[: len(oracle.rows)]
    assert not any(paper.rows[len(oracle.rows) :])


def codes_on(picture: Raster) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.image(margin=32).convert("L"))]


@pytest.mark.parametrize("copy", [0, 1], ids=["original", "copy"])
@pytest.mark.parametrize("name", CORPUS)
@pytest.mark.parametrize("head", ALL_HEADS.values(), ids=ALL_HEADS)
def test_a_drawn_ticket_is_the_same_dots_on_somebody_elses_printer(
    emulator: Emulator, head: Head, name: str, copy: int
) -> None:
    picture = draw(laid(name, copy), head)
    data = escpos.ticket(picture, escpos.BARRIER)

    paper = theirs(emulator, data, head.dots)

    assert_alike(ours(data, head.dots), paper)
    assert codes_on(paper) == [CORPUS[name]()["qr"]]


@pytest.mark.parametrize("head", ALL_HEADS.values(), ids=ALL_HEADS)
def test_a_logo_is_the_same_dots_on_somebody_elses_printer(emulator: Emulator, head: Head, tmp_path: Path) -> None:
    data = escpos.ticket(draw(laid("indonesian", logo=logo_in(tmp_path)), head), escpos.BARRIER)

    paper = theirs(emulator, data, head.dots)

    assert_alike(ours(data, head.dots), paper)


@pytest.mark.parametrize("name", LATIN)
@pytest.mark.parametrize("head", ALL_HEADS.values(), ids=ALL_HEADS)
def test_a_written_ticket_breaks_its_lines_nowhere_but_where_we_do(emulator: Emulator, head: Head, name: str) -> None:
    layout = laid(name, copy=1)
    lines = [row.text.rstrip() for row in text.rows(layout, head.dots) if isinstance(row, text.Line)]

    paper = theirs(emulator, text.ticket(layout, head.dots, escpos.BARRIER), head.dots)

    said = emulator.get(head.dots, "text").decode().splitlines()
    assert [line for line in said if line and not re.match(r"\[qr ", line)] == [line for line in lines if line]
    assert codes_on(paper) == [CORPUS[name]()["qr"]]
