"""The values a hall file is written in: times, letters, counts, ids, colours."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from config.wording import languages


def minute_of_day(text: object) -> int:
    """Return minutes after midnight for "HH:MM"; ValueError("clock") for anything else."""
    if not isinstance(text, str) or len(text) != 5 or text[2] != ":" or not (text[:2] + text[3:]).isdigit():
        raise ValueError("clock")
    hours, minutes = int(text[:2]), int(text[3:])
    if hours > 23 or minutes > 59:
        raise ValueError("clock")
    return hours * 60 + minutes


def series_letters(text: str) -> str:
    """Return one or two capital letters; ValueError with a code of `check.po` otherwise: I, O, Q read as 1 and 0."""
    if not 1 <= len(text) <= 2 or not text.isascii() or not text.isalpha() or not text.isupper():
        raise ValueError("letters")
    if set(text) & set("IOQ"):
        raise ValueError("letters_read_as_digits")
    return text


def number_format(text: str) -> str:
    """Return a format of numbers that keeps every letter and number apart; ValueError("number_format") otherwise."""
    try:
        written = {text.format(letter=letter, number=number) for letter in ("A", "AA", "B") for number in (1, 12, 121)}
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ValueError("number_format") from None
    if len(written) < 9 or any(len(number) > 12 or "/" in number for number in written):
        raise ValueError("number_format")
    return text


def spoken_language(text: str) -> str:
    """Return a language that there are words of; ValueError("language") for any other."""
    if text not in languages():
        raise ValueError("language")
    return text


Language = Annotated[str, AfterValidator(spoken_language)]
Minute = Annotated[int, BeforeValidator(minute_of_day)]
Letters = Annotated[str, AfterValidator(series_letters)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]
Name = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
