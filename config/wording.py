"""The words people see and hear: gettext catalogues by language and domain, and dates as each language writes them."""

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from config.errors import AntreanError

CATALOGUES = Path(__file__).parent / "words"
FIRST_LANGUAGE = "id"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are catalogues for, Indonesian first; a new folder is a new language."""
    found = sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())
    return tuple(sorted(found, key=lambda language: (language != FIRST_LANGUAGE, language != "en")))


class Unsaid(NullTranslations):
    """What is behind every catalogue: a text it lacks is "", since a text that it has may be like its key ("PIN")."""

    def gettext(self, message: str) -> str:  # noqa: ARG002  the key is not there
        """Return nothing."""
        return ""


@cache
def catalogue(language: str, domain: str) -> NullTranslations:
    """Return one catalogue, `config/words/<language>/<domain>.po`, which says "" for what it lacks."""
    path = CATALOGUES / language / f"{domain}.po"
    if not path.is_file():
        return Unsaid()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, domain=domain))
    compiled.seek(0)
    found = GNUTranslations(compiled)
    found.add_fallback(Unsaid())
    return found


@cache
def keys_by_text(domain: str) -> dict[str, str]:
    """Return the names of a domain's texts by what they say, in every language; the first language's count first."""
    found: dict[str, str] = {}
    for language in languages():
        path = CATALOGUES / language / f"{domain}.po"
        if path.is_file():
            with path.open("rb") as source:
                for message in read_po(source, locale=language, domain=domain):
                    found.setdefault(str(message.string), str(message.id))
    return found


class Words:
    """The words of one language; what it lacks is said in Indonesian, and what that lacks shows its key."""

    def __init__(self, language: str = FIRST_LANGUAGE) -> None:
        self.language = language

    def say(self, key: str, **fields: object) -> str:
        """Return the text of a key, `<domain>.<name>`, with its {fields} filled in."""
        domain, _, name = key.partition(".")
        for language in (self.language, FIRST_LANGUAGE):
            text = catalogue(language, domain).gettext(name)
            if text:
                return text.format(**fields) if fields else text
        return key

    def again(self, prefix: str, text: str) -> str:
        """Return in this language what was said in another one; as it is where no key that begins so has that text.

        What a clerk chose is kept in the words of the clerk's panel: "staff.reason_" is where they begin.
        """
        domain, _, beginning = prefix.partition(".")
        name = keys_by_text(domain).get(text, "")
        return self.say(f"{domain}.{name}") if name and name.startswith(beginning) else text

    def error(self, error: AntreanError) -> str:
        """Return the sentence of an error: what is wrong and what to do."""
        return self.say(error.key, **error.told(self.language))

    def clock(self, moment: datetime | time) -> str:
        """Return a time of day as the language writes it, "08.14"."""
        return format_time(moment, "HH:mm" if self.language == "en" else "HH.mm", locale=self.language)

    def minute(self, minute: int) -> str:
        """Return a minute of the day as a time, 870 as "14.30"."""
        return self.clock(time(minute // 60 % 24, minute % 60))

    def day(self, day: date) -> str:
        """Return a long date, "Senin, 30 November 2026"."""
        return format_date(day, "EEEE, d MMMM y", locale=self.language)

    def date_of(self, day: date) -> str:
        """Return a date without its weekday, "30 November 2026"."""
        return format_date(day, "d MMMM y", locale=self.language)

    def month(self, day: date) -> str:
        """Return the month of a date, "November 2026"."""
        return format_date(day, "MMMM y", locale=self.language)

    def number(self, value: float) -> str:
        """Return a number as the language writes it, at most one decimal: "2,7"."""
        return written_number(value, self.language)

    def decimal(self, value: Decimal, places: int = 2) -> str:
        """Return a figure as the language writes it, with all of its decimals: "76,60"."""
        return format_decimal(value, f"#,##0.{'0' * places}", locale=self.language)

    def share(self, value: float) -> str:
        """Return a share as the language writes it in percent, with one decimal: "52,6%"."""
        return format_percent(value, "#,##0.0%", locale=self.language)

    def weekday(self, day: date) -> str:
        """Return the name of a date's weekday."""
        return format_date(day, "EEEE", locale=self.language)


@lru_cache(10_000)
def written_number(value: float, language: str) -> str:
    """Return a number as a language writes it; pages and screens say the same few again and again."""
    return format_decimal(value, "#,##0.#", locale=language)


def both(key: str, **fields: object) -> dict[str, str]:
    """Return a key's text in Indonesian and in English, as the hub's refusals carry it."""
    return {language: Words(language).say(key, **fields) for language in ("id", "en")}
