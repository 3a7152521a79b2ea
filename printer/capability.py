"""What is remembered of printers: what each can prove; one small JSON file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from config.hall import Printer
from printer.link import Proof
from printer.picture import save

log = structlog.get_logger("printer")


@dataclass(frozen=True, slots=True)
class Capability:
    """What a printer was found to prove, and when that was seen."""

    proof: Proof | None
    checked: datetime


FILE = TypeAdapter(dict[str, Capability])


def name_of(identity: str, printer: Printer) -> str:
    """Return under which name a printer is remembered: its maker and model, its address where it tells none."""
    return identity or f"{printer.transport}:{printer.address}"


def remembered(path: Path) -> Mapping[str, Capability]:
    """Return what a file remembers, by name; nothing where there is no file, or a damaged one."""
    try:
        return FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        log.warning("what was remembered of printers is lost", path=str(path), error=str(error))
        return {}


def remember(path: Path, name: str, capability: Capability) -> None:
    """Write what a printer was found to be able to beside what is remembered of others; OSError."""
    known = {**remembered(path), name: capability}
    listed = {each: {**asdict(of), "checked": of.checked.isoformat()} for each, of in sorted(known.items())}
    save(json.dumps(listed, indent=2).encode(), path)
