"""A report as text for a terminal, and as JSON for programs."""

import json
from collections.abc import Sequence
from typing import Any

from config.wording import Words
from hub.report.build import Report
from hub.report.csvfile import plain
from hub.report.sheet import Sheet
from hub.report.wording import agency_name, column_name, definitions, period_name, said, title_of


def text(report: Report, sheets: Sequence[Sheet], words: Words) -> str:
    """Return all tables and definitions as lines."""
    about = words.say("report.of", period=period_name(words, report), agency=agency_name(words, report))
    parts = [f"{report.halls.newest.hall.name}\n{about}"]
    for sheet in sheets:
        names = [column_name(words, column) for column in sheet.columns]
        rows = [[said(words, v, c.kind) for c, v in zip(sheet.columns, row, strict=True)] for row in sheet.rows]
        if sheet.key == "summary":
            body = aligned([list(pair) for pair in zip(names, rows[0], strict=True)], ["text", "count"])
        else:
            body = aligned([names, *rows], [column.kind for column in sheet.columns])
        parts.append(f"{title_of(words, sheet)}\n{body}")
    meanings = "\n".join(f"{name}: {sentence}" for name, sentence in definitions(words, report))
    return "\n\n".join([*parts, f"{words.say('report.definitions')}\n{meanings}"]) + "\n"


def aligned(rows: Sequence[Sequence[str]], kinds: Sequence[str]) -> str:
    """Return rows as lines whose columns stand below each other, figures to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(kinds))]
    lines = [
        "  ".join(
            cell.ljust(width) if kind == "text" else cell.rjust(width)
            for cell, width, kind in zip(row, widths, kinds, strict=True)
        )
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def as_json(report: Report, sheets: Sequence[Sheet], words: Words) -> str:
    """Return a JSON object: the period, the tables by key with their rows, and the definitions.

    Minutes and hours are decimals, shares between 0 and 1.
    """
    asking = report.asking
    tables: dict[str, Any] = {
        sheet.key: [
            {column.key: plain(value, column) for column, value in zip(sheet.columns, row, strict=True)}
            for row in sheet.rows
        ]
        for sheet in sheets
    }
    told = {
        "hall": report.halls.newest.hall.id,
        "from": asking.period.first.isoformat(),
        "to": asking.period.last.isoformat(),
        "agency": asking.agency,
        "public": asking.public,
        "tables": tables,
        "definitions": dict(definitions(words, report)),
    }
    return json.dumps(told, ensure_ascii=False)
