"""A hall file is edited as its owner would: what is wanted changes, everything else stays to the letter."""

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hall import hall_file
from config.load import HALLS, checked
from hub.settings.changes import changes
from hub.settings.document import anew, plain, rewritten
from hub.settings.fields import NEW, SECTIONS, Field, fields_of
from hub.settings.forms import FIRST, REMOVE, filled, held_at, place_in, with_table
from hub.settings.history import brought_back

EXAMPLES = sorted(HALLS.glob("*.toml"))
OTHER: dict[str, list[str]] = {
    "text": ["lain"], "whole": ["7"], "number": ["7,5"], "truth": ["false", "true"], "date": ["2026-12-24"],
    "clock": ["09:15"], "colour": ["#123456"], "weekday": ["6"], "lines": ["satu\ndua"], "weekdays": ["", "2", "4"],
    "languages": ["", "en"],
}  # fmt: skip


def places(content: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Return the place of every table that has a form."""
    found: list[tuple[str | int, ...]] = []
    for name, section in SECTIONS.items():
        if section.shape == "one":
            found.append((name,))
        elif section.shape == "classes":
            found += [(name, kind) for kind in content.get(name, {})]
        else:
            found += [(name, at) for at in range(len(content.get(name, [])))]
    found += [
        ("agencies", at, "services", k)
        for at, agency in enumerate(content["agencies"])
        for k in range(len(agency["services"]))
    ]
    return found


def comments(text: str) -> list[str]:
    """Return the comments of a file, in their order."""
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line and '"#' not in line]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_form_changes_exactly_its_key_and_every_comment_stays(path: Path, data: st.DataObject) -> None:
    text = path.read_text()
    content = plain(text)
    place = data.draw(st.sampled_from(places(content)))
    section = SECTIONS[str(place[0])]
    table = (
        next(f.table for f in fields_of(section.table) if f.name == "services") if len(place) == 4 else section.table
    )
    field = data.draw(st.sampled_from([one for one in fields_of(table) if one.kind in OTHER or one.kind == "choice"]))
    current = held_at(content, place)
    assert current is not None

    row = filled(table, {f"{FIRST}.{field.name}": other(field, current)}, current)
    edited = rewritten(text, with_table(content, place, row))

    assert [change.place[-1] for change in changes(content, plain(edited))] in ([field.name], [])
    assert plain(edited) == with_table(content, place, row)
    assert comments(edited) == comments(text)
    assert len(edited.splitlines()) - len(text.splitlines()) in (-1, 0, 1)


def other(field: Field, current: dict[str, Any]) -> list[str]:
    """Return what a form says that changes a field."""
    if field.kind == "choice":
        shown = current.get(field.name, field.default)
        return [str(next(choice for choice in field.choices if choice != shown))]
    return OTHER[field.kind]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_form_that_nobody_touched_changes_nothing(path: Path) -> None:
    text = path.read_text()
    content = plain(text)

    for place in places(content):
        section = SECTIONS[str(place[0])]
        table = (
            section.table if len(place) < 4 else next(f.table for f in fields_of(section.table) if f.kind == "tables")
        )
        current = held_at(content, place)
        assert current is not None
        told = {
            f"{FIRST}.{f.name}": said(f, current.get(f.name, f.default)) for f in fields_of(table) if f.kind in OTHER
        }
        assert filled(table, told, current) == current


def said(field: Field, value: Any) -> list[str]:
    """Return how a form says what a field says already."""
    if field.kind == "lines":
        return ["\r\n".join(value)]
    if isinstance(value, list):
        return ["", *map(str, value)]
    if isinstance(value, bool):
        return ["false", "true"] if value else ["false"]
    return ["" if value is None else str(value)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["counters", "hours", "hours_special", "screens", "kiosks", "zones"])
def test_rows_come_and_go_and_the_others_stay_as_they_are(path: Path, name: str) -> None:
    text = path.read_text()
    content = plain(text)

    last = len(content[name]) - 1
    for at in sorted({0, last // 2, last}):
        fewer = with_table(content, (name, at), None)
        without = rewritten(text, fewer)
        again = rewritten(without, {**fewer, name: [*fewer[name], content[name][at]]})

        assert plain(without) == {key: value for key, value in fewer.items() if value != []}
        assert set(without.splitlines()) <= set(text.splitlines())
        assert plain(again)[name][-1] == content[name][at]


def test_a_comment_behind_the_last_row_is_of_what_follows_and_stays() -> None:
    text = '[[zones]]\nid = "a"\n\n[[zones]]\nid = "b"\n\n# Tentang karcis.\n[ticket]\nqr = true\n'

    edited = rewritten(text, {"zones": [{"id": "a"}], "ticket": {"qr": True}})

    assert edited == '[[zones]]\nid = "a"\n\n# Tentang karcis.\n[ticket]\nqr = true\n'


def test_a_file_within_braces_is_edited_as_well(tmp_path: Path) -> None:
    text = hall_file(tmp_path / "hall.toml").read_text()
    wanted = copy.deepcopy(plain(text))
    wanted["hours"][0]["breaks"] = [{"start": "12:00", "end": "13:00"}]
    wanted["counters"][4]["second_services"] = {"layanan-1-0": 5}

    edited = rewritten(text, wanted)

    assert plain(edited) == wanted
    assert edited.count("\n") == text.count("\n")


def test_what_cannot_be_edited_piece_by_piece_is_written_anew() -> None:
    text = 'hall.id = "a"\n[policy]\nrecall_max = 3\n'

    assert plain(rewritten(text, {"hall": {"id": "b", "name": "c"}, "policy": {"recall_max": 4}})) == {
        "hall": {"id": "b", "name": "c"},
        "policy": {"recall_max": 4},
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_that_is_written_anew_says_the_same_and_is_a_hall_file(path: Path) -> None:
    content = plain(path.read_text())

    assert plain(anew(content)) == content
    assert checked(anew(content), path)[1] == checked(path.read_text(), path)[1]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_the_journal_holds_can_be_the_file_again(path: Path) -> None:
    text = path.read_text()
    content = plain(text)
    earlier = with_table(content, ("hall",), {**content["hall"], "phone": "0735"})

    edited = rewritten(text, brought_back(earlier, content, ""))

    assert [(change.key, change.after) for change in changes(content, plain(edited))] == [("hall.phone", "0735")]


def test_inner_rows_are_added_changed_and_removed_by_their_form() -> None:
    hours = SECTIONS["hours"].table
    row = {"day": 1, "open": "08:00", "close": "15:00", "breaks": [{"start": "12:00", "end": "13:00"}]}
    told = {f"{FIRST}.breaks.0.start": ["12:30"], f"{FIRST}.breaks.1.start": [""], f"{FIRST}.breaks.1.end": [""]}

    changed = filled(hours, told, row)
    added = filled(hours, {**told, f"{FIRST}.breaks.1.start": ["14:00"], f"{FIRST}.breaks.1.end": ["14:10"]}, row)
    removed = filled(hours, {**told, f"{FIRST}.breaks.0.{REMOVE}": ["true"]}, row)

    assert changed["breaks"] == [{"start": "12:30", "end": "13:00"}]
    assert added["breaks"][1] == {"start": "14:00", "end": "14:10"}
    assert "breaks" not in removed


def test_a_new_row_stands_behind_all_others() -> None:
    content = {"zones": [{"id": "a"}]}

    changed = with_table(content, ("zones", NEW), {"id": "b"})

    assert changed == {"zones": [{"id": "a"}, {"id": "b"}]}
    assert place_in(changed, ("zones", NEW)) == ("zones", 1)
