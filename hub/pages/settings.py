"""The settings of the hall: what there is, a form for each part, and every change looked at before it counts."""

import asyncio

from fastapi import APIRouter, Request, Response

from config.hall import CLASSES
from config.load import Content, national_holidays
from config.mistakes import HallFileError, Place
from config.wording import Words
from hub.hub import OtherHall
from hub.pages.door import entered
from hub.pages.frame import back_to, button, fields_of, form, form_of, hidden, hub_of, refused, section, words_of
from hub.pages.settings_form import rows
from hub.pages.settings_show import (
    HOME,
    TellingRoute,
    desk_of,
    drafted,
    last,
    mistaken,
    not_taken,
    preview,
    shown,
    told_of,
    way,
    way_back,
)
from hub.pages.settings_tables import Table, form_page, list_of, wanted
from hub.pages.settings_told import changes_list, day_text, listed, mistakes_told, row_title, section_name
from hub.rules.refusal import Refused
from hub.settings.desk import Desk, Held
from hub.settings.document import rewritten
from hub.settings.fields import NEW, SECTIONS, place_of
from hub.settings.forms import held_at, place_in
from hub.settings.rows import without
from web.html import Markup, Part, element

router = APIRouter(prefix=HOME, include_in_schema=False, route_class=TellingRoute)


@router.get("")
async def overview(request: Request) -> Response:
    """Show the parts of the settings, and where file and hall are not the same."""
    person = entered(request)
    words, desk = words_of(request), desk_of(request)
    try:
        held = await desk.held()
        parts = [*notes(words, desk, held), parts_of(words, held.content), others(words)]
    except HallFileError as error:
        parts = [mistakes_told(words, error.mistakes), others(words)]
    except Refused as error:
        parts = [refused(words, error), others(words)]
    return shown(request, person, words.say("settings.title"), *parts)


def notes(words: Words, desk: Desk, held: Held) -> list[Markup]:
    """Return what one must know first: a change that waits for tomorrow, a file that says something else."""
    found = []
    if desk.is_planned:
        found.append(element("p", words.say("settings.planned"), class_="note told"))
    if differences := desk.differs(held):
        take = form(f"{HOME}/take", hidden("base", held.digest), button(words.say("settings.take"), class_="second"))
        told = changes_list(words, differences, held.content)
        hint = element("p", words.say("settings.differs_hint"))
        found.append(section(words.say("settings.differs"), hint, told, take))
    return found


def parts_of(words: Words, content: Content) -> Markup:
    """Return the ways to the parts of the hall file."""
    items = []
    for name, part in SECTIONS.items():
        is_one = part.shape == "one"
        count = "" if is_one or part.shape == "classes" else str(len(rows(content, name)))
        address = f"{HOME}/edit?at={name}" if is_one else f"{HOME}/list?of={name}"
        told = [element("span", count, class_="count")] if count else []
        hint = element("small", words.say(f"settings.section.{name}.hint"))
        items.append(element("li", element("a", element("span", section_name(words, name)), *told, href=address), hint))
    return section(words.say("settings.parts"), element("ul", *items, class_="ways wide-ways"))


def others(words: Words) -> Markup:
    """Return the ways to what is done every now and then, to history, import and export."""
    items = [
        element("li", way(f"{HOME}/{name}", words.say(f"settings.{name}")),
                element("small", words.say(f"settings.{name}.hint")))
        for name in ("calendar", "history", "import", "export")
    ]  # fmt: skip
    return section(words.say("settings.others"), element("ul", *items, class_="ways wide-ways"))


@router.post("/take")
async def take_file(request: Request) -> Response:
    """Show what it would change if the file as it stands were taken."""
    person = entered(request)
    told = await form_of(request)
    held = await desk_of(request).held()
    return await drafted(request, person, held.text, told.get("base", ""))


@router.get("/list")
async def list_rows(request: Request) -> Response:
    """Show the rows of one array, each a way to its form."""
    person = entered(request)
    words, name = words_of(request), request.query_params.get("of", "")
    if name not in SECTIONS or SECTIONS[name].shape == "one":
        return await not_taken(request, person, Refused("setting_not_found", name=name), "")
    content = (await desk_of(request).held()).content
    parts = [way_back(words), *rows_of(words, name, content)]
    if name == "holidays":
        parts.append(national(words, content, hub_of(request).state.date))
    return shown(request, person, section_name(words, name), *parts)


