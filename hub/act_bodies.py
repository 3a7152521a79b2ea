"""The bodies of acts on the hall's page: they name what the routes under /v1 have in their address."""

from typing import Annotated, Literal

from pydantic import Field

from hub.bodies import (
    CloseBody,
    CommandBody,
    DeviceName,
    PaperBody,
    PauseBody,
    ReprintBody,
    ServicePauseBody,
    StaffCode,
    Text,
    TransferBody,
)


class ServiceBody(CommandBody):
    """Which service."""

    service: Text


class NamedPauseBody(ServicePauseBody, ServiceBody):
    """Which service is paused, why and until when."""


class CounterBody(CommandBody):
    """Which counter."""

    counter: int


class CounterPauseBody(PauseBody, CounterBody):
    """Which counter is paused, why and until when."""


class CounterCloseBody(CloseBody, CounterBody):
    """Which counter is closed, and whether people may be left waiting."""


class NumberBody(CommandBody):
    """Which ticket."""

    number: Text


class NumberTransferBody(TransferBody, NumberBody):
    """Which ticket waits where next."""


class NumberReprintBody(ReprintBody, NumberBody):
    """Which ticket is printed once more."""


class NumberPaperBody(PaperBody, NumberBody):
    """What is known of which ticket's paper."""


class HeadIssueBody(ServiceBody):
    """For which service a number is given by hand, and why."""

    ticket_class: Literal["normal", "priority"] = "normal"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "id"
    reason: Annotated[str, Field(min_length=3, max_length=200)]


class HelpAnswerBody(CommandBody):
    """Which call for help somebody goes to."""

    help: Text


class RollBody(CommandBody):
    """Which printer has a new roll."""

    printer: Text


class DeviceBody(CommandBody):
    """Which device."""

    device: DeviceName


class ClerkNameBody(CommandBody):
    """Which clerk."""

    clerk: StaffCode
