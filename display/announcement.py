"""The sentence in which a call is spoken: digits one by one, counters as whole numbers, no abbreviations."""

from typing import Protocol

from config.hall import Hall
from config.wording import Words
from display.board import Call


class Announcer(Protocol):
    """A way to speak a call; it returns at once and speaks one call after the other."""

    def announce(self, sentence: str, language: str) -> None:
        """Speak a sentence in a language when those before are over."""


class Silence:
    """The announcer of a screen without a voice."""

    def announce(self, sentence: str, language: str) -> None:
        """Say nothing."""


def announcement(call: Call, hall: Hall, words: Words) -> str:
    """Return the sentence of a call, "Nomor antrean, a, nol empat tiga, silakan menuju loket lima."."""
    letters = [sign for sign in call.number if sign.isalpha()]
    digits = [sign for sign in call.number if sign.isdigit()]
    return words.say(
        f"announce.{form(call, hall)}",
        letter=" ".join(words.say(f"announce.letter_{letter}") for letter in letters),
        digits=" ".join(words.say(f"announce.number_{digit}") for digit in digits),
        counter=whole(call.counter, words),
    )


def form(call: Call, hall: Hall) -> str:
    """Return which sentence a call gets: first call, recall, last call, or that of a priority ticket."""
    if call.recall:
        return "last_call" if call.attempt >= hall.policy.recall_max else "recall"
    return "priority" if call.ticket_class == "priority" else "call"


def whole(number: int, words: Words) -> str:
    """Return a whole number from 0 to 999 in words, "dua puluh satu"."""
    if number <= 20:
        return words.say(f"announce.number_{number}")
    if number < 100:
        return with_rest(f"announce.number_{number - number % 10}", "announce.tens_and", number % 10, words)
    return with_rest(f"announce.number_{number - number % 100}", "announce.hundreds_and", number % 100, words)


def with_rest(key: str, joint: str, rest: int, words: Words) -> str:
    """Return a round number in words, joined with the words of what is left of it."""
    text = words.say(key)
    return words.say(joint, round=text, rest=whole(rest, words)) if rest else text
