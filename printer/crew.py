"""The two threads of a printer's agent: one listens to the hub, one prints."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import structlog

from config.errors import AntreanError
from config.wording import Words
from hub.client.device import Device
from hub.client.http import HubClient
from hub.client.views import PrinterStatus
from printer.desk import Desk, follow
from printer.port import HubPort
from printer.virtual.device import VirtualPrinter
from printer.virtual.page import Paper
from printer.virtual.tray import Tray
from printer.worker import AGAIN_S, Worker

log = structlog.get_logger("printer")
HUB_S, HUB_TRIES = 2.0, 2
THREAD_END_S = 10.0

PaperHook = Callable[[Paper, str], None]
StatusHook = Callable[[PrinterStatus], None]


class Crew:
    """The two threads of an agent, one that listens and one that prints, and what they share.

    `on_paper`, `on_status` and `on_failure` are called in the printing thread; `failure` is why it cannot work at all.
    """

    def __init__(
        self,
        device: Device,
        printer: str,
        papers: Path | None,
        on_paper: PaperHook,
        on_status: StatusHook,
        *,
        memory: Path | None = None,
    ) -> None:
        self.stop, self.failure, self._trouble = Event(), "", ""
        self.on_failure: Callable[[], None] = self.stop.set
        self.desk = Desk(printer, self.stop)
        self.tray = Tray(papers, lambda paper: on_paper(paper, self.tray.number))
        self.virtual = VirtualPrinter(self.tray.take)
        self._hub = HubClient(device.hub, device.token, deadline_s=HUB_S, tries=HUB_TRIES)
        port = HubPort(self._hub, self.stop)
        self._worker = Worker(self.desk, port, self.virtual, self.tray, self.stop, on_status, memory=memory)
        self._threads = (
            Thread(target=follow, args=(device, self.desk, self.stop), name="feed"),
            Thread(target=self._work, name="printer"),
        )

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """End both threads in order, and tear off what hangs out of a virtual printer."""
        self.stop.set()
        self.desk.wake()
        for thread in self._threads:
            thread.join(THREAD_END_S)
        self.virtual.power_off()
        self._hub.close()

    def _work(self) -> None:
        while not self.stop.is_set():
            try:
                self._worker.work()
            except AntreanError as error:
                self.failure = Words().error(error)
                self.stop.set()
                self.on_failure()
            except Exception as error:
                if repr(error) != self._trouble:
                    self._trouble = repr(error)
                    log.exception("printing goes on")
                self.stop.wait(AGAIN_S)
