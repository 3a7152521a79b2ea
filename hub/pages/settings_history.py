"""The history of the hall file with the way back, and the hall file as a whole: taken in, given out."""

import asyncio
import re
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from fastapi import APIRouter, Request, Response

from config.load import Content
from config.mistakes import HallFileError
from config.wording import Words
from hub.hub import OtherHall
from hub.pages.door import entered
from hub.pages.frame import HEADERS, button, fields_of, form, form_of, hidden, hub_of, section, void, words_of
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
from hub.pages.settings_told import changes_list, entry_facts
from hub.rules.refusal import Refused
from hub.settings import history
from hub.settings.document import lines_changed
from hub.settings.history import Entry
from web.html import Markup, element

router = APIRouter(prefix=HOME, include_in_schema=False, route_class=TellingRoute)
NEWEST = 2**53
SHOWN_CHANGES = 12
UTF8_MARK = "\ufeff"
CODE = re.compile(r'(service_code\s*=\s*")[0-9]*(")')


def number_of(request: Request, name: str) -> int:
    """Return a line's number in an address; one beyond all lines where there is none."""
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else NEWEST


@router.get("/history")
async def past(request: Request) -> Response:
    """Show the hall files that were taken, newest first."""
    person = entered(request)
    words, hub = words_of(request), hub_of(request)
    found = await asyncio.to_thread(history.entries, hub.settings.data, number_of(request, "before"))
    told = [entry_told(words, entry, moment(request, entry), hub.state.config) for entry in found]
    if len(found) == history.PAGE:
        told.append(way(f"{HOME}/history?before={found[-1].seq}", words.say("settings.older")))
    return shown(request, person, words.say("settings.history"), way_back(words), *told)


def moment(request: Request, entry: Entry) -> datetime:
    """Return when a hall file was taken, in the hall's time."""
    hall = hub_of(request).hall
    return datetime.fromtimestamp(entry.hall_ms / 1000, hall.timezone)


def entry_told(words: Words, entry: Entry, at: datetime, content: Content) -> Markup:
    """Return what a hall file changed, when, and by whom."""
    title = f"{words.day(at.date())}, {words.clock(at)}"
    told: list[Markup] = [element("p", " · ".join(entry_facts(words, entry)), class_="quiet")]
    if entry.changes:
        told.append(changes_list(words, entry.changes[:SHOWN_CHANGES], content))
    else:
        told.append(element("p", words.say("settings.whole_file")))
    if (more := len(entry.changes) - SHOWN_CHANGES) > 0:
        told.append(element("p", words.say("settings.more_changes", count=more)))
    look = element("a", words.say("settings.look_at"), class_="add", href=f"{HOME}/history/{entry.seq}")
    return section(title, *told, look)


@router.get("/history/{seq}")
async def earlier(request: Request, seq: int) -> Response:
    """Show a hall file of the past: what going back to it would change, and its text."""
    person = entered(request)
    words, desk = words_of(request), desk_of(request)
    back = way_back(words, f"{HOME}/history")
    try:
        held = await desk.held()
        text = await desk.earlier(seq)
    except Refused as error:
        return await not_taken(request, person, error, "")
    except HallFileError as error:
        return mistaken(request, person, error, back)
    lines = masked("\n".join(await asyncio.to_thread(lines_changed, held.text, text)))
    told = [element("pre", lines), rollback_form(words, seq, held.digest)] if lines else [same_as_now(words)]
    hint = element("p", words.say("settings.difference_hint"), class_="quiet")
    whole = element("details", element("summary", words.say("settings.show_text")), element("pre", masked(text)))
    title = words.say("settings.earlier", line=seq)
    difference = section(words.say("settings.difference"), hint, *told)
    return shown(request, person, title, back, difference, section(words.say("settings.text"), whole))


def masked(text: str) -> str:
    """Return a hall file's text to be looked at, without the codes of technicians."""
    return CODE.sub(r"\1••••\2", text)


def same_as_now(words: Words) -> Markup:
    """Say that an earlier hall file says the same as the one of today."""
    return element("p", words.say("settings.same_as_now"))


def rollback_form(words: Words, seq: int, base: str) -> Markup:
    """Return the key that goes back to an earlier hall file."""
    sending = hidden("seq", str(seq)), hidden("base", base)
    return form(f"{HOME}/rollback", *sending, button(words.say("settings.rollback")))


@router.post("/rollback")
async def rollback(request: Request) -> Response:
    """Show what going back to an earlier hall file would change."""
    person = entered(request)
    told = await form_of(request)
    seq = told.get("seq", "")
    try:
        if not (seq.isascii() and seq.isdigit() and len(seq) < 16):
            raise Refused("setting_not_found", name=seq[:20])
        text = await desk_of(request).earlier(int(seq))
    except Refused as error:
        return await not_taken(request, person, error, told.get("base", ""))
    return await drafted(request, person, text, told.get("base", ""), f"{HOME}/history")


@router.get("/import")
async def ask_for_file(request: Request) -> Response:
    """Ask for a whole hall file."""
    person = entered(request)
    words = words_of(request)
    held = await desk_of(request).standing()
    return shown(request, person, words.say("settings.import"), way_back(words), import_form(words, held.digest))


def import_form(words: Words, base: str, text: str = "") -> Markup:
    """Return the form that takes a hall file, chosen or pasted."""
    picked = void("input", type="file", name="file", accept=".toml,text/plain")
    area = element("textarea", "\n" + text, name="text", rows="16", class_="code", spellcheck="false")
    chosen = element("label", words.say("settings.file"), picked)
    pasted = element("label", words.say("settings.pasted"), area)
    sends = {"class_": "hall", "enctype": "multipart/form-data"}
    return form(f"{HOME}/import", hidden("base", base), chosen, pasted, button(words.say("settings.look")), **sends)


@router.post("/import")
async def take_in(request: Request) -> Response:
    """Show what a whole hall file would change; all that is wrong with it with the lines."""
    person = entered(request)
    words, desk = words_of(request), desk_of(request)
    told = await parts_of(request)
    base = told.get("base", b"").decode("utf-8", "replace")
    raw = told.get("file") or told.get("text", b"")
    try:
        text = raw.decode().removeprefix(UTF8_MARK).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return await not_taken(request, person, Refused("not_utf8", byte=error.start), base)
    try:
        return preview(request, person, await desk.draft(text, base, person.name))
    except HallFileError as error:
        return mistaken(request, person, error, way_back(words), import_form(words, base, text))
    except (Refused, OtherHall) as error:
        return await not_taken(request, person, error, base)


async def parts_of(request: Request) -> dict[str, bytes]:
    """Return what a form with a file says, by name; one without a file is read as all others."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        told = told_of(await fields_of(request))
        return {name: last(told, name).encode() for name in told}
    body = await request.body()
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts = whole.get_payload() if whole.is_multipart() else []
    return {name_of(part): bytes(part.get_payload(decode=True) or b"") for part in parts if isinstance(part, Message)}


def name_of(part: Message) -> str:
    """Return the name of a part of a form."""
    return str(part.get_param("name", "", "content-disposition"))


@router.get("/export")
async def give_out(request: Request) -> Response:
    """Give the hall file as it stands."""
    entered(request)
    held = await desk_of(request).held()
    name = f"{hub_of(request).hall.hall.id}.toml"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(held.text, 200, headers, "application/toml")
