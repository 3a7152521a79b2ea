"""A ticket's content made from a hall file alone, to see paper without a hub."""

from datetime import datetime

from config.hall import Agency, Hall, Service, Zone
from hub.client.views import TicketContent

PEOPLE_AHEAD = 12
CODE = "K7MX4PVAQZ"
EXPECTED_MINUTES = (23, 52)


def sample_content(
    hall: Hall, service: str, number: str, *, ticket_class: str = "normal", language: str = "id", issued: datetime
) -> TicketContent:
    """Return what a ticket of this service would say, with an invented place in the queue and an invented code."""
    of, agency = hall.services[service], hall.agency_of[service]
    form = hall.ticket
    return TicketContent(
        hall={"id": hall.hall.name, "en": hall.hall.name_en or hall.hall.name},
        agency={"id": agency.name, "en": agency.name_en or agency.name},
        service={"id": of.name("id"), "en": of.name("en")},
        number=number,
        ticket_class=ticket_class,
        ahead=PEOPLE_AHEAD if form.show_position else None,
        zone=zone_names(hall.zone_by_id[agency.zone]),
        counters=own_counters(hall, agency, of),
        issued_ms=round(issued.timestamp() * 1000),
        timezone=hall.hall.timezone,
        zone_abbr=hall.hall.zone_abbr,
        requirements=list(of.requirements) if form.show_requirements else [],
        footer={"id": form.footer_id, "en": form.footer_en},
        language=language,
        code=CODE if form.qr else "",
        qr=ticket_page(hall) if form.qr else "",
        trial=False,
        promise=[round(issued.timestamp() * 1000) + minutes * 60_000 for minutes in EXPECTED_MINUTES],
    )


def zone_names(zone: Zone) -> dict[str, str]:
    """Return a zone's name in two languages."""
    return {"id": zone.name_id, "en": zone.name_en or zone.name_id}


def own_counters(hall: Hall, agency: Agency, service: Service) -> list[int]:
    """Return the counters of the agency that serve the service first of all."""
    return [c.number for c in hall.counters if c.agency == agency.id and service.id in c.services]


def ticket_page(hall: Hall) -> str:
    """Return the address that a ticket's QR would lead to, the code alone where phones reach no page."""
    return f"{hall.hall.public_url.rstrip('/')}/t/{CODE}" if hall.hall.public_url else CODE