def rows_of(words: Words, name: str, content: Content) -> list[Markup]:
    """Return the rows of an array as ways to their forms, and the way to a new one."""
    at = f"{HOME}/edit?at={name}"
    if SECTIONS[name].shape == "classes":
        found: list[tuple[Part, Content]] = [
            (way(f"{at}.{kind}", words.say(f"settings.class.{kind}")), {}) for kind in CLASSES
        ]
        return [section(words.say(f"settings.section.{name}.hint"), listed(words, name, found))]
    inner = [(way(f"{at}.{index}", row_title(words, name, row)), row) for index, row in enumerate(rows(content, name))]
    told = listed(words, name, inner) if inner else element("p", words.say("settings.none_yet"), class_="quiet")
    add = element("a", words.say("settings.add"), class_="add", href=f"{at}.{NEW}")
    return [section(words.say(f"settings.section.{name}.hint"), told, add)]


def national(words: Words, content: Content, today: str) -> Markup:
    """Return the nation's holidays from today on, with what applies here: closed, or what the hall's own row says."""
    own = {row.get("date"): row for row in reversed(rows(content, "holidays"))}
    items = []
    for row in national_holidays():
        if row["date"] < today:
            continue
        is_open = bool(own.get(row["date"], {}).get("open"))
        name = row["name_en"] if words.language == "en" and row["name_en"] else row["name_id"]
        state = element("strong", words.say("settings.opens" if is_open else "settings.closed"))
        told = element("span", day_text(words, row["date"]), " · ", state, class_="quiet")
        items.append(element("li", element("span", name), told))
    hint = element("p", words.say("settings.national_hint"))
    return section(words.say("settings.national"), hint, element("ul", *items, class_="ways"))


@router.get("/edit")
async def edit(request: Request) -> Response:
    """Ask for the keys of one table."""
    person = entered(request)
    held = await desk_of(request).held()
    try:
        return form_page(request, person, held, place_at(request.query_params.get("at", ""), held.content))
    except Refused as error:
        return await not_taken(request, person, error, "")


def place_at(text: str, content: Content) -> Place:
    """Return the place that an address names; Refused where there is no such table."""
    place = place_of(text)
    if place is None or held_at(content, place) is None:
        raise Refused("setting_not_found", name=text[:100])
    return place


@router.post("/edit")
async def edited(request: Request) -> Response:
    """Show what a form would change; or show the form again with all that is wrong."""
    person = entered(request)
    told = told_of(await fields_of(request))
    desk, base = desk_of(request), last(told, "base")
    held = await desk.held()
    try:
        if held.digest != base:
            raise Refused("hall_file_changed")
        place = place_at(last(told, "at"), held.content)
        content = wanted(held.content, place, told)
        text = await asyncio.to_thread(rewritten, held.text, content)
        return preview(request, person, await desk.draft(text, base, person.name, list_of(place)))
    except HallFileError as error:
        return form_page(request, person, held, place, Table(place_in(content, place), content, error.mistakes))
    except (Refused, OtherHall) as error:
        return await not_taken(request, person, error, base)


@router.post("/remove")
async def removed(request: Request) -> Response:
    """Show what the removal of a row would change."""
    person = entered(request)
    told = await form_of(request)
    held = await desk_of(request).held()
    try:
        if held.digest != told.get("base"):
            raise Refused("hall_file_changed")
        place = place_at(told.get("at", ""), held.content)
    except Refused as error:
        return await not_taken(request, person, error, told.get("base", ""))
    text = await asyncio.to_thread(rewritten, held.text, without(held.content, place))
    return await drafted(request, person, text, held.digest, list_of(place))


@router.post("/confirm")
async def confirmed(request: Request) -> Response:
    """Take what was looked at."""
    person = entered(request)
    told = await form_of(request)
    try:
        draft = await desk_of(request).confirm(told.get("draft", ""), person.name)
    except HallFileError as error:
        return mistaken(request, person, error, way_back(words_of(request)))
    except (Refused, OtherHall) as error:
        return await not_taken(request, person, error, told.get("base", ""))
    return back_to(draft.back)
