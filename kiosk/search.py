"""Finding a service by what people call it: whole words and beginnings, synonyms, and one wrong letter forgiven."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from config.hall import Hall
from config.wording import CATALOGUES, FIRST_LANGUAGE
from hub.client.mirror import Mirror

MOST_FOUND = 6
LONGEST_QUERY = 24
FORGIVING_LENGTH = 4
"""From so many letters on, one may be wrong, missing or too many."""
SPACE = " "
IN_SERVICE, IN_AGENCY = 3, 1
"""How much a word counts by where it stands."""
EXACT, BEGINS, SAME, NEARLY = 4, 3, 3, 1
"""How much a word counts by how well it is met."""
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A service with the words it can be found by."""

    service: str
    own: frozenset[str]
    agency: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that was typed, and the phrases that mean the same, each as its words."""

    word: str
    phrases: tuple[tuple[str, ...], ...]


def find(query: str, mirror: Mirror, language: str) -> tuple[str, ...]:
    """Return the ids of the services that a query means, the best first; without one the most used."""
    hall = mirror.hall
    if hall is None:
        return ()
    usual = {service: view.get("usual", 0) for service, view in mirror.services.items()}
    wanted = [Wanted(word, meanings(word, synonyms(language))) for word in words_of(query)]
    scores = {entry.service: score(wanted, entry) for entry in entries(hall)}
    found = [service for service, points in scores.items() if points or not wanted]
    found.sort(key=lambda service: (-scores[service], -usual.get(service, 0)))
    return tuple(found[:MOST_FOUND])


def entries(hall: Hall) -> Iterator[Entry]:
    """Yield every service of a hall with its words, in the order of the file."""
    for agency in hall.agencies:
        named = frozenset(words_of(f"{agency.name} {agency.short} {agency.name_en} {agency.spoken}"))
        for service in agency.services:
            own = frozenset(words_of(f"{service.name_id} {service.name_en} {service.id}"))
            yield Entry(service.id, own, named)


def score(wanted: Sequence[Wanted], entry: Entry) -> int:
    """Return how well an entry meets all wanted words, 0 where it lacks one."""
    points = [word_score(word, entry) for word in wanted]
    return sum(points) if all(points) else 0


def word_score(wanted: Wanted, entry: Entry) -> int:
    """Return how well an entry meets one word: itself, or a phrase that means the same, all of its words."""
    best = plain_score(wanted.word, entry)
    for phrase in wanted.phrases:
        points = [plain_score(part, entry) for part in phrase]
        if all(points):
            best = max(best, min(points) * SAME // EXACT)
    return best


def plain_score(word: str, entry: Entry) -> int:
    """Return how well an entry meets one word as it is written."""
    own = max((likeness(word, known) for known in entry.own), default=0)
    agency = max((likeness(word, known) for known in entry.agency), default=0)
    return max(own * IN_SERVICE, agency * IN_AGENCY)


def meanings(word: str, known: Synonyms) -> tuple[tuple[str, ...], ...]:
    """Return the words of the phrases that mean the same as a word, or as the one it was nearly typed as."""
    near = (phrases for name, phrases in known.items() if is_near(word, name))
    return tuple(words_of(phrase) for phrase in known.get(word) or next(near, ()))


def likeness(word: str, known: str) -> int:
    """Return how well a typed word meets a known one."""
    if word == known:
        return EXACT
    if known.startswith(word):
        return BEGINS
    return NEARLY if is_near(word, known) or is_near(word, known[: len(word)]) else 0


def is_near(word: str, known: str) -> bool:
    """Tell whether two words of four letters and more differ by one letter: another, one too many, or one missing."""
    short, long = sorted((word, known), key=len)
    if len(short) < FORGIVING_LENGTH or len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


@lru_cache(4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters without accents: "KTP-el" is "ktp" and "el"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter if letter.isalnum() else SPACE for letter in plain if not unicodedata.combining(letter))
    return tuple(letters.split())


@cache
def synonyms(language: str) -> Synonyms:
    """Return the phrases that people's words stand for: those of their language, and the Indonesian ones."""
    found: dict[str, tuple[str, ...]] = {}
    for name in (FIRST_LANGUAGE, language):
        path = CATALOGUES / name / "search.toml"
        if path.is_file():
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {word: tuple(phrases) for word, phrases in table.items()}
    return found
