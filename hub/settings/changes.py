"""What two contents of a hall file say differently, key by key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from config.load import Content
from config.mistakes import Place
from hub.settings.document import is_rows, name_of, same

NATIONAL = {"date", "name_id", "name_en", "kind", "sure"}
"""What a row of `config/holidays` has, and nothing else."""
NATIONAL_KINDS = ("libur_nasional", "cuti_bersama")


@dataclass(frozen=True, slots=True)
class Change:
    """One key that changes: its way by names, and its value before and after; None where it is absent."""

    place: Place
    before: Any
    after: Any

    @property
    def key(self) -> str:
        """The way as text, rows by what they are known by: `agencies[samsat].services[samsat-info].daily_quota`."""
        return "".join(str(part) if str(part).startswith("[") else f".{part}" for part in self.place).removeprefix(".")


def changes(before: Mapping[str, Any], after: Mapping[str, Any], place: Place = ()) -> Iterator[Change]:
    """Yield what is said differently, in the order of the later content; a row that comes or goes is one change."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if (key in before) == (key in after) and same(old, new):
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            yield from changes(old, new, (*place, key))
        elif rows_or_none(old) and rows_or_none(new):
            yield from changed_rows(old or [], new or [], (*place, key))
        else:
            yield Change((*place, key), old, new)


def rows_or_none(value: Any) -> bool:
    """Tell whether a value is an array of tables, or nothing."""
    return value is None or value == [] or is_rows(value)


def changed_rows(before: Sequence[Any], after: Sequence[Any], place: Place) -> Iterator[Change]:
    """Yield what is said differently in two arrays of tables."""
    names = [name_of(row) for row in before], [name_of(row) for row in after]
    for kind, start, end, first, last in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        kept = end - start if kind == "equal" else min(end - start, last - first)
        for at in range(kept):
            yield from changes(before[start + at], after[first + at], (*place, row_name(after[first + at], first + at)))
        for at in range(start + kept, end):
            yield Change((*place, row_name(before[at], at)), before[at], None)
        for at in range(first + kept, last):
            yield Change((*place, row_name(after[at], at)), None, after[at])


def row_name(row: Mapping[str, Any], at: int) -> str:
    """Return what a row is called on the way to it, `[samsat]`; its position from 1 where it has no name."""
    return f"[{name_of(row).partition('=')[2] or at + 1}]"


def own_of(content: Content) -> Content:
    """Return a hall's content as its own file says it: without the nation's holidays, which stand behind its own."""
    rows = list(content.get("holidays", []))
    end = len(rows)
    while end and set(rows[end - 1]) == NATIONAL and rows[end - 1]["kind"] in NATIONAL_KINDS and in_order(rows, end):
        end -= 1
    kept = {key: value for key, value in content.items() if key != "holidays"}
    return kept | ({"holidays": rows[:end]} if end else {})


def in_order(rows: Sequence[Mapping[str, Any]], end: int) -> bool:
    """Tell whether a row stands before the one behind it: the nation's do, the hall's own newest need not."""
    return end == len(rows) or rows[end - 1]["date"] <= rows[end]["date"]
