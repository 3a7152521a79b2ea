"""What stands on a ticket, frozen as data when it is issued."""

from collections.abc import Sequence
from typing import Any

from config.hall import Hall
from hub.rules.events import TicketIssued
from hub.rules.state import Milliseconds, Ticket


def content_of(
    hall: Hall, issued: TicketIssued | Ticket, issued_ms: Milliseconds, promise: Sequence[Milliseconds] | None
) -> dict[str, Any]:
    """Return a ticket's content in the shape of `hub.client.views.TicketContent`, but for `code` and `qr`.

    Those two are secrets of the ticket: the hub adds them when an agent asks, so that the journal never holds them.
    """
    service, agency = hall.services[issued.service], hall.agency_of[issued.service]
    zone, form = hall.zone_by_id[agency.zone], hall.ticket
    return {
        "hall": pair(hall.hall.name, hall.hall.name_en),
        "agency": pair(agency.name, agency.name_en),
        "service": pair(service.name_id, service.name_en),
        "number": issued.number,
        "ticket_class": issued.ticket_class,
        "ahead": issued.ahead if form.show_position else None,
        "zone": pair(zone.name_id, zone.name_en),
        "counters": [counter.number for counter in hall.counters_of[service.id]],
        "issued_ms": issued_ms,
        "timezone": hall.hall.timezone,
        "zone_abbr": hall.hall.zone_abbr,
        "requirements": list(service.requirements) if form.show_requirements else [],
        "footer": pair(form.footer_id, form.footer_en),
        "language": issued.language,
        "trial": issued.trial,
        "promise": list(promise) if promise and form.show_estimate else None,
    }


def pair(indonesian: str, english: str) -> dict[str, str]:
    """Return a text in both languages, Indonesian where the hall file has no English."""
    return {"id": indonesian, "en": english or indonesian}
