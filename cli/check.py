"""`antrean check`: the mistakes of a hall file."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="check", epilog="Example: antrean check config/halls/mpp-oku-timur.toml")(check)


def check(
    hall: Annotated[Path, typer.Argument(help="A hall file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Tell every mistake of a hall file with its key and remedy; exit code 0 where there is none, 1 otherwise."""
    from config.load import HallFileError, load

    mistakes: list[dict[str, str]] = []
    try:
        load(hall)
    except HallFileError as error:
        mistakes = [asdict(mistake) for mistake in error.mistakes]
    if as_json:
        print(json.dumps(mistakes, ensure_ascii=False))
    else:
        for mistake in mistakes:
            print(f"{hall}: {mistake['key']}: {mistake['wrong']}; {mistake['remedy']}")
        print(f"{len(mistakes)} mistakes" if mistakes else "no mistakes")
    raise typer.Exit(1 if mistakes else 0)
