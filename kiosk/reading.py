"""What is read aloud of a screen: texts as they stand there, made into sentences that a voice says rightly. No Qt."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from config.wording import Words

NUMBER = re.compile(r"\b([A-Z]{1,2})-?([0-9]{3,4})\b")
"""A ticket's number: "A007"."""
RANGE = re.compile(r"(?<=[0-9])\s?\N{EN DASH}\s?(?=[0-9])")
"""Not a hyphen, which stands in telephone numbers."""
ASIDE = re.compile(r"\s*[\N{MIDDLE DOT}\N{BULLET}\N{EM DASH}\n|]\s*")
MARKS = re.compile(r"[\N{ALMOST EQUAL TO}~\N{PLUS-MINUS SIGN}\N{LEFT ONE EIGHTH BLOCK}]")
ENDS = ".!?:"


class Choice(NamedTuple):
    """Something that can be tapped: what it says, more about it, and the number that chooses it, "" without one."""

    text: str
    detail: str = ""
    number: str = ""


def screen_text(texts: Iterable[str], choices: Iterable[Choice], words: Words) -> str:
    """Return what is read of a screen: what it says, then what can be chosen, each with the number to press."""
    offered = [choice_line(choice, words) for choice in choices]
    return sentences((*texts, *offered), words)


def choice_line(choice: Choice, words: Words) -> str:
    """Return how one thing is offered."""
    if not choice.number:
        return choice.text
    return words.say("kiosk.aloud_choice", number=choice.number, name=choice.text)


def choice_text(choice: Choice, words: Words) -> str:
    """Return what is read of the one thing that the keyboard stands on."""
    return sentences((choice_line(choice, words), choice.detail), words)


def sentences(texts: Iterable[str], words: Words) -> str:
    """Return texts as sentences, each once; empty ones are left out."""
    said = dict.fromkeys(spoken(text, words) for text in texts)
    return " ".join(text if text[-1] in ENDS else f"{text}." for text in said if text)


def spoken(text: str, words: Words) -> str:
    """Return a text without what a voice cannot say: a number digit by digit, "12 to 20" for a range."""
    plain = MARKS.sub("", text)
    plain = NUMBER.sub(lambda found: " ".join((*found[1], *found[2])), plain)
    plain = RANGE.sub(f" {words.say('kiosk.aloud_to')} ", plain)
    return " ".join(ASIDE.sub(", ", plain).split())
