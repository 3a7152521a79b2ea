"""What a head of the hall does to its calendar: open on a holiday, other hours on a date, Ramadan, a notice."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from config.load import Content
from config.wording import Words
from hub.pages.door import entered
from hub.pages.frame import button, field, form, form_of, hidden, section, words_of
from hub.pages.settings_show import HOME, TellingRoute, desk_of, drafted, not_taken, shown, way_back
from hub.rules.refusal import Refused
from hub.settings import acts
from hub.settings.document import rewritten
from web.html import Markup, element

router = APIRouter(prefix=HOME, include_in_schema=False, route_class=TellingRoute)
Told = dict[str, str]


@router.get("/calendar")
async def calendar(request: Request) -> Response:
    """Show a short form for each deed."""
    person = entered(request)
    words = words_of(request)
    held = await desk_of(request).held()
    parts = [special_opening(words), special_hours(words), ramadan(words, held.content), notice(words)]
    with_base = [element("div", part, class_="act") for part in parts]
    return shown(request, person, words.say("settings.calendar"), way_back(words), *with_base)


def act(words: Words, name: str, *fields: Markup) -> Markup:
    """Return the form of a deed under its title."""
    look = button(words.say("settings.look"))
    hint = element("p", words.say(f"settings.{name}.hint"), class_="quiet")
    inner = form(f"{HOME}/calendar", hidden("act", name), *fields, look)
    return section(words.say(f"settings.{name}"), hint, inner, id=name)


def day(words: Words, name: str, key: str, value: str = "", *, required: bool = True) -> Markup:
    """Return a field for a date."""
    needed = {"required": "required"} if required else {}
    return field(words.say(f"settings.{key}"), name, value, kind="date", **needed)


def clock(words: Words, name: str, key: str, value: str = "", *, required: bool = True) -> Markup:
    """Return a field for a time of day."""
    needed = {"required": "required"} if required else {}
    return field(words.say(f"settings.{key}"), name, value, placeholder="08:00", inputmode="numeric", maxlength="5",
                 autocomplete="off", **needed)  # fmt: skip


def side_by_side(*fields: Markup) -> Markup:
    """Return fields beside each other where there is room."""
    return element("div", *fields, class_="grid")


def special_opening(words: Words) -> Markup:
    """Ask on which holiday the hall serves."""
    return act(words, "open_on", day(words, "date", "date"))


def special_hours(words: Words) -> Markup:
    """Ask for the hours of one date."""
    hours = side_by_side(clock(words, "open", "opens_at"), clock(words, "close", "closes_at"))
    return act(words, "hours_on", day(words, "date", "date"), hours)


def ramadan(words: Words, content: Content) -> Markup:
    """Ask for the dates and hours of Ramadan, with what is expected as a proposal."""
    rows: list[dict[str, Any]] = content.get("hours_special", [])
    expected = [row for row in rows if acts.RAMADAN in str(row.get("name_id", "")).casefold()]
    nothing: dict[str, Any] = {}
    weekdays = next((row for row in expected if row.get("days") != [acts.FRIDAY]), nothing)
    friday = next((row for row in expected if row.get("days") == [acts.FRIDAY]), nothing)
    return act(
        words, "ramadan",
        side_by_side(day(words, "start", "first_day", weekdays.get("start", "")),
                     day(words, "end", "last_day", weekdays.get("end", ""))),
        side_by_side(clock(words, "open", "opens_at", weekdays.get("open", "")),
                     clock(words, "close", "closes_at", weekdays.get("close", ""))),
        side_by_side(clock(words, "friday_open", "friday_opens_at", friday.get("open", ""), required=False),
                     clock(words, "friday_close", "friday_closes_at", friday.get("close", ""), required=False)),
    )  # fmt: skip


def notice(words: Words) -> Markup:
    """Ask for a sentence for the displays."""
    dates = side_by_side(
        day(words, "start", "first_day", required=False), day(words, "end", "last_day", required=False)
    )
    return act(
        words, "notice",
        field(words.say("settings.Notice.text_id"), "text", required="required"),
        field(words.say("settings.Notice.text_en"), "text_en"), dates,
    )  # fmt: skip


@router.post("/calendar")
async def done(request: Request) -> Response:
    """Show what a deed would change."""
    person = entered(request)
    told = {name: value.strip() for name, value in (await form_of(request)).items()}
    held = await desk_of(request).held()
    try:
        deed = DEEDS.get(told.get("act", ""))
        if deed is None:
            raise Refused("setting_not_found", name=told.get("act", "")[:40])
        content = deed(held.content, told, Words())
    except Refused as error:
        return await not_taken(request, person, error, held.digest)
    text = await asyncio.to_thread(rewritten, held.text, content)
    return await drafted(request, person, text, held.digest, f"{HOME}/calendar")


def date_of(told: Told, name: str) -> date:
    """Return a date that a form must say; Refused for anything else."""
    found = date_or_none(told, name)
    if found is None:
        raise Refused("date_wrong", value="")
    return found


def date_or_none(told: Told, name: str) -> date | None:
    """Return a date that a form may say, None where it does not; Refused for anything else."""
    text = told.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("date_wrong", value=text[:20]) from error


def open_on(content: Content, told: Told, words: Words) -> Content:
    """Return a content in which the hall serves on a date."""
    return acts.opened_on(content, date_of(told, "date"), words.say("settings.name_open"))


def hours_on(content: Content, told: Told, words: Words) -> Content:
    """Return a content with other hours on a date."""
    opens, closes = told.get("open", ""), told.get("close", "")
    return acts.with_hours(content, date_of(told, "date"), opens, closes, words.say("settings.name_hours"))


def ramadan_with(content: Content, told: Told, words: Words) -> Content:
    """Return a content in which Ramadan is sure."""
    hours, friday = [(told.get(f"{who}open", ""), told.get(f"{who}close", "")) for who in ("", "friday_")]
    start, end = date_of(told, "start"), date_of(told, "end")
    return acts.with_ramadan(
        content, start, end, hours, friday if any(friday) else None, words.say("settings.name_ramadan")
    )


def notice_with(content: Content, told: Told, _: Words) -> Content:
    """Return a content with one more notice."""
    start, end = date_or_none(told, "start"), date_or_none(told, "end")
    return acts.with_notice(content, told.get("text", ""), told.get("text_en", ""), start, end)


DEEDS: dict[str, Callable[[Content, Told, Words], Content]] = {
    "open_on": open_on,
    "hours_on": hours_on,
    "ramadan": ramadan_with,
    "notice": notice_with,
}
