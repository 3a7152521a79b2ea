"""The head changes something for today alone: a service's quota, a counter's services."""

from collections.abc import Mapping

from config.hall import Counter, Hall
from config.load import hall_from, hall_of_journal
from config.mistakes import HallFileError
from hub.rules import events as ev
from hub.rules.commands import AssignCounter, SetQuota
from hub.rules.evolve_today import content_today
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State


def set_quota(state: State, command: SetQuota, _: Moment) -> list[ev.Event]:
    """Change how many numbers a service gives today; those given stay valid."""
    service = hall_of(state).services.get(command.service)
    if service is None:
        raise Refused("service_not_found", service=command.service)
    wanted = command.quota
    if wanted is None and command.service not in state.quotas:
        return []
    check(state, state.quotas.insert(command.service, wanted) if wanted is not None else state.quotas, state.assigned)
    return [ev.QuotaSet(command.service, wanted, service.daily_quota, command.by)]


def assign_counter(state: State, command: AssignCounter, _: Moment) -> list[ev.Event]:
    """Change which services a counter serves today, unless people wait whom no counter at work would serve then."""
    hall = hall_of(state)
    counter = hall.counter_by_number.get(command.counter)
    if counter is None:
        raise Refused("counter_not_found", counter=command.counter)
    wanted = tuple(dict.fromkeys(command.services))
    for service in wanted:
        if service not in hall.services:
            raise Refused("service_not_found", service=service)
    if not wanted and command.counter not in state.assigned:
        return []
    file_says = hall_of_journal(state.config).counter_by_number[command.counter]
    check_stranded(state, hall, counter, wanted or (*file_says.services, *file_says.second_services))
    assigned = state.assigned.insert(command.counter, wanted) if wanted else state.assigned.discard(command.counter)
    check(state, state.quotas, assigned)
    return [ev.CounterAssigned(command.counter, list(wanted), list(counter.services), command.by)]


def check_stranded(state: State, hall: Hall, counter: Counter, wanted: tuple[str, ...]) -> None:
    """Refuse to leave people waiting for whom no other counter is at work: their numbers are promises."""
    if state.counter(counter.number).state == "closed":
        return
    dropped = {*counter.services, *counter.second_services} - set(wanted)
    others = [c for c in hall.counters if c.number != counter.number and state.counter(c.number).state != "closed"]
    stranded = sum(state.waiting(service) for service in dropped if not any(other.serves(service) for other in others))
    if stranded:
        raise Refused("tickets_waiting", count=stranded)


def check(state: State, quotas: Mapping[str, int], assigned: Mapping[int, tuple[str, ...]]) -> None:
    """Refuse what a hall file could not say either, with the first mistake's sentence in both languages."""
    try:
        hall_from(content_today(state.config, quotas, assigned))  # all of it is checked, not what has changed alone
    except HallFileError as error:
        first = error.mistakes[0]
        raise Refused("not_today", why=first.wrong("id"), why_en=first.wrong("en")) from error
