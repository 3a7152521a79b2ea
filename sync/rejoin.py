"""Lets a hall that was restored, cloned or replaced go on: its hub opens a new epoch after the last common line."""

from pathlib import Path

from config.errors import AntreanError
from hub.client.http import HubClient
from sync.ending import Ending
from sync.enrolment import KEY_FILE, region_of
from sync.link import Link
from sync.push import Unwilling
from sync.signature import key_at
from sync.source import JournalSource
from sync.wire import Garbled, Place, place_in


class NothingForked(AntreanError):
    """Hall and region hold the same journal: there is nothing to open a new epoch for."""

    key = "sync.nothing_forked"


def rejoin(hall_db: Path, state: Path, hub: HubClient, *, hall_id: str, reason: str) -> tuple[int, int]:
    """Open the next epoch at the hub and return it, with the last line that hall and region share.

    Raises NothingForked where they do not differ, Unwilling and LinkCut where the region does not tell.
    """
    region = region_of(state.parent)
    link = Link(region.url, key_at(state.with_name(KEY_FILE)), Ending(), region_key=region.key)
    source = JournalSource(hall_db, hall_id)
    try:
        answer = link.held(hall_id)
        if answer.status != 200:
            raise Unwilling(answer)
        held = place_in(answer.told)
        epoch = answer.told.get("epoch")
        if type(epoch) is not int:
            raise Garbled(why="epoch")
        if epoch <= source.opening().epoch and source.hash_before(held.next) == held.head:
            raise NothingForked
        common = last_common(source, link, hall_id).next - 1
    finally:
        link.close()
    told = hub.command("/v1/epochs", {"reason": reason, "common": common, "after": epoch})
    return int(told["epoch"]), common


def last_common(source: JournalSource, link: Link, hall: str) -> Place:
    """Return the last place at which both journals are the same, as far as the region can tell; line 1 at least."""
    upto = source.newest() + 1
    while True:
        answer = link.places(hall, upto)
        if answer.status != 200:
            raise Unwilling(answer)
        places = places_in(answer.told)
        for place in places:
            if source.hash_before(place.next) == place.head:
                return place
        if not places or places[-1].next <= 1:
            return Place(1, b"")
        upto = places[-1].next - 1


def places_in(told: dict[str, object]) -> list[Place]:
    """Return the places of an answer; Garbled where they are none."""
    found = told.get("places")
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Garbled(why="places")
    return [place_in(each) for each in found]
