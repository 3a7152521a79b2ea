"""How a hall becomes known to its region: a key made here, a one-time code, and what the region said."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.errors import AntreanError
from config.private import make_private_folder
from sync.ending import Ending
from sync.link import Answer, Link
from sync.signature import keep_private, made_key_at, public_key_in, public_text

KEY_FILE = "push.key"
REGION_FILE = "region.json"


class NotEnrolled(AntreanError):
    """The hall has not enrolled with a region yet."""

    key = "sync.not_enrolled"


class EnrolmentRefused(AntreanError):
    """The region did not take the one-time code; `sentence` says why in its own words."""

    key = "sync.enrolment_refused"

    def __init__(self, answer: Answer) -> None:
        super().__init__(status=answer.status, sentence=answer.sentence)


@dataclass(frozen=True, slots=True)
class Region:
    """The region a hall is enrolled with: its address, the hall's id there, the region's public key in base64."""

    url: str
    hall: str
    region_key: str

    @property
    def key(self) -> Ed25519PublicKey:
        """The key that signs this region's receipts."""
        return public_key_in(self.region_key)


def enrol(folder: Path, url: str, hall: str, code: str) -> Region:
    """Make this hall's key where there is none, show it to the region with the code, and keep what it says.

    LinkCut where the region does not answer: then the same code may be given again; should it be refused, a new one is
    needed.
    """
    make_private_folder(folder)
    link = Link(url, made_key_at(folder / KEY_FILE), Ending())
    try:
        answer = link.enrol(hall, code)
    finally:
        link.close()
    if answer.status != 200:
        raise EnrolmentRefused(answer)
    told = public_text(public_key_in(answer.told.get("region_key")))
    region = Region(url.rstrip("/"), hall, told)
    keep_private(folder / REGION_FILE, json.dumps(asdict(region)).encode())
    return region


def region_of(folder: Path) -> Region:
    """Return the region a hall is enrolled with; NotEnrolled where there is none."""
    try:
        return Region(**json.loads((folder / REGION_FILE).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise NotEnrolled(folder=folder) from error
