"""What all pages of the settings share: the desk, the ways back, the preview, and why something is not done."""

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from config.mistakes import HallFileError
from config.wording import Words
from hub.engine import HubStopped
from hub.hub import OtherHall
from hub.pages.door import Person, entered
from hub.pages.frame import alarm, button, form, hidden, page, refused, section, words_of
from hub.pages.settings_told import changes_list, mistakes_told
from hub.rules.refusal import Refused
from hub.settings.desk import Desk, Draft
from hub.settings.document import plain
from hub.settings.forms import Told
from journal.store import JournalError
from web.html import Markup, Part, element

HOME = "/hall/settings"


class TellingRoute(APIRoute):
    """A route of the settings that tells on a page why it cannot do what was asked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answer = super().get_route_handler()

        async def telling(request: Request) -> Response:
            try:
                return await answer(request)
            except HallFileError as error:
                return mistaken(request, entered(request), error, way_back(words_of(request)))
            except (Refused, OtherHall) as error:
                return await not_taken(request, entered(request), error, "")
            except (HubStopped, JournalError) as error:
                words = words_of(request)
                told = alarm(words.error(error))
                return shown(request, entered(request), words.say("settings.not_possible"), told, status=503)

        return telling


def desk_of(request: Request) -> Desk:
    """Return where the settings of this hub are changed."""
    desk: Desk = request.app.state.desk
    return desk


def shown(request: Request, person: Person, title: str, *parts: Part, status: int = 200) -> Response:
    """Return a page of the settings."""
    return page(request, person, title, element("div", *parts, class_="settings"), tab="settings", status=status)


def told_of(pairs: Iterable[tuple[str, str]]) -> Told:
    """Return what a form says by name, all values in their order."""
    told: dict[str, list[str]] = {}
    for name, value in pairs:
        told.setdefault(name, []).append(value)
    return told


def last(told: Told, name: str) -> str:
    """Return the last value of a name, "" where a form does not have it."""
    return told.get(name, [""])[-1]


def way(address: str, text: str) -> Markup:
    """Return a link to another page of the settings."""
    return element("a", text, href=address)


def way_back(words: Words, address: str = HOME, key: str = "settings.back") -> Markup:
    """Return the link to where one came from."""
    return element("p", element("a", "← ", words.say(key), href=address), class_="back")


async def drafted(request: Request, person: Person, text: str, base: str, back: str = HOME) -> Response:
    """Return the preview of a text, or all that is wrong with it at the top of a page."""
    words = words_of(request)
    try:
        return preview(request, person, await desk_of(request).draft(text, base, person.name, back))
    except HallFileError as error:
        return mistaken(request, person, error, way_back(words, back))
    except (Refused, OtherHall) as error:
        return await not_taken(request, person, error, base)


def mistaken(request: Request, person: Person, error: HallFileError, *parts: Part) -> Response:
    """Return all that is wrong with a hall file."""
    words = words_of(request)
    told = mistakes_told(words, error.mistakes)
    return shown(request, person, words.say("settings.not_possible"), told, *parts, status=422)


async def not_taken(request: Request, person: Person, error: Refused | OtherHall, base: str) -> Response:
    """Say why nothing was changed, and of a file that changed meanwhile what is another there."""
    words, desk = words_of(request), desk_of(request)
    told: list[Part] = []
    if isinstance(error, Refused) and error.code == "hall_file_changed":
        held = await desk.held()
        since = desk.since(base, held)
        changes = changes_list(words, since, held.content)
        told = [section(words.say("settings.changed_meanwhile"), changes)] if since else []
    said = refused(words, error) if isinstance(error, Refused) else alarm(words.say("refusal.other_hall"))
    status = error.status if isinstance(error, Refused) else 409
    title = words.say("settings.not_possible")
    return shown(request, person, title, said, *told, way_back(words), status=status)


def preview(request: Request, person: Person, draft: Draft) -> Response:
    """Show what a draft changes and from when it holds, and ask to confirm."""
    words = words_of(request)
    title, back = words.say("settings.preview"), way_back(words, draft.back, "settings.leave")
    sending = hidden("draft", draft.key), hidden("base", draft.base)
    if not draft.changes:
        nothing = element("p", words.say("settings.nothing_changes"), class_="note told")
        confirm = form(f"{HOME}/confirm", *sending, button(words.say("settings.write_text"), class_="second"))
        return shown(request, person, title, nothing, *([confirm] if draft.writes else []), back)
    holds = words.say("settings.at_once" if draft.at_once else "settings.next_day")
    return shown(
        request, person, title,
        element("p", holds, class_="told good" if draft.at_once else "told note"),
        section(words.say("settings.changes"), changes_list(words, draft.changes, plain(draft.text))),
        form(f"{HOME}/confirm", *sending, button(words.say("settings.confirm"))), back,
    )  # fmt: skip
