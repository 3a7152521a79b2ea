"""When the push leaves its link alone: outside its hours, and on a metered link until it is worth a message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from config.tables import Sync

METERED_LINES = 1_000
METERED_S = 600.0
LOOK_S = 60.0
"""How long at most until the hours are looked at again: the machine's clock may be set meanwhile."""
DAY_MINUTES = 24 * 60
ALWAYS = Sync()
JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True, slots=True)
class Plan:
    """The `[sync]` table of the hall file in force, and the zone its times are meant in."""

    sync: Sync = ALWAYS
    zone: ZoneInfo = JAKARTA

    def minute(self, now: float) -> int:
        """Return the minute of the hall's day at a moment in seconds since 1970."""
        moment = datetime.fromtimestamp(now, self.zone)
        return moment.hour * 60 + moment.minute

    def opens_in(self, minute: int) -> int:
        """Return the minutes until the push may send, 0 within its hours, which may go over midnight."""
        if self.sync.start == self.sync.end:
            return 0
        length = (self.sync.end - self.sync.start) % DAY_MINUTES
        within = (minute - self.sync.start) % DAY_MINUTES < length
        return 0 if within else (self.sync.start - minute) % DAY_MINUTES

    def rest_s(self, minute: int, *, waiting: int, quiet_s: float) -> float:
        """Return the seconds to send nothing, 0 to go on: `waiting` lines, the last message `quiet_s` seconds ago."""
        if opens_in := self.opens_in(minute):
            return min(opens_in * 60.0, LOOK_S)
        if self.sync.metered and waiting < METERED_LINES:
            return min(max(METERED_S - quiet_s, 0.0), LOOK_S)
        return 0.0


def plan_of(content: Mapping[str, Any]) -> Plan:
    """Return the plan in a hall file's content."""
    table = TypeAdapter(Sync).validate_python(content.get("sync", {}))
    return Plan(table, ZoneInfo(content["hall"]["timezone"]))
