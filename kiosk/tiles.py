"""The tiles of each screen: agencies, services, what was found, the groups that are served first. No Qt."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from config.hall import Agency, Service
from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.forecast import forecast, forecast_of_all
from kiosk.reasons import why
from kiosk.search import MOST_FOUND, find
from kiosk.visit import Screen, Visit
from ui.agency_icons import agency_icon
from ui.faces import TileFace

PRIORITY_GROUPS = {
    "elderly": "old",
    "disability": "wheelchair",
    "pregnant": "heart",
    "child": "baby-carriage",
}
Tiles = tuple[tuple[str, TileFace], ...]


def tiles(visit: Visit, mirror: Mirror, words: Words, today: date) -> Tiles:
    """Return the tiles of a screen, each with its object name, numbered for who uses a keyboard."""
    found = plain_tiles(visit, mirror, words, today)
    if not visit.numbered:
        return found
    return tuple((name, replace(face, number=str(place))) for place, (name, face) in enumerate(found, 1))


def keep_order(tiles: Tiles, shown: Sequence[str]) -> Tiles:
    """Return the same tiles in the order in which they are shown: none moves away under a finger."""
    if {name for name, _ in tiles} != set(shown):
        return tiles
    return tuple(sorted(tiles, key=lambda tile: shown.index(tile[0])))


def plain_tiles(visit: Visit, mirror: Mirror, words: Words, today: date) -> Tiles:
    """Return the tiles of a screen, each with its object name; none where a screen has no tiles."""
    hall = mirror.hall
    if hall is None:
        return ()
    if visit.screen is Screen.AGENCIES:
        return tuple((f"agency:{agency.id}", agency_face(agency, mirror, words, today)) for agency in hall.agencies)
    if visit.screen is Screen.SERVICES and visit.agency:
        services = by_use(hall.agency_by_id[visit.agency].services, mirror)
        return tuple((f"service:{service.id}", service_face(service, mirror, words, today)) for service in services)
    if visit.screen is Screen.SEARCH:
        found = (hall.services[service] for service in found_services(visit, mirror, words))
        return tuple((f"service:{service.id}", found_face(service, mirror, words, today)) for service in found)
    if visit.screen is Screen.PRIORITY:
        return tuple(priority_faces(words))
    return ()


def found_services(visit: Visit, mirror: Mirror, words: Words) -> tuple[str, ...]:
    """Return the services that a search shows: fewer where larger text or a lowered screen leaves less room."""
    return find(visit.query, mirror, words.language)[: MOST_FOUND - 2 * (visit.lowered + visit.large)]


def by_use(services: Iterable[Service], mirror: Mirror) -> list[Service]:
    """Return services with the most used first, in their own order where they are used alike."""
    usual = {service: view.get("usual", 0) for service, view in mirror.services.items()}
    return sorted(services, key=lambda service: -usual.get(service.id, 0))


def agency_face(agency: Agency, mirror: Mirror, words: Words, today: date) -> TileFace:
    """Return an agency's tile; grey with the reason where none of its services gives a number."""
    hall = mirror.hall
    assert hall is not None
    views = [mirror.services[service.id] for service in agency.services if service.id in mirror.services]
    refusals = [view for view in views if view["refusal"]]
    shut = bool(views) and len(refusals) == len(views)
    waiting = sum(view["waiting"] for view in views)
    reason = why(words, refusals[0], hall, agency, today) if shut else ()
    named = full_name(agency, words) or words.say("kiosk.services", count=len(agency.services))
    return TileFace(
        title=agency.short or agency.name,
        subtitle=reason[1] if len(reason) > 1 else named,
        detail=". ".join(reason) or people(words, waiting),
        brief=reason[0] if reason else "",
        wait="" if shut else forecast_of_all(words, views),
        detail_icon="clock" if shut else "users",
        letter=agency.letter,
        icon=agency_icon(agency.id),
        colour=hall.zone_by_id[agency.zone].color,
        open=not shut,
    )


def service_face(service: Service, mirror: Mirror, words: Words, today: date) -> TileFace:
    """Return a service's tile; grey with the reason where it gives no number."""
    hall, view = mirror.hall, mirror.services.get(service.id)
    assert hall is not None
    agency = hall.agency_of[service.id]
    shut = view is not None and bool(view["refusal"])
    waiting = view["waiting"] if view is not None else 0
    reason = ". ".join(why(words, view, hall, agency, today)) if view is not None and shut else ""
    return TileFace(
        title=service.name(words.language),
        detail=reason or people(words, waiting),
        wait="" if shut else forecast(words, view),
        detail_icon="clock" if shut else "users",
        mark="ticket" if not shut else "",
        colour=hall.zone_by_id[agency.zone].color,
        open=not shut,
    )


def found_face(service: Service, mirror: Mirror, words: Words, today: date) -> TileFace:
    """Return the tile of a service that was searched for: it says whose it is."""
    assert mirror.hall is not None
    face, agency = service_face(service, mirror, words, today), mirror.hall.agency_of[service.id]
    if not face.open:
        return face
    return replace(face, detail=agency.short or agency.name, detail_icon=agency_icon(agency.id))


def priority_faces(words: Words) -> Iterator[tuple[str, TileFace]]:
    """Yield the groups that are served first, and the plain queue."""
    for group, icon in PRIORITY_GROUPS.items():
        yield f"priority:{group}", TileFace(words.say(f"kiosk.priority_{group}"), icon=icon)
    yield "priority:none", TileFace(words.say("kiosk.priority_none"), icon="arrow-right", colour="#43556E")


def full_name(agency: Agency, words: Words) -> str:
    """Return an agency's whole name, nothing where it is the short one."""
    whole = agency.called(words.language)
    return "" if whole == agency.short else whole


def people(words: Words, waiting: int) -> str:
    """Return how many people wait."""
    return words.say("kiosk.waiting", count=waiting) if waiting else words.say("kiosk.waiting_none")
