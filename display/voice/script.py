"""What a call says: piece by piece for the clips of a pack, or as one sentence for a synthesiser. Pure.

Tickets are said digit by digit, counters as whole numbers, letters and abbreviations by the names of letters.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from config.hall import Agency, Hall
from config.wording import Words
from display.board import Call

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBERS = (*range(20), *range(20, 100, 10), *range(100, 1000, 100))
SENTENCES = ("call", "call_agency", "recall", "last_call", "priority", "transfer")
JOINTS = ("tens_and", "hundreds_and")
ABBREVIATION = re.compile(r"\b[A-Z]+\b")
MARKS = re.compile(r"([,.;:!?]+)")
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is one clip. Before it the voice may make a `pause`; after the `last` of a sentence it falls."""

    text: str
    pause: bool = False
    last: bool = False

    @property
    def clip(self) -> str:
        """The name of its clip, "silakan-menuju-loket"."""
        return re.sub(r"\W+", "-", self.text.lower()).strip("-")


def announcement(call: Call, hall: Hall, words: Words, *, brief: bool = False) -> str:
    """Return the sentence of a call, "Nomor antrean, a, nol empat tiga, silakan menuju loket lima."."""
    told = {name: " ".join(texts) for name, texts in fields(call, hall, words).items()}
    return words.say(sentence(call, hall, brief=brief), **{**told, "counter": whole(call.counter, words)})


def pieces_of(call: Call, hall: Hall, words: Words, *, brief: bool = False) -> tuple[Piece, ...]:
    """Return the pieces of a call's sentence in their order."""
    return pieces(words.say(sentence(call, hall, brief=brief)), fields(call, hall, words))


def sentence(call: Call, hall: Hall, *, brief: bool) -> str:
    """Return the key of the sentence a call gets; a brief one leaves out the agency."""
    found = form(call, hall)
    if found == "call" and not brief and rhymes(call, hall):
        return "announce.call_agency"
    return f"announce.{found}"


def form(call: Call, hall: Hall) -> str:
    """Return which sentence a call gets: first call, recall, last call, or that of a priority ticket."""
    if call.recall:
        return "last_call" if call.attempt >= hall.policy.recall_max else "recall"
    return "priority" if call.ticket_class == "priority" else "call"


def rhymes(call: Call, hall: Hall) -> bool:
    """Tell whether another agency of the call's zone has a letter that sounds like this one's: be and de, em and en."""
    agency = hall.agency_of.get(call.service)
    if agency is None:
        return False
    others = (other.letter for other in hall.agencies if other.zone == call.zone and other.id != agency.id)
    return rhyme(agency.letter) in {rhyme(letter) for letter in others}


def rhyme(letters: str) -> str:
    """Return what is left of the letters' Indonesian names in a noisy hall: from the first vowel on, m as n, x as s."""
    names = (Words().say(f"announce.letter_{letter}") for letter in letters)
    return " ".join(re.sub(r"^[^aeiou]+", "", name).replace("m", "n").replace("ks", "s") for name in names)


def fields(call: Call, hall: Hall, words: Words) -> dict[str, Texts]:
    """Return what stands in the fields of a sentence, each as the texts to say one after the other."""
    agency = hall.agency_of.get(call.service)
    return {
        "letter": tuple(words.say(f"announce.letter_{sign.upper()}") for sign in call.number if sign.isalpha()),
        "digits": tuple(words.say(f"announce.number_{sign}") for sign in call.number if sign.isdigit()),
        "counter": number(call.counter, words),
        "agency": (agency_spoken(agency, words),) if agency else (),
    }


def agency_spoken(agency: Agency, words: Words) -> str:
    """Return an agency's name as it is said, abbreviations letter by letter: "be pe je es Kesehatan"."""
    return ABBREVIATION.sub(
        lambda found: " ".join(words.say(f"announce.letter_{letter}") for letter in found[0]),
        agency.spoken or agency.name,
    )


def whole(value: int, words: Words) -> str:
    """Return a whole number from 0 to 999 in words, "dua puluh satu"."""
    joint, base = place(value)
    text = words.say(f"announce.number_{value - value % base}")
    return words.say(joint, round=text, rest=whole(value % base, words)) if value % base else text


def number(value: int, words: Words) -> Texts:
    """Return the texts of a whole number from 0 to 999: ("dua puluh", "satu")."""
    joint, base = place(value)
    text = words.say(f"announce.number_{value - value % base}")
    if not value % base:
        return (text,)
    rest = number(value % base, words)
    return tuple(piece.text for piece in pieces(words.say(joint), {"round": (text,), "rest": rest}))


def place(value: int) -> tuple[str, int]:
    """Return the words that join a round number with its rest, and what it is a multiple of; up to 20 all are round."""
    if value <= 20:
        return "", 1
    return ("announce.tens_and", 10) if value < 100 else ("announce.hundreds_and", 100)


def pieces(template: str, told: Mapping[str, Texts]) -> tuple[Piece, ...]:
    """Return the pieces of a sentence whose fields are filled with texts."""
    found = list(pieces_in(template, told))
    if found:
        found[-1] = Piece(found[-1].text, found[-1].pause, last=True)
    return tuple(found)


def pieces_in(template: str, told: Mapping[str, Texts]) -> Iterator[Piece]:
    """Yield the pieces of a sentence: what stands between its marks and fields, and the texts of the fields."""
    pause = False
    for literal, field, _, _ in Formatter().parse(template):
        for part in MARKS.split(literal):
            if MARKS.fullmatch(part):
                pause = True
            elif re.search(r"\w", part):
                yield Piece(part.strip(), pause)
                pause = False
        for text in told.get(field or "", ()):
            yield Piece(text, pause)
            pause = False


def bank(words: Words, hall: Hall | None = None) -> tuple[Piece, ...]:
    """Return every clip that a pack of a language has, each once; with a hall, its agencies' names are among them.

    What can end a sentence is there a second time as `last`, with a falling voice.
    """
    literals = [piece.text for key in (*SENTENCES, *JOINTS) for piece in pieces(words.say(f"announce.{key}"), {})]
    letters = [words.say(f"announce.letter_{letter}") for letter in LETTERS]
    ends = [words.say(f"announce.number_{value}") for value in NUMBERS]
    ends += [agency_spoken(agency, words) for agency in (hall.agencies if hall else ())]
    every = [*(Piece(text) for text in (*literals, *letters, *ends)), *(Piece(text, last=True) for text in ends)]
    return tuple({(piece.clip, piece.last): piece for piece in every}.values())
