"""The region's words and dates. It reads the same catalogues as the halls' programs, but imports nothing of theirs."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from sync.wire import WireError

CATALOGUES = Path(__file__).parents[1] / "config" / "words"
LANGUAGES = ("id", "en")
ZONE = ZoneInfo("Asia/Jakarta")
ZONE_SHORT = "WIB"
MOMENT = {"id": "d MMM y, HH.mm", "en": "d MMM y, HH:mm"}


@cache
def catalogue(language: str, domain: str) -> NullTranslations:
    """Return the catalogue of one domain in one language."""
    compiled = BytesIO()
    with (CATALOGUES / language / f"{domain}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, domain=domain))
    compiled.seek(0)
    return GNUTranslations(compiled)


class Words:
    """The words of one language, Indonesian where it is not known; times are told in the region's own zone."""

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]

    def say(self, key: str, **fields: object) -> str:
        """Return the text of a key, `<domain>.<name>`, with its {fields} filled in."""
        domain, _, name = key.partition(".")
        return catalogue(self.language, domain).gettext(name).format(**fields)

    def number(self, number: int) -> str:
        """Return a whole number as the language groups it, "12.345"."""
        return format_decimal(number, locale=self.language)

    def moment(self, ms: int) -> str:
        """Return a moment, "30 Nov 2026, 08.14 WIB"."""
        return f"{format_datetime(in_zone(ms), MOMENT[self.language], locale=self.language)} {ZONE_SHORT}"

    def hour(self, hour: int) -> str:
        """Return a full hour as the language writes it, "08.00"."""
        return f"{hour:02d}{'.' if self.language == 'id' else ':'}00"

    def date(self, iso: str) -> str:
        """Return an ISO date as people write it, "Sen, 30 Nov 2026"; any other text as it is."""
        try:
            return format_date(date.fromisoformat(iso), "EEE, d MMM y", locale=self.language)
        except ValueError:
            return iso

    def span(self, ms: int) -> str:
        """Return a length of time in its largest unit, "3 menit"."""
        return format_timedelta(timedelta(milliseconds=ms), locale=self.language)

    def ago(self, ms: int) -> str:
        """Return a length of time as one that has passed, "3 menit yang lalu"."""
        return format_timedelta(-timedelta(milliseconds=max(ms, 1)), add_direction=True, locale=self.language)


def in_zone(ms: int) -> datetime:
    """Return milliseconds since 1970 as a moment in the region's zone."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(ZONE)


def both(error: WireError) -> dict[str, str]:
    """Return the sentence of a refusal in Indonesian and in English."""
    return {language: Words(language).say(error.key, **error.fields) for language in LANGUAGES}
