"""May a number be issued now? The one answer for kiosk, panel, head and displays."""

from config.hall import Agency, Hall, Service
from config.hours import Hours, hours_of, last_ticket, next_opening
from config.wording import Words
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State


def may_issue(state: State, service_id: str, now: Moment) -> Refused | None:
    """Return why no number of a service is issued at this moment, None where one is."""
    hall = hall_of(state)
    service = hall.services.get(service_id)
    if service is None:
        return Refused("service_not_found", service=service_id)
    agency = hall.agency_of[service_id]
    return refused_by_day(hall, agency, now) or refused_by_quota(state, service)


def hall_of(state: State) -> Hall:
    """Return the hall of a state; every journal applies one before its first day."""
    if state.hall is None:
        raise Refused("hall_not_set")
    return state.hall


def refused_by_day(hall: Hall, agency: Agency, now: Moment) -> Refused | None:
    """Return what the calendar and the clock say against a number."""
    hours = hours_of(hall, now.date)
    if hours is None or now.date.isoweekday() not in agency.days:
        return weekday_refusal(hall, agency, now)
    return refused_by_clock(hall, agency, hours, now)


def refused_by_clock(hall: Hall, agency: Agency, hours: Hours, now: Moment) -> Refused | None:
    """Return what the clock says against a number on a day of service."""
    closes = hours.close if agency.close is None else min(hours.close, agency.close)
    last = last_ticket(hall, agency, hours)
    if now.minute < min(hall.policy.kiosk_opens, hours.open):
        return Refused("not_open", time=clock(hall.policy.kiosk_opens))
    if now.minute >= closes:
        return Refused("closed", **opening(hall, now))
    if now.minute >= last:
        return Refused("last_ticket", time=clock(last))
    return None


def refused_by_quota(state: State, service: Service) -> Refused | None:
    """Return what the day's quota says against a number; nothing books yet, so all of it is for walk-ins."""
    if service.daily_quota is not None and (state.given.get(service.id) or 0) >= service.daily_quota:
        return Refused("quota_full", service=service.name_id, service_en=service.name("en"))
    return None


def weekday_refusal(hall: Hall, agency: Agency, now: Moment) -> Refused:
    """Return the refusal of a day without service."""
    return Refused("weekday", agency=agency.short or agency.name, **opening(hall, now))


def opening(hall: Hall, now: Moment) -> dict[str, str]:
    """Return the words for when the hall opens next."""
    found = next_opening(hall, now.date)
    if found is None:
        return {"day": "-", "day_en": "-", "time": "-"}
    day, minute = found
    return {"day": Words("id").weekday(day), "day_en": Words("en").weekday(day), "time": clock(minute)}


def clock(minute: int) -> str:
    """Return a minute of the day as the hall writes it."""
    return Words("id").minute(minute)
