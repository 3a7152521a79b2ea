"""Who asks for help: a visitor at a kiosk, a clerk in need. It says where, never who or why."""

from hub.rules import events as ev
from hub.rules.commands import AnswerHelp, AskHelp
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State


def ask_help(state: State, command: AskHelp, _: Moment) -> list[ev.Event]:
    """Ring at the panels; who rings again before anybody came rings once."""
    hall = hall_of(state)
    counters = {str(number) for number in hall.counter_by_number}
    if command.place not in hall.kiosk_by_id and command.place not in counters:
        raise Refused("place_not_found", place=command.place)
    name = f"{command.kind}@{command.place}"
    asked = state.helps.get(name)
    if asked is not None and asked.answered_by is None:
        return []
    return [ev.HelpAsked(name, command.kind, command.place, command.by)]


def answer_help(state: State, command: AnswerHelp, _: Moment) -> list[ev.Event]:
    """End a ring: somebody goes."""
    asked = state.helps.get(command.help)
    if asked is None or asked.answered_by is not None:
        raise Refused("help_not_found", help=command.help)
    return [ev.HelpAnswered(command.help, command.by)]
