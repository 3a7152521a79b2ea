"""What a form of a hall's settings asks: made from the tables of the hall file, so that a new key appears by itself."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, is_dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from config.hall import CLASSES, Hall
from config.mistakes import Place
from config.values import Colour, Language, Letters, Minute, Weekday

NEW = "new"
"""Stands for the index of a row that is not there yet."""
TIMES = {Minute: "clock", Weekday: "weekday", Colour: "colour", Language: "language", Letters: "text"}
REFERENCES = {
    ("Agency", "zone"): "zones", ("Counter", "zone"): "zones", ("Screen", "zones"): "zones",
    ("Counter", "agency"): "agencies", ("Counter", "services"): "services", ("Counter", "second_services"): "services",
    ("Printer", "kiosk"): "kiosks",
}  # fmt: skip
"""Which keys name rows of another array: the type alone does not say so."""
PLAIN = {int: "whole", float: "number", bool: "truth", str: "text", date: "date"}
SECRET = "service_code"  # noqa: S105  the name of a key
"""What is not shown again once it is set."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table: what is asked for, what may be chosen, between which limits, and what counts if it is absent.

    `kind` is "text", "whole", "number", "truth", "date", "clock", "colour", "weekday", "choice", "reference"; of many
    "lines", "weekdays", "languages", "references", "minutes_of" (numbers by reference), "pair"; or "rows" of `table`
    within the same form, and "tables" that have forms of their own.
    """

    name: str
    kind: str
    required: bool
    default: Any = None
    choices: tuple[Any, ...] = ()
    limits: Mapping[str, str] = field(default_factory=dict)
    refers: str = ""
    table: Any = None


def fields_of(table: Any) -> tuple[Field, ...]:
    """Return the fields of a table's class, in their order."""
    found: Mapping[str, FieldInfo] = table.__pydantic_fields__
    return tuple(made(table, name, info) for name, info in found.items())


def made(table: Any, name: str, info: FieldInfo) -> Field:
    """Return one field of a table's class."""
    annotation: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    refers = REFERENCES.get((table.__name__, name), "")
    kind, choices, limits, inner = kind_of(annotation, refers=bool(refers))
    return Field(name, kind, info.is_required(), default_of(info, kind), choices, limits, refers, inner)


def kind_of(annotation: Any, *, refers: bool) -> tuple[str, tuple[Any, ...], dict[str, str], Any]:
    """Return what an annotation asks for: kind, choices, limits of a number, and the class of its rows."""
    base, marks = bare(annotation)
    arguments = get_args(base)
    if get_origin(base) is Literal:
        return "choice", arguments, {}, None
    if get_origin(base) is tuple:
        return kind_of_many(arguments, refers=refers)
    if get_origin(base) is not None:
        return "minutes_of", (), {"min": "0"}, None
    for known, name in TIMES.items():
        known_base, known_marks = bare(known)
        if known_base is base and set(map(repr, known_marks)) <= set(map(repr, marks)):
            return name, (), {}, None
    return "reference" if refers else PLAIN[base], (), limits_of(marks, is_real=base is float), None


def kind_of_many(arguments: tuple[Any, ...], *, refers: bool) -> tuple[str, tuple[Any, ...], dict[str, str], Any]:
    """Return what a tuple asks for."""
    first = arguments[0]
    if Ellipsis not in arguments:
        return "pair", (), limits_of(bare(first)[1]), None
    if is_dataclass(first):
        return "tables" if "id" in vars(first)["__pydantic_fields__"] else "rows", (), {}, first
    if refers:
        return "references", (), {}, None
    return {"weekday": "weekdays", "language": "languages"}.get(kind_of(first, refers=False)[0], "lines"), (), {}, None


def bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without "or nothing", and what is marked on it."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is not Annotated:
        return annotation, ()
    base, *marks = get_args(annotation)
    inner, more = bare(base)
    flat = [part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    return inner, (*more, *flat)


def limits_of(marks: tuple[Any, ...], *, is_real: bool = False) -> dict[str, str]:
    """Return the limits of a number as a form states them."""
    limits: dict[str, str] = {}
    for mark in marks:
        if isinstance(mark, Ge):
            limits["min"] = str(mark.ge)
        elif isinstance(mark, Gt):
            limits["min"] = "0" if is_real else str(int(str(mark.gt)) + 1)
        elif isinstance(mark, (Le, Lt)):
            limits["max"] = str(mark.le if isinstance(mark, Le) else mark.lt)
    return limits


def default_of(info: FieldInfo, kind: str) -> Any:
    """Return what counts where a key is absent, as a hall file would write it."""
    if info.default in (PydanticUndefined, MISSING):
        return {} if kind == "minutes_of" else None
    if kind == "clock" and isinstance(info.default, int):
        return f"{info.default // 60:02d}:{info.default % 60:02d}"
    return list(info.default) if isinstance(info.default, tuple) else info.default


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the hall file: a table ("one"), an array of tables ("rows"), or tables by class ("classes")."""

    name: str
    table: Any
    shape: str


def sections() -> dict[str, Section]:
    """Return the parts of a hall file in their order."""
    found = {}
    for name, annotation in get_type_hints(Hall).items():
        arguments = get_args(annotation)
        if get_origin(annotation) is tuple:
            found[name] = Section(name, arguments[0], "rows")
        elif arguments:
            found[name] = Section(name, arguments[1], "classes")
        else:
            found[name] = Section(name, annotation, "one")
    return found


SECTIONS = sections()


def place_of(text: str) -> Place | None:
    """Return the place that a form's address names, "agencies.2.services.new"; None for anything else."""
    parts: Place = tuple(int(part) if part.isascii() and part.isdigit() else part for part in text.split("."))
    section = SECTIONS.get(str(parts[0]))
    if section is None or len(text) > 100:
        return None
    if section.shape == "one":
        return parts if len(parts) == 1 else None
    if section.shape == "classes":
        return parts if len(parts) == 2 and parts[1] in CLASSES else None
    if len(parts) == 2 and is_index(parts[1]):
        return parts
    within = len(parts) == 4 and is_index(parts[3]) and isinstance(parts[1], int)
    return parts if within and inner_table(section.table, str(parts[2])) else None


def is_index(part: str | int) -> bool:
    """Tell whether a part of a place is a row's index, or stands for a new row."""
    return isinstance(part, int) or part == NEW


def inner_table(table: Any, name: str) -> Any:
    """Return the class of the tables that have forms of their own within a table; None where there are none."""
    return next((field.table for field in fields_of(table) if field.name == name and field.kind == "tables"), None)


def table_at(place: Place) -> Any:
    """Return the class of the table at a place that `place_of` gave."""
    table = SECTIONS[str(place[0])].table
    return inner_table(table, str(place[2])) if len(place) == 4 else table


def text_of(place: Place) -> str:
    """Return a place as a form's address names it."""
    return ".".join(map(str, place))
