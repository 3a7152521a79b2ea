"""A generated hall without quotas, for measurements and for tests of what must hold under any load."""

import json
from pathlib import Path
from typing import Any

from config.load import Content

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def generated_hall(agencies: int = 10, services: int = 3, counters: int = 6) -> Content:
    """Return a hall file's content: open every day from 00:01 to 23:59, all counters of an agency serve all of it."""
    hours = [{"day": day, "open": "00:01", "close": "23:59"} for day in range(1, 8)]
    return {
        "hall": {"id": "mpp-uji", "name": "Mal Pelayanan Publik Uji", "short": "MPP Uji"},
        "policy": {"kiosk_opens": "00:00", "last_ticket_minutes_before_close": 0, "agency_absent_minutes": 1440},
        "classes": {
            "normal": {"weight": 1},
            "priority": {"weight": 3},
            "booked": {"weight": 3, "head_start_minutes": 5},
        },
        "hours": hours,
        "zones": [{"id": "z1", "name_id": "Zona 1", "color": "#0B5CAD"}],
        "screens": [{"id": "layar-1", "zones": ["z1"]}],
        "kiosks": [{"id": "anjungan-1"}],
        "agencies": [agency(number, services) for number in range(agencies)],
        "counters": [
            counter(number, desk + number * counters, services)
            for number in range(agencies)
            for desk in range(counters)
        ],
    }


def agency(number: int, services: int) -> dict[str, Any]:
    """Return one agency with its services."""
    return {
        "id": f"instansi-{number}",
        "letter": LETTERS[number],
        "name": f"Instansi {number}",
        "zone": "z1",
        "days": [1, 2, 3, 4, 5, 6, 7],
        "services": [{"id": f"layanan-{number}-{k}", "name_id": f"Layanan {number}.{k}"} for k in range(services)],
    }


def counter(number: int, place: int, services: int) -> dict[str, Any]:
    """Return one counter that serves all of its agency's services."""
    return {
        "number": place + 1,
        "agency": f"instansi-{number}",
        "zone": "z1",
        "services": [f"layanan-{number}-{k}" for k in range(services)],
    }


def hall_file(path: Path, **sizes: int) -> Path:
    """Write a generated hall as a hall file and return its path."""
    content = generated_hall(**sizes)
    path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in content.items()), encoding="utf-8")
    return path


def toml(value: Any) -> str:
    """Return a value as TOML: inline tables and arrays, all else as in JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    return json.dumps(value)
