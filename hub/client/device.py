"""How a device program reaches its hub: address and token, paired once and kept in a file."""

import json
from dataclasses import dataclass
from pathlib import Path

from config.errors import AntreanError
from config.private import make_private_folder, write_private
from hub.client.http import HubClient

DEFAULT_HUB = "http://127.0.0.1:8100"


class NotPaired(AntreanError):
    """This device has no token yet."""

    key = "error.not_paired"


@dataclass(frozen=True, slots=True)
class Device:
    """A paired device: the hub's address, its own name there, its role and its secret token."""

    hub: str
    device: str
    role: str
    token: str

    @property
    def feed(self) -> str:
        """The address of the hub's feed, a WebSocket URL."""
        return "ws" + self.hub.removeprefix("http") + "/v1/feed"

    def client(self) -> HubClient:
        """Return a client that commands the hub as this device."""
        return HubClient(self.hub, self.token)

    def save(self, path: Path) -> None:
        """Write the device to a file that only its owner may read."""
        make_private_folder(path.parent)
        told = {"hub": self.hub, "device": self.device, "role": self.role, "token": self.token}
        write_private(path, json.dumps(told).encode())


def pair(hub: str, code: str, path: Path) -> Device:
    """Trade a one-time code for a token and keep it in a file; CommandRefused where the code is wrong or old.

    The file is tried first: a code is good once, and a token that cannot be kept would be lost.
    """
    address = hub.rstrip("/") if "://" in hub else f"http://{hub.rstrip('/')}"
    Device(address, "", "", "").save(path)
    answer = HubClient(address).pair(code)
    device = Device(address, answer["device"], answer["role"], answer["token"])
    device.save(path)
    return device


def paired(path: Path) -> Device:
    """Return the device of a file; NotPaired where there is none, or one whose pairing failed."""
    try:
        device = Device(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise NotPaired(path=str(path)) from error
    if not device.token:
        raise NotPaired(path=str(path))
    return device
