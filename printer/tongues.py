"""The two languages of a ticket: the visitor's first, the other smaller below it."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.wording import FIRST_LANGUAGE, Words

OTHER_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Said:
    """The same in two languages; `second` is "" where it would only repeat the first."""

    first: str
    second: str

    @property
    def joined(self) -> str:
        """Both in one line."""
        return f"{self.first} · {self.second}" if self.second else self.first


@dataclass(frozen=True, slots=True)
class Tongues:
    """The words of the visitor's language and of the second one."""

    first: Words
    second: Words

    @classmethod
    def of(cls, language: str) -> "Tongues":
        """Return the languages of a visitor: Indonesian and English, or theirs and Indonesian."""
        return cls(Words(language), Words(OTHER_LANGUAGE if language == FIRST_LANGUAGE else FIRST_LANGUAGE))

    def say(self, key: str) -> Said:
        """Return the text of a key in both languages."""
        return said(self.first.say(key), self.second.say(key))

    def texts(self, texts: Mapping[str, str]) -> Said:
        """Return a content's text in both languages; what a language lacks is said in Indonesian."""
        indonesian = texts.get(FIRST_LANGUAGE, "")
        first = texts.get(self.first.language) or indonesian
        return said(first, texts.get(self.second.language) or indonesian)


def said(first: str, second: str) -> Said:
    """Return two texts, the second left out where it is the same."""
    return Said(first, "" if second == first else second)
