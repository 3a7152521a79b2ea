"""What belongs together in a hall file: names are followed, what goes takes its mentions along."""

from collections.abc import Callable, Mapping
from typing import Any

from config.load import Content
from config.mistakes import Place
from hub.settings.fields import SECTIONS, Field, fields_of
from hub.settings.forms import held_at, number, with_table

Named = Callable[[str], str | None]
"""Returns what a name becomes, None where it goes."""


def array_of(place: Place) -> str:
    """Return the array in which a table stands."""
    return str(place[2] if len(place) == 4 else place[0])


def renamed(content: Content, place: Place, before: Mapping[str, Any]) -> Content:
    """Return a content in which all that named a row, as it was before, follows its new id."""
    after = held_at(content, place) or {}
    old, new = before.get("id"), after.get("id")
    if not old or not new or old == new:
        return content
    return mentioned(content, array_of(place), lambda name: new if name == old else name)


def without(content: Content, place: Place) -> Content:
    """Return a content without a row: counters do not serve what is gone, and go with their agency."""
    row = held_at(content, place) or {}
    kept = with_table(content, place, None)
    services = {row.get("id")} if array_of(place) == "services" else set()
    if array_of(place) == "agencies":
        services = {service.get("id") for service in row.get("services", [])}
        kept["counters"] = [counter for counter in kept.get("counters", []) if counter.get("agency") != row.get("id")]
    return mentioned(kept, "services", lambda name: None if name in services else name) if services else kept


def mentioned(content: Content, array: str, named: Named) -> Content:
    """Return a content in which every mention of an array's rows is named anew."""
    changed = dict(content)
    for name, section in SECTIONS.items():
        keys = [field for field in fields_of(section.table) if field.refers == array]
        if keys and isinstance(content.get(name), list):
            changed[name] = [with_mentions(row, keys, named) for row in content[name]]
    return changed


def with_mentions(row: Mapping[str, Any], keys: list[Field], named: Named) -> dict[str, Any]:
    """Return a row whose keys name others anew."""
    changed = dict(row)
    for key in keys:
        value = row.get(key.name)
        if isinstance(value, str):
            changed[key.name] = named(value) or value
        elif isinstance(value, list):
            changed[key.name] = [new for old in value if (new := named(old)) is not None]
        elif isinstance(value, dict):
            changed[key.name] = {new: minutes for old, minutes in value.items() if (new := named(old)) is not None}
    return changed


def served_at(content: Content, service: str, numbers: list[str]) -> Content:
    """Return a content in which a service is served at these counters and no others; helping out stays as it is."""
    wanted = {number(text) for text in numbers if text}
    counters = []
    for counter in content.get("counters", []):
        services = list(counter.get("services", []))
        if counter.get("number") in wanted and service not in services:
            services.append(service)
        elif counter.get("number") not in wanted and service in services:
            services.remove(service)
        counters.append({**counter, "services": services})
    return {**content, "counters": counters}


def with_counter(content: Content, text: str, agency: Mapping[str, Any]) -> Content:
    """Return a content with one more counter for all services of an agency, as a new agency needs one; "" for none."""
    if not text:
        return content
    services = [service.get("id", "") for service in agency.get("services", [])]
    row = {"number": number(text), "agency": agency.get("id", ""), "zone": agency.get("zone", ""), "services": services}
    return {**content, "counters": [*content.get("counters", []), row]}
