"""A hub that runs, as tests see it."""

from dataclasses import dataclass
from pathlib import Path

from cli.processes import Process
from hub.client.device import Device
from hub.client.http import HubClient


@dataclass
class Running:
    """A hub that runs, its address, its data and its head."""

    process: Process
    url: str
    data: Path
    head: HubClient

    def device(self, role: str, name: str | None = None) -> Device:
        """Pair a device as a technician would."""
        code = self.head.pairing_code(role, name or role)["code"]
        return Device(**{"hub": self.url} | self.head.pair(code))
