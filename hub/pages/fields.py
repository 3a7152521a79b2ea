"""The forms of acts, in the words of the page: each posts to its act and goes back to where it stood."""

import uuid
from collections.abc import Iterable

from config.wording import Words
from hub.pages.frame import button, choice, field, form, hidden, void
from web.html import Markup, element

REASONS = ("reason_prayer", "reason_power", "reason_system", "reason_meeting", "reason_full")
"""Reasons that are proposed, keys of the catalogue `hall`; any other may be written."""


def act(
    words: Words, name: str, back: str, *parts: Markup, label: str = "", ask: bool = False, tone: str = ""
) -> Markup:
    """Return the form of an act; `label` is the key of what its button says, `ask` whether it asks before it acts."""
    asked = {"data_ask": words.say("hall.ask")} if ask else {}
    key = button(words.say(f"hall.{label or 'act_' + name}"), **({"class_": tone} if tone else {}))
    return form(f"/hall/acts/{name}", hidden("back", back), *parts, key, class_="row", **asked)


def reason(words: Words, *, is_needed: bool = True) -> Markup:
    """Return the field of a reason, with usual ones to choose from."""
    own = f"reasons-{uuid.uuid4().hex[:8]}"
    options = element("datalist", *(element("option", words.say(f"hall.{key}")) for key in REASONS), id=own)
    needed = {"required": "required", "minlength": "3"} if is_needed else {}
    asked = field(words.say("hall.reason"), "reason", list=own, maxlength="200", autocomplete="off", **needed)
    return Markup(asked.text + options.text)


def until(words: Words) -> Markup:
    """Return the field of a time of today until which something holds."""
    return field(words.say("hall.until"), "until", kind="time", hint=words.say("hall.until_hint"))


def services_field(words: Words, options: Iterable[tuple[str, str]], chosen: Iterable[str]) -> Markup:
    """Return boxes to tick, one for each service."""
    ticked = set(chosen)
    boxes = [
        element("label", void_box("services", value, is_ticked=value in ticked), element("span", text), class_="box")
        for value, text in options
    ]
    return element("fieldset", element("legend", words.say("hall.services_today")), *boxes)


def service_choice(words: Words, options: Iterable[tuple[str, str]]) -> Markup:
    """Return the choice of one service."""
    return choice(words.say("hall.service"), "service", options)


def void_box(name: str, value: str, *, is_ticked: bool) -> Markup:
    """Return a box to tick."""
    return void("input", type="checkbox", name=name, value=value, **({"checked": "checked"} if is_ticked else {}))
