"""The agent of one printer: takes its jobs from the hub, prints them, and tells what became of them."""

from pathlib import Path

from hub.client.device import Device
from printer.crew import Crew, PaperHook, StatusHook
from printer.unseen import run_unseen, told
from printer.virtual.window import show


def run(
    device: Device, printer: str, *, papers: Path | None, window: bool, picture: Path | None, memory: Path | None = None
) -> int:
    """Own one printer until SIGTERM or SIGINT; return the exit code, 1 where the hall has no such printer.

    Pictures of a virtual printer's papers go into the folder `papers`. With `window` it is shown on the screen.
    SIGUSR1 saves what is shown, or would be, as `picture`. What printers can prove is remembered in `memory`.
    """
    if not window:
        return run_unseen(device, printer, papers, picture, memory)
    crews: list[Crew] = []

    def crew(on_paper: PaperHook, on_status: StatusHook) -> Crew:
        crews.append(Crew(device, printer, papers, on_paper, on_status, memory=memory))
        return crews[0]

    code = show(printer, crew, picture)
    return code or told(crews[0].failure)
