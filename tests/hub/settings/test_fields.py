"""Every key of a hall file has its field: made from the tables, with a name in both languages."""

from dataclasses import field as also
from typing import Any, Literal

import pytest
from pydantic.dataclasses import dataclass

from config.devices import STRICT, Kiosk, Loudness, Screen
from config.tables import Agency, ClassRule, Counter, Notice, Policy, Service, WeekdayHours
from config.values import Count, Minute
from config.wording import Words
from hub.settings.changes import changes, own_of
from hub.settings.document import plain
from hub.settings.fields import SECTIONS, fields_of, place_of, table_at
from hub.settings.forms import number
from hub.settings.keys import KeyUnknown, field_at, value_at, with_value


def tables() -> list[Any]:
    """Return every table of a hall file, those within others too."""
    found: list[Any] = []
    waiting = [section.table for section in SECTIONS.values()]
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.append(table)
            waiting += [field.table for field in fields_of(table) if field.table]
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_field_and_choice_and_section_has_a_name(language: str) -> None:
    words = Words(language)
    keys = [f"settings.{table.__name__}.{field.name}" for table in tables() for field in fields_of(table)]
    keys += [
        f"settings.{table.__name__}.{field.name}.{choice}"
        for table in tables()
        for field in fields_of(table)
        for choice in field.choices
        if isinstance(choice, str)
    ]
    keys += [f"settings.section.{name}{end}" for name in SECTIONS for end in ("", ".hint")]
    keys += [f"settings.one.{name}" for name, section in SECTIONS.items() if section.shape == "rows"]

    assert [key for key in keys if words.say(key) == key] == []
    assert len(keys) > 150


def test_both_languages_name_the_same() -> None:
    english, indonesian = (
        {key for key in catalogue_keys(language) if not key.endswith(".hint")} for language in ("en", "id")
    )

    assert english == indonesian


def catalogue_keys(language: str) -> set[str]:
    """Return the keys of the settings' words."""
    from babel.messages.pofile import read_po  # noqa: PLC0415

    from config.wording import CATALOGUES  # noqa: PLC0415

    with (CATALOGUES / language / "settings.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


@pytest.mark.parametrize(
    ("table", "name", "kind"),
    [
        (WeekdayHours, "day", "weekday"), (WeekdayHours, "open", "clock"), (WeekdayHours, "breaks", "rows"),
        (Agency, "close", "clock"), (Agency, "days", "weekdays"), (Agency, "zone", "reference"),
        (Agency, "services", "tables"), (Agency, "color", "colour"), (Service, "minutes", "number"),
        (Service, "daily_quota", "whole"), (Service, "requirements", "lines"), (Counter, "services", "references"),
        (Counter, "second_services", "minutes_of"), (Counter, "priority", "truth"), (Policy, "kiosk_opens", "clock"),
        (Policy, "announce_languages", "languages"), (Policy, "discipline", "choice"), (Notice, "start", "date"),
        (Screen, "resolution", "pair"), (Loudness, "end", "clock"), (Kiosk, "service_code", "text"),
        (ClassRule, "weight", "number"),
    ],
)  # fmt: skip
def test_a_field_asks_as_its_type_says(table: Any, name: str, kind: str) -> None:
    assert {field.name: field.kind for field in fields_of(table)}[name] == kind


def test_a_new_key_of_a_table_appears_by_itself() -> None:
    @dataclass(frozen=True, kw_only=True, config=STRICT)
    class Later:
        mode: Literal["a", "b"] = "a"
        at: Minute = 450
        most: Count | None = None
        names: tuple[str, ...] = also(default=())

    found = {field.name: (field.kind, field.default, dict(field.limits)) for field in fields_of(Later)}

    assert found == {
        "mode": ("choice", "a", {}),
        "at": ("clock", "07:30", {}),
        "most": ("whole", None, {"min": "0"}),
        "names": ("lines", [], {}),
    }


@pytest.mark.parametrize(
    "address",
    ["", "x", "hall.1", "hall.name", "classes", "classes.vip", "agencies", "agencies.-1", "agencies.x", "a" * 200,
     "agencies.1.services", "agencies.1.breaks.0", "agencies.new.services.0", "zones.1.services.1", "zones.1.2.3"],
)  # fmt: skip
def test_an_address_of_no_table_is_none(address: str) -> None:
    assert place_of(address) is None


def test_an_address_names_its_table() -> None:
    assert table_at(place_of("agencies.2.services.new") or ()) is Service
    assert table_at(place_of("classes.priority") or ()) is ClassRule


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), ("7,5", 7.5), ("7.5", 7.5), ("tujuh", "tujuh"), ("nan", "nan"), ("1e999", "1e999")]
)
def test_a_number_is_read_with_a_comma_too_and_else_stays_as_typed(text: str, value: object) -> None:
    assert number(text) == value


CONTENT = plain(
    '[policy]\nrecall_max = 3\n[[agencies]]\nid = "a"\nletter = "A"\n[[agencies.services]]\nid = "s"\nminutes = 5\n'
    "[[counters]]\nnumber = 12\npriority = true\n"
)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("policy.recall_max", 3), ("policy.recall_min_seconds", 20), ("agencies[a].letter", "A"),
        ("agencies[1].services[s].minutes", 5), ("counters[12].priority", True), ("counters[1].priority", True),
        ("agencies[a].close", None),
    ],
)  # fmt: skip
def test_a_key_is_found_by_names_and_by_position(key: str, value: object) -> None:
    assert value_at(CONTENT, key) == value


@pytest.mark.parametrize(
    "key", ["", "x", "policy", "policy.x", "agencies[b].letter", "agencies[a].x", "policy..a", "[1]"]
)
def test_a_key_that_no_hall_file_has_is_told(key: str) -> None:
    with pytest.raises(KeyUnknown):
        with_value(CONTENT, key, "1")


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("policy.recall_max", "5", 5), ("policy.kiosk_opens", "07:00", "07:00"), ("hall.phone", "0735", "0735"),
        ("agencies[a].close", "14:00", "14:00"), ("agencies[a].days", "[1, 2]", [1, 2]),
        ("counters[12].priority", "false", False),
    ],
)  # fmt: skip
def test_a_typed_value_is_text_where_the_key_is_text_and_toml_elsewhere(key: str, text: str, value: object) -> None:
    assert value_at(with_value({**CONTENT, "hall": {}}, key, text), key) == value
    assert field_at(key).name == key.rpartition(".")[2]


def test_changes_are_told_by_key_and_true_is_not_one() -> None:
    after = {**CONTENT, "counters": [{"number": 12, "priority": 1}], "zones": [{"id": "z"}]}

    assert [(c.key, c.before, c.after) for c in changes(CONTENT, after)] == [
        ("counters[12].priority", True, 1),
        ("zones[z]", None, {"id": "z"}),
    ]


def test_the_nations_holidays_are_not_the_halls_own() -> None:
    nation = [
        {"date": day, "name_id": "N", "name_en": "N", "kind": "libur_nasional", "sure": True}
        for day in ("2026-01-01", "2026-12-25")
    ]
    later = {**nation[0], "date": "2026-06-01"}

    assert own_of({"holidays": [{"date": "2026-03-01"}, *nation]}) == {"holidays": [{"date": "2026-03-01"}]}
    assert own_of({"holidays": [later, *nation]}) == {"holidays": [later]}
    assert own_of({"holidays": nation}) == {}
