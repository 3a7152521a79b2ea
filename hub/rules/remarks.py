"""A clerk's remark on a ticket for whoever serves it next."""

import re
import unicodedata

from hub.rules import events as ev
from hub.rules.commands import Remark
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State
from hub.rules.tickets import ticket_of

LONGEST_WORD = 20
DATE_OR_TIME = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b|\b\d{1,2}[.:]\d{2}\b")
IDENTITY = re.compile(r"\d(?:[^\w]{0,3}_?\d){9,}")
"""Ten digits and more, however they are grouped, as the numbers of an identity card, a family card or a telephone."""


def remark(state: State, command: Remark, _: Moment) -> list[ev.Event]:
    """Let a ticket of today bear a remark, sealed; none that holds the number of a card or a telephone."""
    ticket = ticket_of(state, command.number)
    text = tidy(command.text)
    if names_a_person(text):
        raise Refused("remark_personal")
    sealed = command.seal(state.date, ticket.number, text) if text else ""
    return [ev.TicketRemarked(ticket.number, sealed, command.by)]


def tidy(text: str) -> str:
    """Return a text in one line of visible signs, no word of it longer than a panel can show."""
    visible = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(
        word[at : at + LONGEST_WORD] for word in visible.split() for at in range(0, len(word), LONGEST_WORD)
    )


def names_a_person(text: str) -> bool:
    """Tell whether a tidy text holds the number of a card or a telephone; dates and times are none."""
    return IDENTITY.search(DATE_OR_TIME.sub("", text)) is not None
