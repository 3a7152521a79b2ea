"""What the head can change for today alone."""

from dataclasses import dataclass

from hub.rules.command import Command


@dataclass(frozen=True, slots=True)
class SetQuota(Command):
    """Let a service give so many numbers today; None lets the hall file's quota hold again."""

    service: str
    quota: int | None
    by: str


@dataclass(frozen=True, slots=True)
class AssignCounter(Command):
    """Let a counter serve these services today; none lets the hall file's hold again."""

    counter: int
    services: tuple[str, ...]
    by: str
