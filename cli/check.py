"""`antrean check`: the mistakes of a hall file."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="check", epilog="Example: antrean check config/halls/mpp-oku-timur.toml")(check)


def check(
    hall: Annotated[Path, typer.Argument(help="A hall file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    language: Annotated[str, typer.Option(help="The language of the sentences: id or en.")] = "id",
) -> None:
    """Tell every mistake of a hall file with line, key and remedy; exit code 0 where there is none, 1 otherwise."""
    from config.load import HallFileError, load
    from config.mistakes import Mistake
    from config.wording import Words

    mistakes: tuple[Mistake, ...] = ()
    try:
        load(hall)
    except HallFileError as error:
        mistakes = error.mistakes
    if as_json:
        print(json.dumps([as_object(hall, found, language) for found in mistakes], ensure_ascii=False))
    else:
        for found in mistakes:
            print(f"{hall}:{found.sentence(language)}")
        print(Words(language).say("error.mistakes_found" if mistakes else "error.no_mistakes", count=len(mistakes)))
    raise typer.Exit(1 if mistakes else 0)


def as_object(hall: Path, found: Any, language: str) -> dict[str, Any]:
    """Return a mistake as JSON tells it."""
    return {
        "file": str(hall),
        "line": found.line,
        "key": found.key,
        "code": found.code,
        "wrong": found.wrong(language),
        "remedy": found.remedy(language),
    }
