"""What the head of the hall can do: open and close, change today, let people and devices in."""

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


@dataclass(frozen=True, slots=True)
class AddClerk(Command):
    """Let a clerk sign in; `pin` is an argon2 hash, `agency` whose a supervisor is."""

    clerk: str
    pin: str
    by: str
    role: str = "clerk"
    agency: str = ""


@dataclass(frozen=True, slots=True)
class RemoveClerk(Command):
    """Let a clerk sign in no more."""

    clerk: str
    by: str


@dataclass(frozen=True, slots=True)
class Force(Command):
    """Open or close the hall, an agency or a service against its hours; mode "hours" takes that back."""

    scope: str
    mode: str
    reason: str
    until_ms: int | None
    by: str


@dataclass(frozen=True, slots=True)
class PauseService(Command):
    """Let a service give no numbers for a while."""

    service: str
    reason: str
    until_ms: int | None
    by: str


@dataclass(frozen=True, slots=True)
class ResumeService(Command):
    """Let a service give numbers again."""

    service: str
    by: str


@dataclass(frozen=True, slots=True)
class SetTrial(Command):
    """Start or end trial mode."""

    on: bool
    by: str


@dataclass(frozen=True, slots=True)
class OpenTablet(Command):
    """Let a browser answer the survey at an agency, "" for each; `digest` is the SHA-256 of its token in hex.

    `before` is that of the token it had, which ends.
    """

    agency: str
    digest: str
    by: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class RevokeDevice(Command):
    """Take a device's right away."""

    device: str
    by: str
