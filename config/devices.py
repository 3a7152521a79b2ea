"""The tables of a hall file that tell of its devices: displays, kiosks and printers, each as a frozen object."""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo
from pydantic.dataclasses import dataclass

from config.values import Id, Minute, Positive

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
"""How every table is read: an unknown key is a mistake."""
NARROW_PAPER_MM, STANDARD_DPI = 58, 203
Percent = Annotated[int, Field(ge=0, le=100)]


def after_start(end: int, row: ValidationInfo) -> int:
    """Return the end of a time that ends after it begins; ValueError("loudness_ends_first") for others."""
    if end <= row.data.get("start", -1):
        raise ValueError("loudness_ends_first")
    return end


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Loudness:
    """A time of the day with a volume of its own, in minutes after midnight; 0 percent is silence, as for the azan."""

    start: Minute
    end: Annotated[Minute, AfterValidator(after_start)]
    volume: Percent = 0


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Screen:
    """A TV: the zones whose calls it shows, and whether it speaks them, how loud at which time of the day.

    `layout` is "calls", "media" (calls beside pictures and videos), "counters" (what each counter does) or "today"
    (calls beside the day's figures).
    """

    id: Id
    zones: tuple[str, ...]
    place: str = ""
    resolution: tuple[Positive, Positive] = (1920, 1080)
    audio: bool = False
    layout: Literal["calls", "media", "counters", "today"] = "calls"
    volume: Percent = 100
    loudness: tuple[Loudness, ...] = ()

    def volume_at(self, minute: int) -> int:
        """Return how loud it speaks at a minute of the day, in percent; where times meet, the softest counts."""
        return min((time.volume for time in self.loudness if time.start <= minute < time.end), default=self.volume)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Kiosk:
    """A touchscreen: pixels and millimetres of its picture, width first.

    `service_code` opens the technician's corner: five taps in the upper left corner, then these 4 to 12 digits. Without
    one there is no such corner.
    """

    id: Id
    place: str = ""
    wheelchair_height: bool = False
    resolution: tuple[Positive, Positive] = (1080, 1920)
    size_mm: tuple[Positive, Positive] = (268, 476)
    service_code: Annotated[str, Field(pattern=r"^([0-9]{4,12})?$")] = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Printer:
    """A ticket printer and the kiosk it stands in.

    `address` is, by transport: of file a path such as /dev/usb/lp0, of tcp "host" or "host:port", of serial a port such
    as /dev/ttyUSB0, of usb "vendor:product" or "vendor:product:serial number" in hexadecimal. `form` is how tickets are
    sent: "auto" draws them, and writes text where a drawing takes too long. `confirmation` is what proves a paper:
    "auto" asks the printer. `mm_per_s` is how fast paper moves, `roll_m` the metres of a new roll.
    """

    id: Id
    kiosk: str
    transport: Literal["virtual", "file", "tcp", "serial", "usb"] = "virtual"
    address: Annotated[str, Field(pattern=r"^[^\x00-\x1f]*$")] = ""
    width_mm: Literal[58, 80] = 80
    dpi: Literal[180, 203] = 203
    cutter: bool = True
    form: Literal["auto", "raster", "text"] = "auto"
    confirmation: Literal["auto", "process_id", "barrier", "none"] = "auto"
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 19200
    flow: Literal["hardware", "software", "none"] = "hardware"
    mm_per_s: Positive = 100
    roll_m: Positive = 50

    @property
    def dots(self) -> int:
        """Dots across the head."""
        if self.width_mm == NARROW_PAPER_MM:
            return 384
        return 576 if self.dpi == STANDARD_DPI else 512
