"""`antrean ui`: pictures of every painted part and of every screen."""

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

ui_app = typer.Typer(no_args_is_help=True, help="Painted parts and screens, to look at.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    ui_app.command(name="gallery", epilog="Example: antrean ui gallery --out gallery.png")(gallery)
    ui_app.command(name="shots", epilog="Example: antrean ui shots --out shots")(shots)
    app.add_typer(ui_app, name="ui")


def gallery(
    out: Annotated[Path | None, typer.Option(help="Write a picture instead of opening a window.")] = None,
) -> None:
    """Show every painted part in every state and theme."""
    from ui.gallery import Gallery, picture
    from ui.run import run

    if out is None:
        raise typer.Exit(run(Gallery, picture=None))
    with unseen():
        if not picture().save(str(out), "PNG"):  # type: ignore[call-overload]
            raise typer.BadParameter(f"{out} cannot be written", param_hint="--out")


def shots(
    out: Annotated[Path, typer.Option(help="The folder for the pictures.")],
    only: Annotated[str, typer.Option(help="Only those whose name begins so.")] = "",
) -> None:
    """Take a picture of every screen in its states, sizes and languages, from the real windows."""
    out.mkdir(parents=True, exist_ok=True)
    with unseen():
        from rich.progress import track

        from cli import shots as screens

        wanted = [shot for shot in screens.shots() if shot.name.startswith(only)]
        for shot in track(wanted, description="pictures", console=Console(stderr=True)):
            with contextlib.redirect_stdout(io.StringIO()):
                screens.take(shot, out)
    print(f"{len(wanted)} pictures in {out}")


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """Run Qt without a screen, its application ended in order."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.fonts import load_fonts

    application = QApplication([])
    load_fonts()
    yield
    application.shutdown()
