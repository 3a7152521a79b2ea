"""How what is different today changes the hall that all rules see: they need not know that it is for today alone."""

from collections.abc import Callable, Mapping
from typing import Any

from config.load import Content, hall_of_journal
from hub.rules import events as ev
from hub.rules.state import Happened, State

Change = dict[str, Any]


def content_today(content: Content, quotas: Mapping[str, int], assigned: Mapping[int, tuple[str, ...]]) -> Content:
    """Return a hall file's content with today's quotas and counters in it; the content itself where there are none."""
    if not len(quotas) and not len(assigned):
        return content
    agencies = [
        agency | {"services": [with_quota(service, quotas.get(service["id"])) for service in agency["services"]]}
        for agency in content["agencies"]
    ]
    known = {service["id"] for agency in content["agencies"] for service in agency["services"]}
    counters = [with_services(counter, assigned.get(counter["number"], ()), known) for counter in content["counters"]]
    return content | {"agencies": agencies, "counters": counters}


def with_quota(service: Content, quota: int | None) -> Content:
    """Return a service with today's quota, as it is where there is none."""
    if quota is None:
        return service
    booked = min(service.get("booking_quota", 0), quota)
    return service | {"daily_quota": quota} | ({"booking_quota": booked} if "booking_quota" in service else {})


def with_services(counter: Content, services: tuple[str, ...], known: set[str]) -> Content:
    """Return a counter with today's services, as it is where there are none that the hall file still knows."""
    kept = [service for service in services if service in known]
    return counter | {"services": kept, "second_services": {}} if kept else counter


def changed(state: State, **overrides: Any) -> Change:
    """Return the change that makes the hall of today anew."""
    quotas, assigned = overrides.get("quotas", state.quotas), overrides.get("assigned", state.assigned)
    content = content_today(state.config, quotas, assigned)
    return {**overrides, "config_today": content, "hall": hall_of_journal(content)}


def quota_set(state: State, event: ev.QuotaSet, _: Happened) -> Change:
    """The service gives so many numbers today."""
    if event.quota is None:
        return changed(state, quotas=state.quotas.discard(event.service))
    return changed(state, quotas=state.quotas.insert(event.service, event.quota))


def counter_assigned(state: State, event: ev.CounterAssigned, _: Happened) -> Change:
    """The counter serves these services today."""
    if not event.services:
        return changed(state, assigned=state.assigned.discard(event.counter))
    return changed(state, assigned=state.assigned.insert(event.counter, tuple(event.services)))


EVOLVE: dict[type[ev.Event], Callable[[State, Any, Happened], Change]] = {
    ev.QuotaSet: quota_set,
    ev.CounterAssigned: counter_assigned,
}
