"""What is different today from what the hall file says; the next day begins without it."""

from dataclasses import dataclass

from hub.rules.event import Event, kind


@kind("quota.set")
@dataclass(frozen=True, slots=True)
class QuotaSet(Event):
    """A service gives `quota` numbers today, None: as many as the hall file says. `was` is what held before."""

    service: str
    quota: int | None
    was: int | None
    by: str


@kind("counter.assigned")
@dataclass(frozen=True, slots=True)
class CounterAssigned(Event):
    """A counter serves these services today, none: what the hall file says. `was` is what it served before."""

    counter: int
    services: list[str]
    was: list[str]
    by: str
