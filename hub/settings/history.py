"""The hall files that were in force or planned, as the journal tells them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.load import Content
from hub.settings.changes import Change, changes, own_of
from hub.settings.fields import SECRET
from journal.line import Line, decode
from journal.store import reading_end

PAGE = 20
"""How many are told at a time."""
LAST = 2**62
"""Beyond every line."""
KINDS = "('config.applied', 'config.planned')"


@dataclass(frozen=True, slots=True)
class Entry:
    """A hall file that was taken: line, hall time in ms, planned for the next day or not, by whom, what it changed."""

    seq: int
    hall_ms: int
    planned: bool
    author: str
    changes: tuple[Change, ...]


def entries(folder: Path, before: int | None = None, count: int = PAGE) -> list[Entry]:
    """Return the newest hall files before a line, newest first, each beside the one before it. JournalError."""
    with closing(reading_end(folder)) as connection:
        rows = connection.execute(
            f"SELECT line FROM standing CROSS JOIN journal USING (seq) WHERE kind IN {KINDS} AND seq < ?"  # noqa: S608
            " ORDER BY seq DESC LIMIT ?",
            (min(before or LAST, LAST), count + 1),
        ).fetchall()
    lines = [decode(row[0]) for row in reversed(rows)]
    found = list(told(lines))
    return list(reversed(found[1:] if len(lines) > count else found))


def told(lines: list[Line]) -> Iterator[Entry]:
    """Yield each hall file with what it changed."""
    force: Content = {}
    for line in lines:
        content = own_of(line.body["content"])
        changed = tuple(changes(force, content)) if force else ()
        yield Entry(line.seq, line.hall_ms, line.kind == "config.planned", line.body["author"], changed)
        if line.kind == "config.applied" or not force:
            force = content


def content_at(folder: Path, seq: int) -> Content | None:
    """Return what the hall file of a line said, in the hall's own words; None where the line is of no hall file."""
    with closing(reading_end(folder)) as connection:
        row = connection.execute(
            f"SELECT line FROM standing CROSS JOIN journal USING (seq) WHERE kind IN {KINDS} AND seq = ?",  # noqa: S608
            (min(seq, LAST),),
        ).fetchone()
    return own_of(decode(row[0]).body["content"]) if row else None


def brought_back(content: Content, now: Content, logo: str) -> Content:
    """Return an earlier content as a hall file of today says it: with the codes of today, the same logo by its name.

    `now` is what the file says, `logo` the picture that its name stands for.
    """
    codes = {kiosk.get("id"): kiosk[SECRET] for kiosk in now.get("kiosks", []) if kiosk.get(SECRET)}
    kiosks: list[dict[str, Any]] = [
        kiosk | ({SECRET: codes[kiosk["id"]]} if kiosk["id"] in codes else {}) for kiosk in content.get("kiosks", [])
    ]
    wanted = {**content, **({"kiosks": kiosks} if kiosks else {})}
    ticket = wanted.get("ticket", {})
    if ticket.get("logo") and ticket["logo"] == logo:
        wanted["ticket"] = {**ticket, "logo": now["ticket"]["logo"]}
    return wanted
