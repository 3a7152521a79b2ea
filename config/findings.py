"""Turns what pydantic finds in a hall file into mistakes with our own sentences, and guesses misspelt keys."""

from difflib import get_close_matches
from typing import Any, get_args

from pydantic_core import ErrorDetails

from config.hall import Hall
from config.mistakes import Mistake, Place, mistake

TYPES = {
    "int_type": "whole_number", "int_parsing": "whole_number", "int_from_float": "whole_number",
    "float_type": "number", "float_parsing": "number", "bool_type": "truth", "bool_parsing": "truth",
    "string_type": "text", "tuple_type": "list", "list_type": "list", "mapping_type": "table", "dict_type": "table",
    "dataclass_type": "table", "date_type": "date", "date_parsing": "date", "date_from_datetime_parsing": "date",
    "string_too_short": "empty", "string_pattern_mismatch": "pattern", "too_short": "list", "too_long": "list",
}  # fmt: skip
LIMITS = {
    "greater_than": "above",
    "greater_than_equal": "at_least",
    "less_than": "below",
    "less_than_equal": "at_most",
}


def mistake_of(detail: ErrorDetails) -> Mistake:
    """Return the mistake for one finding of pydantic."""
    place: Place = tuple(part for part in detail["loc"])
    kind, value, told = detail["type"], detail["input"], detail.get("ctx", {})
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return unknown_key(place)
    if kind == "missing":
        return mistake(place, "missing")
    if kind in LIMITS:
        return mistake(place, LIMITS[kind], value=value, limit=next(iter(told.values()), ""))
    if kind == "literal_error":
        return mistake(place, "choice", value=value, choices=told.get("expected", ""))
    if kind == "value_error":
        return mistake(place, str(told.get("error", "value")), value=value)
    if kind == "string_pattern_mismatch":
        return mistake(place, "pattern", value=value, pattern=told.get("pattern", ""))
    return mistake(place, TYPES.get(kind, "value"), value=shown(value))


def shown(value: object) -> str:
    """Return a value as short text."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def unknown_key(place: Place) -> Mistake:
    """Return the mistake of a key nobody knows, with the one that was likely meant."""
    known = keys_at(place[:-1])
    likely = get_close_matches(str(place[-1]), known, 1)
    if likely:
        return mistake(place, "misspelt", likely=likely[0])
    return mistake(place, "unknown", known=", ".join(known))


def keys_at(place: Place) -> list[str]:
    """Return the keys that a table of a hall file knows."""
    kind: Any = Hall
    for part in place:
        if isinstance(part, str):
            kind = tables_in(fields_of(kind)[part].annotation) if part in fields_of(kind) else None
    return sorted(fields_of(kind))


def tables_in(annotation: Any) -> Any:
    """Return the class of the tables that an annotation is about, the annotation itself where there is none."""
    for inner in (annotation, *get_args(annotation)):
        if fields_of(inner):
            return inner
    return annotation


def fields_of(kind: Any) -> dict[str, Any]:
    """Return the fields of a table's class, empty for anything else."""
    found: dict[str, Any] = getattr(kind, "__pydantic_fields__", {})
    return found
