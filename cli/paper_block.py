"""`antrean paper-block`: sheets of numbers for a dark hall."""

from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="paper-block",
        epilog="Example: antrean paper-block --hall config/halls/mpp-muara-enim.toml --agency dukcapil --out blok.pdf",
    )(paper_block)


def paper_block(
    hall: Annotated[Path, typer.Option(help="The hall file.")],
    out: Annotated[Path, typer.Option(help="The PDF file to write.")] = Path("blok-nomor.pdf"),
    agency: Annotated[list[str] | None, typer.Option(help="Only these agencies, by id; repeat for several.")] = None,
    count: Annotated[int, typer.Option(help="Numbers for each agency.", min=1, max=299)] = 40,
) -> None:
    """Print sheets of reserved numbers (701 and up of each series) to cut and hand out while the hall is dark.

    Afterwards staff enter the numbers that were given, in their order, and all are served like any other.
    """
    from config.load import load
    from printer.block import write_sheets

    loaded = load(hall)
    known = {found.id for found in loaded.agencies}
    unknown = set(agency or ()) - known
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: write one of {', '.join(sorted(known))}")
    pages = write_sheets(loaded, agency or [found.id for found in loaded.agencies], count, out)
    print(f"{out}: {pages}")
