"""A hub inside the tests' own process: all of it but the process, and there in a tenth of the time."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import uvloop

from cli.processes import Process
from config.load import read
from hub.hub import Hub, Settings, head_client
from hub.serve import bound, server_of
from tests.conftest import monday
from tests.hub.running import Running

WAIT_S = 20.0


class Inside(Process):
    """A hub that runs in a thread; it can be ended, but neither killed nor starved."""

    def __init__(self, settings: Settings) -> None:
        self._listening = bound("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._settings = replace(settings, address=self.url)
        self._ready, self._code = threading.Event(), 1
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="hub")
        self._thread.start()
        assert self._ready.wait(WAIT_S)

    def end(self) -> int:
        """End the hub in order and return what its process would have returned."""
        if self._thread.is_alive() and self._loop is not None:
            self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()
        return self._code

    def _run(self) -> None:
        with self._listening, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            self._code = runner.run(self._serve())

    async def _serve(self) -> int:
        hub = Hub(self._settings)
        try:
            await hub.start()
            server = server_of(hub)
            self._loop = asyncio.get_running_loop()
            serving = asyncio.create_task(server.serve([self._listening]))
            self._ready.set()
            await self._ending.wait()
            server.should_exit = True
            hub.ending.set()
            await serving
            return 0 if server.started else 1
        finally:
            await hub.close()


def hub_inside(hall: Path, data: Path) -> Running:
    """Start a simulated hub of a hall file on a folder, on Monday at ten."""
    process = Inside(Settings(data, read(hall), "", simulated=True, hall_file=hall.resolve()))
    running = Running(process, process.url, data, head_client(data))
    running.head.set_clock(monday())
    return running
