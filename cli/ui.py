"""`antrean ui`: every painted part on one sheet."""

import os
from pathlib import Path
from typing import Annotated

import typer

ui_app = typer.Typer(no_args_is_help=True, help="Painted parts and screens, to look at.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    ui_app.command(name="gallery", epilog="Example: antrean ui gallery --out gallery.png")(gallery)
    app.add_typer(ui_app, name="ui")


def gallery(
    out: Annotated[Path | None, typer.Option(help="Write a picture instead of opening a window.")] = None,
) -> None:
    """Show every painted part in every state and theme."""
    from ui.gallery import Gallery, picture
    from ui.run import run

    if out is None:
        raise typer.Exit(run(Gallery, picture=None))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.fonts import load_fonts

    application = QApplication([])
    load_fonts()
    saved = picture().save(str(out), "PNG")  # type: ignore[call-overload]
    application.shutdown()
    if not saved:
        raise typer.BadParameter(f"{out} cannot be written", param_hint="--out")
