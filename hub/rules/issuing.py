"""May a number be issued now? The one answer for kiosk, panel, head and displays."""

from config.hall import Agency, Hall, Service
from config.hours import EVERY_DAY, Hours, hours_of, last_ticket, next_opening
from config.wording import Words
from hub.rules.refusal import Refused
from hub.rules.state import Force, Milliseconds, Moment, State, moment


def may_issue(state: State, service_id: str, now: Moment) -> Refused | None:
    """Return why no number of a service is issued at this moment, None where one is.

    The head's word first, service before agency before hall; then the calendar, the clock, the quota, and a pause. A
    hall forced open gives numbers whatever calendar and clock say.
    """
    hall = hall_of(state)
    service = hall.services.get(service_id)
    if service is None:
        return Refused("service_not_found", service=service_id)
    agency = hall.agency_of[service_id]
    force = force_on(state, service, agency, now.ms)
    if force and force.mode == "closed":
        return Refused("forced_closed", reason=force.reason)
    by_time = None if force else refused_by_day(state, hall, agency, now)
    return by_time or refused_by_quota(state, service) or refused_by_pause(state, service, now)


def hall_of(state: State) -> Hall:
    """Return the hall of a state; every journal applies one before its first day."""
    if state.hall is None:
        raise Refused("hall_not_set")
    return state.hall


def force_on(state: State, service: Service, agency: Agency, now_ms: Milliseconds) -> Force | None:
    """Return the head's word on a service, the narrowest that still holds."""
    for scope in (f"service:{service.id}", f"agency:{agency.id}", "hall"):
        force = state.forces.get(scope)
        if force and (force.until_ms is None or now_ms < force.until_ms):
            return force
    return None


def refused_by_day(state: State, hall: Hall, agency: Agency, now: Moment) -> Refused | None:
    """Return what the calendar and the clock say against a number."""
    holiday = hall.closed_dates.get(now.date)
    if holiday:
        return Refused("holiday", holiday=holiday.name_id, holiday_en=holiday.name("en"), **opening(hall, now))
    hours = hours_of(hall, now.date)
    if hours is None or now.date.isoweekday() not in agency.days:
        return Refused("weekday", agency=agency.short or agency.name, **opening(hall, now, agency))
    return refused_by_clock(hall, agency, hours, now) or refused_by_absence(state, hall, agency, hours, now)


def refused_by_clock(hall: Hall, agency: Agency, hours: Hours, now: Moment) -> Refused | None:
    """Return what the clock says against a number on a day of service."""
    opens = min(hall.policy.kiosk_opens, hours.open)
    if now.minute < opens:
        return Refused("not_open", time=clock(opens))
    if now.minute >= hours.close:
        return Refused("closed", **opening(hall, now))
    if agency.close is not None and now.minute >= agency.close:
        return Refused("agency_gone", agency=agency.short or agency.name, time=clock(agency.close))
    pause = Hours(hours.open, hours.close, (*hours.breaks, *agency.breaks)).pause_at(now.minute)
    if pause and not hall.policy.numbers_in_breaks:
        return Refused("break", time=clock(pause.end))
    last = last_ticket(hall, agency, hours)
    return Refused("last_ticket", time=clock(last)) if now.minute >= last else None


def refused_by_absence(state: State, hall: Hall, agency: Agency, hours: Hours, now: Moment) -> Refused | None:
    """Return what the agency's empty counters say against a number: it never came today, or all have gone home."""
    name = agency.short or agency.name
    if agency.id not in state.came:
        late = now.minute >= hours.open + hall.policy.agency_absent_minutes
        return Refused("agency_absent", agency=name) if late else None
    own = [counter.number for counter in hall.counters if counter.agency == agency.id]
    gone = all(state.counter(number).state == "closed" for number in own)
    return Refused("agency_gone", agency=name, time=clock(now.minute)) if gone else None


def refused_by_quota(state: State, service: Service) -> Refused | None:
    """Return what the day's quota says against a number; nothing books yet, so all of it is for walk-ins."""
    if state.trial or service.daily_quota is None or (state.given.get(service.id) or 0) < service.daily_quota:
        return None
    return Refused("quota_full", service=service.name_id, service_en=service.name("en"))


def refused_by_pause(state: State, service: Service, now: Moment) -> Refused | None:
    """Return what a pause of the service says against a number."""
    pause = state.paused.get(service.id)
    if pause is None or (pause.until_ms is not None and now.ms >= pause.until_ms):
        return None
    hall = hall_of(state)
    if pause.until_ms is None:
        return Refused("service_paused", reason=pause.reason)
    return Refused("service_paused_until", reason=pause.reason, time=clock(moment(hall, pause.until_ms).minute))


def opening(hall: Hall, now: Moment, agency: Agency | None = None) -> dict[str, str]:
    """Return the words for when the hall opens next, or when an agency is there next."""
    found = next_opening(hall, now.date, agency.days if agency else EVERY_DAY)
    if found is None:
        return {"day": "-", "day_en": "-", "time": "-"}
    day, minute = found
    return {"day": Words("id").weekday(day), "day_en": Words("en").weekday(day), "time": clock(minute)}


def clock(minute: int) -> str:
    """Return a minute of the day as the hall writes it."""
    return Words("id").minute(minute)
