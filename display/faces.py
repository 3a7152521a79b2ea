"""What the parts of a screen say: calls, zones and counters as words. Pure; no Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from config.hall import Counter, Hall, Screen, Zone
from config.wording import Words
from display.board import ROWS, Board, Call

GROUP_ICONS = {"priority": "heart-handshake", "booked": "calendar-event"}


@dataclass(frozen=True, slots=True)
class ZoneFace:
    """A zone, never by colour alone: its mark, its words, and the place that gives its colour."""

    mark: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class BigFace:
    """The big call. `recall` and `group` are empty for a plain first call; `zone` is None where there is only one."""

    seq: int
    number: str
    counter: str
    agency: str
    recall: str = ""
    group: str = ""
    group_icon: str = ""
    zone: ZoneFace | None = None


@dataclass(frozen=True, slots=True)
class RowFace:
    """One row: a number or an agency at the left, its counter at the right. `seq` is 0 where it is no call."""

    title: str
    counter: str
    zone: ZoneFace
    seq: int = 0
    recall: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One screen of one hall in one language: its layout and the zones whose calls it shows."""

    hall: Hall
    zones: tuple[str, ...]
    words: Words
    layout: str = "calls"

    @property
    def several(self) -> bool:
        """Whether a visitor must be told which zone is meant."""
        return len(self.zones) > 1

    def counters(self) -> tuple[Counter, ...]:
        """Return the counters of the screen's zones."""
        return tuple(counter for counter in self.hall.counters if counter.zone in self.zones)

    def services(self) -> tuple[str, ...]:
        """Return the services of the agencies in the screen's zones."""
        return tuple(service for service, agency in self.hall.agency_of.items() if agency.zone in self.zones)

    def until(self, key: str, until_ms: int | None, **fields: object) -> str:
        """Return a sentence that ends with a time, or that of the same key with "_open" where there is none."""
        if until_ms is None:
            return self.words.say(f"{key}_open", **fields)
        time = self.words.clock(datetime.fromtimestamp(until_ms / 1000, self.hall.timezone))
        return self.words.say(key, time=time, zone=self.hall.hall.zone_abbr, **fields)

    def zone(self, zone: str) -> ZoneFace:
        """Return a zone's mark and words."""
        place = next((at for at, each in enumerate(self.hall.zones) if each.id == zone), 0)
        return zone_face(self.hall.zones[place], place, self.words, floors=self.floors())

    def floors(self) -> bool:
        """Tell whether the screen's zones lie on several floors."""
        return len({zone.floor for zone in self.hall.zones if zone.id in self.zones}) > 1

    def big(self, call: Call) -> BigFace:
        """Return what the big place says of a call."""
        agency = self.hall.agency_of.get(call.service)
        return BigFace(
            seq=call.seq,
            number=call.number,
            counter=self.words.say("display.to_counter", counter=call.counter),
            agency=agency.called(self.words.language, short=self.several) if agency else "",
            recall=self.words.say("display.recalled") if call.recall else "",
            group="" if call.ticket_class == "normal" else self.words.say(f"display.{call.ticket_class}"),
            group_icon=GROUP_ICONS.get(call.ticket_class, ""),
            zone=self.zone(call.zone) if self.several else None,
        )

    def rows(self, board: Board, big: Call | None) -> tuple[RowFace, ...]:
        """Return the rows of recent calls; the one that is shown big is marked."""
        current = big.seq if big else 0
        return tuple(
            RowFace(
                title=call.number,
                counter=self.words.say("display.row_counter", counter=call.counter),
                zone=self.zone(call.zone),
                seq=call.seq,
                recall=call.recall,
                current=call.seq == current,
            )
            for call in board.rows
        )

    def directory(self) -> tuple[RowFace, ...]:
        """Return where each agency of the zones is, for the rows of a screen before the first call."""
        return tuple(self._stands())

    def page(self, now_s: float, size: int = ROWS, each_s: float = 10.0) -> tuple[RowFace, ...]:
        """Return the part of the directory to show now, so many rows; pages follow each other."""
        rows = self.directory()
        pages = max(1, -(-len(rows) // size))
        page = int(now_s // each_s) % pages
        return rows[page * size : (page + 1) * size]

    def subtitle(self) -> str:
        """Return the line below the hall's name: the zone of the screen, or who runs the hall."""
        if self.several or not self.zones:
            return self.hall.hall.operator
        zone = self.hall.zone_by_id[self.zones[0]]
        return (zone.name_en if self.words.language == "en" else "") or zone.name_id

    def name(self) -> str:
        """Return the hall's name."""
        identity = self.hall.hall
        return (identity.name_en if self.words.language == "en" else "") or identity.name

    def _stands(self) -> Iterator[RowFace]:
        for agency in self.hall.agencies:
            numbers = [counter.number for counter in self.counters() if counter.agency == agency.id]
            if numbers:
                told = self.words.say("display.row_counter", counter=ranges(numbers))
                yield RowFace(agency.short or agency.name, told, self.zone(agency.zone))


def scene_of(hall: Hall, screen: Screen | None) -> Scene:
    """Return a screen's scene in the hall's first language; a screen the hall does not know shows all zones."""
    words = Words(next(iter(hall.hall.languages), "id"))
    if screen is None:
        return Scene(hall, tuple(zone.id for zone in hall.zones), words)
    return Scene(hall, screen.zones, words, screen.layout)


def zone_face(zone: Zone, place: int, words: Words, *, floors: bool) -> ZoneFace:
    """Return a zone's words, "Zona 4, lantai 2" where floors differ, and its mark, the last word of its short name."""
    name = (zone.name_en if words.language == "en" else "") or zone.name_id
    short = name.split(":")[0].strip()
    text = words.say("display.zone_floor", zone=short, floor=zone.floor) if floors else short
    return ZoneFace(short.split()[-1][:2], text, place)


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as people write them, "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
