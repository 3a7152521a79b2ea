"""`antrean voice`: the clips that calls are spoken with: made, recorded, checked, heard."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.check import as_object
from cli.pairing import state_folder
from config.wording import Words

if TYPE_CHECKING:
    from config.hall import Hall
    from display.board import Call

EXAMPLE_HALL = "mpp-muara-enim.toml"
VOICES = "voice"
"""The folder of the packs in the state folder, one folder for each language."""
voice_app = typer.Typer(
    no_args_is_help=True,
    help="The clips that calls are spoken with: made, recorded, checked.",
    epilog="Example: antrean voice say A043 --counter 2 --wav panggilan.wav",
)
HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall file, for its agencies' names.")]
LanguageOption = Annotated[str, typer.Option("--language", help="The language that is spoken: id or en.")]
PacksOption = Annotated[
    Path | None, typer.Option("--packs", help="The folder of the packs, one for each language (default: the state's).")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    voice_app.command(name="build", epilog="Example: antrean voice build --hall config/halls/mpp-muara-enim.toml")(
        build
    )
    voice_app.command(name="check", epilog="Example: antrean voice check rekaman --mend")(check)
    voice_app.command(name="script", epilog="Example: antrean voice script --language en")(script)
    voice_app.command(name="say", epilog="Example: antrean voice say A043 --counter 2 --wav panggilan.wav")(say)
    app.add_typer(voice_app, name="voice")


def packs_folder(chosen: Path | None = None) -> Path:
    """Return the folder of the packs."""
    return chosen or state_folder() / VOICES


def build(hall: HallOption = None, language: LanguageOption = "id", packs: PacksOption = None) -> None:
    """Make the clips that a language's pack lacks with espeak-ng; a pack that somebody has recorded is left alone."""
    from display.voice.build import build as built
    from ui.speech.synthesiser import Espeak

    folder = packs_folder(packs) / language
    count = built(folder, language, hall_of(hall), Espeak())
    print(Words().say("announce.pack_made", count=count, folder=folder))


def check(
    pack: Annotated[Path, typer.Argument(help="The folder of a pack: voice.toml and its WAV files.")],
    hall: HallOption = None,
    mend: Annotated[bool, typer.Option("--mend", help="First trim and level the clips.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    words: Annotated[str, typer.Option(help="The language of the sentences: id or en.")] = "id",
) -> None:
    """Tell what is wrong with a pack: clips missing or superfluous, their length, level and silence; with remedies."""
    from display.voice.checkup import checked
    from display.voice.checkup import mend as mended

    said = Words(words)
    changed = mended(pack) if mend else 0
    faults = checked(pack, hall_of(hall))
    if as_json:
        print(json.dumps([as_object(pack, fault, words) for fault in faults], ensure_ascii=False))
    else:
        for fault in faults:
            print(fault.sentence(words))
        if mend:
            print(said.say("announce.pack_mended", count=changed))
        print(said.say("announce.pack_bad" if faults else "announce.pack_good", count=len(faults)))
    raise typer.Exit(1 if faults else 0)


def script(hall: HallOption = None, language: LanguageOption = "id") -> None:
    """Print what is to be recorded: each file's name, and its text."""
    from display.voice.build import file_of
    from display.voice.script import bank

    words = Words(language)
    for piece in bank(words, hall_of(hall)):
        text = words.say("announce.script_end", text=piece.text) if piece.last else piece.text
        print(f"{file_of(Path(), piece)}\t{text}")


def say(
    number: Annotated[str, typer.Argument(help="The number, for example A043.")],
    counter: Annotated[int, typer.Option(help="The counter.", min=1, max=999)],
    wav: Annotated[Path, typer.Option(help="The WAV file to write.")],
    hall: HallOption = None,
    language: LanguageOption = "id",
    attempt: Annotated[int, typer.Option(help="Which call it is: 2 and more are recalls.", min=1)] = 1,
    ticket_class: Annotated[str, typer.Option("--class", help="normal, priority or booked.")] = "normal",
    packs: PacksOption = None,
) -> None:
    """Write a call as it is heard in the hall; exit code 1 where there is only the chime."""
    from display.voice.bank import Bank
    from display.voice.join import seconds
    from display.voice.join import wav as as_wav
    from display.voice.turns import Part
    from ui.speech.synthesiser import Espeak

    whole = hall_of(hall) or example()
    bank = Bank(packs_folder(packs), Espeak())
    bank.prepare(whole)
    part = Part(call_of(whole, number, counter, attempt, ticket_class), language, opens=True)
    sound = bank.sound(part, whole)
    wav.write_bytes(as_wav(sound))
    print(Words().say("announce.said", path=wav, seconds=f"{seconds(sound):.2f}"))
    raise typer.Exit(0 if bank.sound(replace(part, opens=False), whole) else 1)


def call_of(hall: "Hall", number: str, counter: int, attempt: int, ticket_class: str) -> "Call":
    """Return a call at a counter, which the hall need not have."""
    from display.board import Call

    place = hall.counter_by_number.get(counter)
    service, zone = (place.services[0], place.zone) if place else ("", "")
    return Call(1, number, service, ticket_class, counter, zone, attempt, 0)


def hall_of(file: Path | None) -> "Hall | None":
    """Return the hall of a file that was named."""
    from config.load import load

    return load(file) if file else None


def example() -> "Hall":
    """Return the example hall."""
    from config.load import HALLS, load

    return load(HALLS / EXAMPLE_HALL)
