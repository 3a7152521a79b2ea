"""A report as tables of plain values, from which page, files and paper are made alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = str | int | float | None
KINDS = ("text", "count", "minutes", "hours", "share", "clock", "date", "days")
"""How a column is written: times as ms, shares between 0 and 1.

"clock" is ms after the midnight of the row's date, or text with a date where the time is of another day.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, under which its name stands in the words, and its kind."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a report under a key; `names` tells what the heat map's columns are called."""

    key: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]

    def records(self) -> list[Mapping[str, Value]]:
        """Return the rows by the keys of their columns."""
        return [{column.key: value for column, value in zip(self.columns, row, strict=True)} for row in self.rows]
