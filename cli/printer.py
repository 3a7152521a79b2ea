"""`antrean printer`: the printer agent, tickets as pictures, and what a technician needs."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli import printer_tools, virtual_printer
from cli.pairing import DEFAULT_HUB, DeviceOption, HubOption, PairOption, PictureOption, device_of, state_folder

YEARS = range(2000, 2100)

printer_app = typer.Typer(
    no_args_is_help=True, help="The printer agent, tickets as pictures, and what a technician needs."
)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    printer_app.command(name="run", epilog="Example: antrean printer run anjungan-1-printer --window")(run)
    printer_app.command(
        name="render",
        epilog="Example: antrean printer render --hall config/halls/mpp-muara-enim.toml --service dukcapil-kk"
        " --number A043 --width 58 --png ticket.png",
    )(render)
    printer_tools.add_to(printer_app)
    virtual_printer.add_to(printer_app)
    app.add_typer(printer_app, name="printer")


def run(
    printer: Annotated[str, typer.Argument(help="Which of the hall's printers this is; <kiosk>-printer by default.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    pairing: PairOption = None,
    window: Annotated[bool, typer.Option("--window", help="Show the virtual printer and its papers.")] = False,
    papers: Annotated[Path | None, typer.Option(help="A folder for pictures of the virtual printer's papers.")] = None,
    picture: PictureOption = None,
) -> None:
    """Run the agent of one printer: take its jobs from the hub, print them, tell what became of them."""
    from printer.agent import run as run_agent
    from printer.owner import owning

    found = device_of(printer, device, hub, pairing)
    memory = state_folder() / printer_tools.MEMORY
    with owning(printer, lock_folder(device)):
        code = run_agent(found, printer, papers=papers, window=window, picture=picture, memory=memory)
    raise typer.Exit(code)


def lock_folder(device: Path | None) -> Path:
    """Return where the lock of an agent lies: beside its device file, so that halls on one machine stay apart."""
    return device.parent if device is not None else state_folder()


def render(
    hall: Annotated[Path, typer.Option(help="The hall file.")],
    service: Annotated[str, typer.Option(help="The service's id.")],
    number: Annotated[str, typer.Option(help="The number, for example A043.")],
    ticket_class: Annotated[str, typer.Option("--class", help="normal, priority or booked.")] = "normal",
    copy: Annotated[bool, typer.Option("--copy", help="Mark it SALINAN.")] = False,
    width: Annotated[int, typer.Option(help="The paper's width in mm, 58 or 80.")] = 80,
    dpi: Annotated[int, typer.Option(help="The dots an inch of a head for 80 mm, 180 or 203.")] = 203,
    text: Annotated[bool, typer.Option("--text", help="Write it in the printer's own letters.")] = False,
    language: Annotated[str, typer.Option(help="The visitor's language.")] = "id",
    issued: Annotated[
        datetime | None, typer.Option("--at", help="When it was taken.", formats=["%Y-%m-%dT%H:%M"])
    ] = None,
    escpos: Annotated[Path | None, typer.Option(help="A file for the bytes.")] = None,
    png: Annotated[Path | None, typer.Option(help="A file for the picture.")] = None,
) -> None:
    """Make one ticket as the printer would get it, and as a picture."""
    from config.load import load
    from config.tables import CLASSES
    from config.wording import both, languages
    from printer.render import render as rendered

    one_of("--width", width, (58, 80))
    one_of("--dpi", dpi, (180, 203))
    one_of("--class", ticket_class, CLASSES)
    one_of("--language", language, languages())
    if not number.strip():
        raise typer.BadParameter("write a number, for example A043", param_hint="--number")
    if issued is not None and issued.year not in YEARS:
        raise typer.BadParameter("write a moment of this century", param_hint="--at")
    form = rendered(
        load(hall), service, number, ticket_class=ticket_class, copy=int(copy), width_mm=width, dpi=dpi, text=text,
        language=language, escpos=escpos, png=png, issued=issued,
    )  # fmt: skip
    if text and form == "raster":
        print(*both("ticket.drawn_instead").values(), sep="\n", file=sys.stderr)


def one_of(option: str, value: object, known: Sequence[object]) -> None:
    """Refuse an option's value that is not one of these."""
    if value not in known:
        raise typer.BadParameter(f"write one of {', '.join(map(str, known))}", param_hint=option)
