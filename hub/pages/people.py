"""The page of the staff and the devices: who may sign in and see what, and which machine may command the hub."""

from fastapi import APIRouter, Request, Response

from config.wording import Words
from hub.bodies import DeviceCodeBody
from hub.codes import PAIRING_S
from hub.hub import HEAD_DEVICE, Hub
from hub.pages.door import ROLES, Person, entered
from hub.pages.fields import act
from hub.pages.frame import button, choice, field, form, form_of, hidden, hub_of, page, section, table, words_of
from hub.pages.machines import time_of
from hub.pages.tablet import tablets_of
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import DEVICE_ROLES
from hub.rules.tablets import is_open
from web.html import Markup, Part, element

BACK = "/hall/people"

router = APIRouter(prefix="/hall", include_in_schema=False)


@router.get("/people")
async def people(request: Request) -> Response:
    """Show accounts and devices; to a supervisor the tablets at their agency."""
    return shown(request, entered(request, "supervisor"))


@router.post("/people/code")
async def pairing_code(request: Request) -> Response:
    """Make a one-time code with which a device is paired, and show it once."""
    person, told, hub, words = entered(request), await form_of(request), hub_of(request), words_of(request)
    try:
        body = DeviceCodeBody.model_validate({"role": told.get("role"), "device": told.get("device")})
    except ValueError as error:
        raise Refused("device_unclear", device=told.get("device", "")[:64]) from error
    if body.device == HEAD_DEVICE or body.role not in DEVICE_ROLES:
        raise Refused("head_reserved")
    code = hub.pairing.make(body.role, body.device, person.name)
    told_of = {"device": body.device, "minutes": PAIRING_S // 60, "address": hub.settings.address}
    how = words.say("hall.code_how", **told_of)
    card = section(words.say("hall.code"), element("p", f"{code[:4]} {code[4:]}", class_="code"), element("p", how))
    return shown(request, person, card)


def shown(request: Request, person: Person, *above: Markup) -> Response:
    """Return the page with these parts above it."""
    hub, words = hub_of(request), words_of(request)
    parts = [accounts(hub, words), devices(hub, words)] if person.role == "head" else []
    parts.append(tablets(request, person, words))
    return page(request, person, words.say("hall.tab_people"), *above, *parts, tab="people")


def accounts(hub: Hub, words: Words) -> Markup:
    """Return who may sign in, and the form for one more or a new PIN."""
    hall = hall_of(hub.state)
    rows: list[tuple[Part, ...]] = [
        (
            clerk.clerk,
            account_name(hub, clerk.role, clerk.agency, words),
            act(words, "remove-clerk", BACK, hidden("clerk", clerk.clerk), ask=True, tone="second"),
        )
        for clerk in sorted(hub.state.clerks.values(), key=lambda clerk: clerk.clerk)
    ]
    listed = table([words.say(f"hall.{name}") for name in ("staff_code", "role", "remove")], rows, has_acts=True)
    roles = [(role, words.say(f"hall.account_{role}")) for role in ("clerk", *ROLES)]
    agencies = [("", words.say("hall.no_agency"))]
    agencies += [(each.id, each.called(words.language, short=True)) for each in hall.agencies]
    more = act(
        words,
        "add-clerk",
        BACK,
        field(words.say("hall.staff_code"), "clerk", required="required", maxlength="32", autocomplete="off",
              hint=words.say("hall.code_hint")),
        field(words.say("hall.pin"), "pin", kind="password", required="required", inputmode="numeric",
              maxlength="12", autocomplete="new-password", hint=words.say("hall.pin_hint")),
        choice(words.say("hall.role"), "role", roles, "clerk"),
        choice(words.say("hall.agency_of_supervisor"), "agency", agencies),
    )  # fmt: skip
    return section(words.say("hall.accounts"), listed, more)


def account_name(hub: Hub, role: str, agency: str, words: Words) -> str:
    """Return what an account may, with its agency where it is bound to one."""
    name = words.say(f"hall.account_{role}")
    return f"{name} · {agency_name(hub, agency, words)}" if agency else name


def agency_name(hub: Hub, name: str, words: Words) -> str:
    """Return what an agency is called, its id where the hall has it no more."""
    agency = hall_of(hub.state).agency_by_id.get(name)
    return agency.called(words.language, short=True) if agency else name


def devices(hub: Hub, words: Words) -> Markup:
    """Return every paired device with the form that takes its right away, and the form that pairs one more."""
    known = [device for device in hub.state.devices.values() if device.role in DEVICE_ROLES]
    rows: list[tuple[Part, ...]] = [
        (
            device.device,
            words.say(f"hall.role_{device.role}"),
            act(words, "revoke-device", BACK, hidden("device", device.device), ask=True, tone="second"),
        )
        for device in sorted(known, key=lambda device: device.device)
    ]
    listed = table([words.say(f"hall.{name}") for name in ("device", "role", "revoke")], rows, has_acts=True)
    roles = [(role, words.say(f"hall.role_{role}")) for role in DEVICE_ROLES]
    more = form(
        "/hall/people/code",
        field(words.say("hall.device"), "device", required="required", maxlength="64", autocomplete="off",
              hint=words.say("hall.device_hint")),
        choice(words.say("hall.role"), "role", roles),
        button(words.say("hall.make_code")),
        class_="row",
    )  # fmt: skip
    return section(words.say("hall.devices"), *([listed] if rows else []), more)


def tablets(request: Request, person: Person, words: Words) -> Markup:
    """Return the open tablets of the survey that a person may close, each with its agency and when it was last seen."""
    hub, opened = hub_of(request), tablets_of(request)
    now_ms = hub.clock.now().hall_ms
    found = [device for device in hub.state.devices.values() if is_open(device, now_ms)]
    rows: list[tuple[Part, ...]] = [
        (
            tablet.device,
            agency_name(hub, tablet.agency, words) if tablet.agency else words.say("survey.all_agencies"),
            time_of(hub, opened.seen[tablet.digest], words) if tablet.digest in opened.seen else "–",
            time_of(hub, tablet.paired_ms, words),
            act(words, "revoke-device", BACK, hidden("device", tablet.device), ask=True, tone="second"),
        )
        for tablet in sorted(found, key=lambda tablet: (tablet.agency, tablet.paired_ms))
        if person.may_touch(tablet.agency or None)
    ]
    names = ("device", "agency", "last_seen", "tablet_opened", "revoke")
    listed = table([words.say(f"hall.{name}") for name in names], rows, has_acts=True)
    hint = element("p", words.say("hall.tablets_hint"))
    return section(words.say("hall.tablets"), hint, *([listed] if rows else []), id="tablet")
