"""A printer's agent without a window: the main thread waits for signals, and can still paint what would be seen."""

import signal
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from hub.client.device import Device
from printer.crew import Crew
from printer.raster import drawing
from printer.virtual.page import Paper
from printer.virtual.scene import KEPT, Scene, picture_of, sheet_of
from ui.lines import tell

ENDING = (signal.SIGTERM, signal.SIGINT)
LOOK_S = 0.5


def run_unseen(device: Device, printer: str, papers: Path | None, picture: Path | None, memory: Path | None) -> int:
    """Run without a window: this thread only waits for signals, which no other thread may then receive."""
    application = drawing()
    shown: deque[tuple[str, Paper]] = deque(maxlen=KEPT)
    signal.pthread_sigmask(signal.SIG_BLOCK, (*ENDING, signal.SIGUSR1))

    def keep(paper: Paper, number: str) -> None:
        shown.append((number, paper))

    crew = Crew(device, printer, papers, keep, lambda _status: None, memory=memory)
    crew.start()
    while not crew.stop.is_set():
        came = signal.sigtimedwait((*ENDING, signal.SIGUSR1), LOOK_S)
        if came is None:
            continue
        if came.si_signo in ENDING:
            break
        save_scene(shown, printer, picture)
    crew.end()
    application.shutdown()
    return told(crew.failure)


def save_scene(shown: Sequence[tuple[str, Paper]], printer: str, picture: Path | None) -> None:
    """Save how the printer would look with its last papers."""
    if picture is None:
        return
    sheets = tuple(sheet_of(paper, number) for number, paper in reversed(shown))
    picture.parent.mkdir(parents=True, exist_ok=True)
    fresh = picture.with_name(picture.name + ".new")
    if picture_of(Scene(printer, sheets=sheets)).save(str(fresh), "PNG"):  # type: ignore[call-overload]
        fresh.replace(picture)
        tell(f"picture {picture}")


def told(failure: str) -> int:
    """Say on the error output why the agent could not work, and return its exit code."""
    if failure:
        sys.stderr.write(failure + "\n")
    return 1 if failure else 0
