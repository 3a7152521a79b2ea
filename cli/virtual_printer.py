"""`antrean printer virtual`: a test printer in the terminal, at a serial line or a network port."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

DOTS = {58: 384, 80: 576}
ROWS_PER_MM = 8
LOW_M = 5


def add_to(app: typer.Typer) -> None:
    """Add the command to those of the printer."""
    app.command(
        name="virtual",
        epilog="Example: antrean printer virtual --tcp 9100 --roll 2 --papers papers",
    )(virtual)


def virtual(
    pty: Annotated[bool, typer.Option("--pty", help="Be at a serial line, a pseudo terminal (the default).")] = False,
    tcp: Annotated[
        int | None, typer.Option(help="Be at this port of this machine; 0 takes a free one.", min=0, max=65535)
    ] = None,
    width: Annotated[int, typer.Option(help="The paper's width in mm, 58 or 80.")] = 80,
    dots: Annotated[
        int | None, typer.Option(help="Dots across the head (default: 384 or 576).", min=8, max=4096)
    ] = None,
    speed: Annotated[float, typer.Option(help="Millimetres of paper a second; 0 prints at once.", min=0)] = 150,
    roll: Annotated[
        float | None, typer.Option(help="Metres of a roll (default: it never ends).", min=0.001, max=1000)
    ] = None,
    papers: Annotated[Path | None, typer.Option(help="A folder for pictures of the papers.")] = None,
    baud: Annotated[int | None, typer.Option(help="How fast the serial line is, in bits a second.", min=300)] = None,
    fault: Annotated[
        list[str] | None, typer.Option(help="What is wrong from the start, as paper_out; may be given more than once.")
    ] = None,
) -> None:
    """Be a printer for tests: say where to find it, save its papers, obey orders on the standard input ("help")."""
    from printer.virtual.bench import FAULTS, Bench
    from printer.virtual.faults import Faults, Mechanics
    from printer.virtual.serve import serve_network, serve_serial

    if width not in DOTS:
        raise typer.BadParameter("write 58 or 80", param_hint="--width")
    if dots is not None and dots % 8:
        raise typer.BadParameter("write a multiple of 8", param_hint="--dots")
    if tcp is not None and (pty or baud):
        raise typer.BadParameter("a network port is no serial line: leave --pty and --baud", param_hint="--tcp")
    if unknown := set(fault or ()) - set(FAULTS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: not among {', '.join(FAULTS)}", param_hint="--fault")
    rows = None if roll is None else round(roll * 1000 * ROWS_PER_MM)
    near_end = 0 if rows is None else min(rows // 10, LOW_M * 1000 * ROWS_PER_MM)
    bench = Bench(papers, dots or DOTS[width], Mechanics(speed * ROWS_PER_MM or None, rows, near_end))
    make = partial(serve_serial, baud=baud) if tcp is None else partial(serve_network, port=tcp)
    raise typer.Exit(bench.serve(make, Faults(**dict.fromkeys(fault or (), True))))
