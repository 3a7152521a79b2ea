"""What can be wrong in a hall file: where it stands, and the sentences that say what is wrong and what to write."""

from dataclasses import dataclass

from config.errors import AntreanError
from config.wording import Words

Place = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and the index in arrays."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its place, its line in the file where that is known, and the code and fields of its sentences."""

    place: Place
    code: str
    fields: tuple[tuple[str, object], ...] = ()
    line: int | None = None

    @property
    def key(self) -> str:
        """The place as text, arrays counted from 1: `agencies[2].letter`; "-" for the file as a whole."""
        text = ""
        for part in self.place:
            text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
        return text.removeprefix(".") or "-"

    def wrong(self, language: str = "id") -> str:
        """Return what is wrong."""
        return Words(language).say(f"check.{self.code}", **dict(self.fields))

    def remedy(self, language: str = "id") -> str:
        """Return what to write instead."""
        return Words(language).say(f"check.{self.code}_remedy", **dict(self.fields))

    def sentence(self, language: str = "id") -> str:
        """Return line, key, what is wrong and what to write as one line."""
        where = f"{self.line}: " if self.line else ""
        return f"{where}{self.key}: {self.wrong(language)} {self.remedy(language)}"


def mistake(place: Place, code: str, **fields: object) -> Mistake:
    """Return a mistake with the fields of its sentences."""
    return Mistake(place, code, tuple(fields.items()))


class HallFileError(AntreanError):
    """A hall file cannot be used; `mistakes` says why."""

    key = "error.hall_file"

    def __init__(self, path: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(path=path)
        self.mistakes = mistakes

    def told(self, language: str) -> dict[str, object]:
        """Return the fields of the sentence, with the mistakes in a language."""
        listed = "\n".join(f"  {found.sentence(language)}" for found in self.mistakes)
        return {**self.fields, "mistakes": listed}
