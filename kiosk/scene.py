"""The field of the kiosk's screen: one pane for each kind of screen, of which one is shown."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from config.wording import Words, languages
from hub.client.mirror import Mirror
from kiosk.attract import AttractPane
from kiosk.bring import BringPane, bring_face
from kiosk.controls import PANE_KEYS
from kiosk.faces import message, ticket_face
from kiosk.furniture import Sight
from kiosk.layout import Box, Canvas
from kiosk.letters import SearchPane
from kiosk.pane import Pane
from kiosk.panes import GridPane, MessagePane
from kiosk.paper import ticket_keys
from kiosk.rooms import attract_boxes
from kiosk.service import CodePane, Place, TechnicianPane, state_lines
from kiosk.ticket import TicketPane
from kiosk.tiles import Tiles
from kiosk.visit import NUMBERED, Screen, Visit

GRIDS = (Screen.AGENCIES, Screen.SERVICES, Screen.PRIORITY)
LONG = (*GRIDS, Screen.SEARCH, Screen.BRING)
SHORT = frozenset(Screen) - frozenset(LONG)
"""Screens that need more field, and are not moved down: what is touched there stands at the bottom anyway."""


Simple = BringPane | MessagePane | TicketPane | CodePane | TechnicianPane


class Scene:
    """The panes of a window, of which the one that a visit needs is shown."""

    def __init__(self, kiosk: str, window: QWidget, look: Sight) -> None:
        self._kiosk = kiosk
        self.grid, self.search, self.bring = GridPane(look, window), SearchPane(look, window), BringPane(look, window)
        self.message, self.ticket = MessagePane(look, window), TicketPane(look, window)
        self.code, self.technician = CodePane(look, window), TechnicianPane(look, window)
        self.attract = AttractPane(look, window)
        self.shown: Pane = self.message

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes."""
        return (
            self.grid,
            self.search,
            self.bring,
            self.message,
            self.ticket,
            self.code,
            self.technician,
            self.attract,
        )

    def pane_of(self, screen: Screen) -> Pane:
        """Return the pane that shows a screen."""
        special: dict[Screen, Pane] = {
            **dict.fromkeys(GRIDS, self.grid),
            **dict.fromkeys(NUMBERED, self.ticket),
            Screen.SEARCH: self.search,
            Screen.BRING: self.bring,
            Screen.CODE: self.code,
            Screen.TECHNICIAN: self.technician,
            Screen.ATTRACT: self.attract,
        }
        return special.get(screen, self.message)

    def say(self, visit: Visit, mirror: Mirror, moment: datetime | None, tiles: Tiles, place: Place) -> None:
        """Show a visit's pane and say in it what it has to say."""
        words = Words(visit.language)
        self.shown = self.pane_of(visit.screen)
        for pane in self.panes:
            pane.setVisible(pane is self.shown)
        if self.shown is self.grid:
            self.grid.say(tiles)
        elif self.shown is self.search:
            self.search.say(tiles, words)
        elif self.shown is self.message:
            self._say_message(visit, mirror, words)
        elif self.shown is self.code:
            self.code.say(visit.typed, words)
        elif self.shown is self.technician:
            self.technician.say(state_lines(place, mirror, words), words)
        else:
            self._say_of_hall(visit, mirror, moment, words)

    def _say_of_hall(self, visit: Visit, mirror: Mirror, moment: datetime | None, words: Words) -> None:
        ticket, bring = ticket_face(visit, mirror, words), bring_face(visit, mirror, words)
        if self.shown is self.ticket and ticket is not None:
            self.ticket.say(ticket, words, ticket_keys(visit, mirror, self._kiosk))
        elif self.shown is self.bring and bring is not None:
            self.bring.say(bring, words)
        elif self.shown is self.attract and mirror.hall is not None and moment is not None:
            spoken = [name for name in mirror.hall.hall.languages if name in languages() and name != visit.language]
            self.attract.say(mirror.hall, moment, words, tuple(spoken))

    def _say_message(self, visit: Visit, mirror: Mirror, words: Words) -> None:
        icon, sentence = message(visit, mirror, words)
        key = PANE_KEYS.get(visit.screen)
        self.message.say(icon, sentence, key and (key[0], words.say(key[1]), key[2]))

    def arrange(self, canvas: Canvas, field: Box, look: Sight, *, columns: int, least: float) -> None:
        """Place the pane that is shown."""
        if self.shown is self.attract:
            self.attract.arrange(attract_boxes(canvas), look)
        elif self.shown is self.grid:
            self.grid.arrange(field, look, columns=columns, least=least)
        elif self.shown is self.search:
            self.search.arrange(field, look, least=least)
        elif isinstance(self.shown, Simple):
            self.shown.arrange(field, look)

    def pass_time(self, left: float, moment: datetime | None, words: Words) -> None:
        """Show how much is left of this screen's time, and the time of day where the screen itself does."""
        self.ticket.bar.set_left(left)
        self.message.emblem.set_left(left)
        if self.shown is self.attract:
            self.attract.name(moment, words)
