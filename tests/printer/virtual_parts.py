"""What tests of the virtual printer share: a small ticket, and questions to an engine."""

from hub.client.views import PrinterStatus
from printer import escpos
from printer.picture import Raster
from printer.status import status_of
from printer.virtual.engine import Engine, Faults, Mechanics

OK = Faults()
PICTURE = Raster(16, 60, bytes(range(120)))
ROWS = 60
PROVED = b"\x37\x220007\x00"
SLOW = Mechanics(rows_per_s=100)


def image(rows: bytes, stride: int = 2) -> bytes:
    """Return one GS v 0."""
    return b"\x1dv0\x00" + stride.to_bytes(2, "little") + (len(rows) // stride).to_bytes(2, "little") + rows


TICKET = escpos.RESET + image(PICTURE.rows) + escpos.CUT + escpos.process_id(7)


def statuses(engine: Engine) -> tuple[int, ...]:
    """Ask all four questions and return the bits beside the fixed ones."""
    engine.take_answers()
    engine.feed(b"".join(escpos.status_request(question) for question in (1, 2, 3, 4)))
    said = engine.take_answers()
    assert all(byte & 0x93 == 0x12 for byte in said)
    return tuple(byte & ~0x12 for byte in said)


def status(engine: Engine) -> PrinterStatus:
    """Return what the four answers mean."""
    return status_of({place: bits | 0x12 for place, bits in enumerate(statuses(engine), 1)})


def out_of(engine: Engine) -> list[tuple[str, bytes]]:
    """Return the papers that came out."""
    return [(paper.end, paper.picture.rows) for paper in engine.take_papers()]
