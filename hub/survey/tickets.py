"""From the code on a ticket to the ticket: an index of today's codes, each derived once."""

from hub.codes import CODE_LETTERS, Codes
from hub.rules.state import State, Ticket

MISREAD = str.maketrans("OIL", "011")
"""What people type where Crockford's alphabet has digits."""


class CodeIndex:
    """The codes of the open day's tickets. New tickets are added when somebody asks; a new day begins empty.

    A code has 50 bits: on a day of 3,000 numbers one guess in 375 thousand million hits.
    """

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._date, self._issued = "", 0
        self._numbers: dict[str, str] = {}
        self._known: set[str] = set()

    def find(self, state: State, code: str) -> Ticket | None:
        """Return the ticket of the open day that bears a code; None for wrong and for expired codes alike."""
        if len(code) != CODE_LETTERS or not code.isascii():
            return None
        self._learn(state)
        number = self._numbers.get(code.upper().translate(MISREAD))
        return state.tickets.get(number) if number else None

    def _learn(self, state: State) -> None:
        if state.date != self._date:
            self._date, self._issued, self._numbers, self._known = state.date, 0, {}, set()
        if state.issued == self._issued:
            return
        for number in state.tickets:
            if number not in self._known:
                self._known.add(number)
                self._numbers[self._codes.of_ticket(state.date, number)] = number
        self._issued = state.issued
