"""Why no number is given and from when on there is one: short lines for tiles, else the hub's own words."""

from collections.abc import Mapping
from datetime import date

from config.hall import Agency, Hall
from config.hours import serving_hours
from config.wording import Words
from hub.client.views import ServiceView

AGAIN = ("closed", "last_ticket", "quota_full", "weekday", "holiday", "agency_gone")
"""Reasons that hold until another day."""


def why(words: Words, view: ServiceView, hall: Hall, agency: Agency, today: date) -> tuple[str, ...]:
    """Return why a service gives no number, in a few words, and where it is known from when on."""
    code = view["refusal"] or ""
    opens = words.minute(hall.policy.kiosk_opens)
    if code == "not_open":
        return (words.say("kiosk.why_not_open", time=opens),)
    key = f"kiosk.why_{code}"
    reason = words.say(key)
    if reason == key:
        return (in_language(view.get("words", {}), words.language) or words.say("kiosk.why_other"),)
    again = next_numbers(hall, agency, today) if code in AGAIN else None
    if again is None:
        return (reason,)
    return reason, words.say("kiosk.again", day=words.weekday(again), time=opens)


def next_numbers(hall: Hall, agency: Agency, today: date) -> date | None:
    """Return the next day on which an agency gives numbers, None where there is none within a month."""
    for ahead in range(1, 32):
        day = date.fromordinal(today.toordinal() + ahead)
        if day.isoweekday() in agency.days and serving_hours(hall, day) is not None:
            return day
    return None


def in_language(words: Mapping[str, str], language: str) -> str:
    """Return a sentence in a language, in Indonesian where there is no other."""
    return words.get(language) or words.get("id", "")
