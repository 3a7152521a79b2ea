"""`antrean printer`: the printer agent, and tickets as pictures."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.pairing import DEFAULT_HUB, DeviceOption, HubOption, PairOption, PictureOption, device_of

printer_app = typer.Typer(no_args_is_help=True, help="The printer agent, and tickets as pictures.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    printer_app.command(name="run", epilog="Example: antrean printer run anjungan-1-printer --window")(run)
    printer_app.command(
        name="render",
        epilog="Example: antrean printer render --hall config/halls/mpp-muara-enim.toml --service dukcapil-kk"
        " --number A043 --width 58 --png ticket.png",
    )(render)
    app.add_typer(printer_app, name="printer")


def run(
    printer: Annotated[str, typer.Argument(help="Which of the hall's printers this is; <kiosk>-printer by default.")],
    hub: HubOption = DEFAULT_HUB,
    device: DeviceOption = None,
    code: PairOption = None,
    window: Annotated[bool, typer.Option("--window", help="Show the virtual printer and its papers.")] = False,
    papers: Annotated[Path | None, typer.Option(help="A folder for pictures of the virtual printer's papers.")] = None,
    picture: PictureOption = None,
) -> None:
    """Run the agent of one printer: take its jobs from the hub, print them, tell what became of them."""
    from printer.agent import run as run_agent

    found = device_of(printer, device, hub, code)
    raise typer.Exit(run_agent(found, printer, papers=papers, window=window, picture=picture))


def render(
    hall: Annotated[Path, typer.Option(help="The hall file.")],
    service: Annotated[str, typer.Option(help="The service's id.")],
    number: Annotated[str, typer.Option(help="The number, for example A043.")],
    ticket_class: Annotated[str, typer.Option("--class", help="normal, priority or booked.")] = "normal",
    copy: Annotated[bool, typer.Option("--copy", help="Mark it SALINAN.")] = False,
    width: Annotated[int, typer.Option(help="The paper's width in mm, 58 or 80.")] = 80,
    language: Annotated[str, typer.Option(help="The visitor's language.")] = "id",
    issued: Annotated[
        datetime | None, typer.Option("--at", help="When it was taken.", formats=["%Y-%m-%dT%H:%M"])
    ] = None,
    escpos: Annotated[Path | None, typer.Option(help="A file for the bytes.")] = None,
    png: Annotated[Path | None, typer.Option(help="A file for the picture.")] = None,
) -> None:
    """Draw one ticket as the printer would get it, and as a picture."""
    from config.load import load
    from printer.render import render as rendered

    if width not in (58, 80):
        raise typer.BadParameter("write 58 or 80", param_hint="--width")
    rendered(
        load(hall), service, number, ticket_class=ticket_class, copy=int(copy), width_mm=width, language=language,
        escpos=escpos, png=png, issued=issued,
    )  # fmt: skip
