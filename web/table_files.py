"""Rows as CSV text (RFC 4180) that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeVar

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
Cell = TypeVar("Cell")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV text with CRLF, each cell harmless."""
    text = StringIO(newline="")
    csv.writer(text).writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue()


def harmless(value: Cell) -> Cell | str:
    """Return a cell that no spreadsheet takes for a formula; numbers and dates stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
