"""What a screen says while nobody is being called: a greeting that fits the hour, and the hall's hours. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from config.hall import Break, Hall
from config.hours import Hours, next_opening, serving_hours
from config.wording import Words


@dataclass(frozen=True, slots=True)
class Greeting:
    """A few words for a quiet hall: what to know now, a sentence to it, and the hours of today."""

    title: str
    rest: str
    hours: tuple[str, ...] = ()


def greeting(hall: Hall, moment: datetime, words: Words) -> Greeting:
    """Return what to say at this moment of the hall's day: closed, not open yet, a break, over, or welcome."""
    hours = serving_hours(hall, moment.date())
    if hours is None:
        return Greeting(words.say("display.closed_today"), opens_again(hall, moment.date(), words))
    minute = moment.hour * 60 + moment.minute
    pause = hours.pause_at(minute)
    told = tuple(hours_lines(hall, hours, words))
    if minute < hours.open:
        return Greeting(*before(hall, hours, words, minute), told)
    if minute >= hours.close:
        return Greeting(words.say("display.day_over"), words.say("display.day_over_rest"))
    if pause:
        return Greeting(timed("display.on_break", pause.end, hall, words), words.say("display.on_break_rest"), told)
    return Greeting(words.say("display.welcome"), words.say("display.welcome_rest"), told)


def before(hall: Hall, hours: Hours, words: Words, minute: int) -> tuple[str, str]:
    """Return the two sentences before opening: when it opens, and from when numbers are given."""
    title = timed("display.opens_later", hours.open, hall, words)
    kiosk = min(hall.policy.kiosk_opens, hours.open)
    if minute < kiosk:
        return title, timed("display.numbers_from", kiosk, hall, words)
    return title, words.say("display.welcome_rest")


def hours_lines(hall: Hall, hours: Hours, words: Words) -> list[str]:
    """Return today's hours and breaks, a line each."""
    opening, closing = words.minute(hours.open), words.minute(hours.close)
    told = words.say("display.hours_today", open=opening, close=closing, zone=hall.hall.zone_abbr)
    return [told, *(pause_line(pause, words) for pause in hours.breaks)]


def pause_line(pause: Break, words: Words) -> str:
    """Return a break's line, "Istirahat pukul 12.00–13.00"."""
    name = (pause.name_en or words.say("display.pause")) if words.language == "en" else pause.name_id
    return words.say("display.pause_today", name=name, start=words.minute(pause.start), end=words.minute(pause.end))


def opens_again(hall: Hall, today: date, words: Words) -> str:
    """Return when the hall opens next, nothing where it never does."""
    found = next_opening(hall, today)
    if found is None:
        return ""
    day, minute = found
    return words.say("display.opens_again", day=words.day(day), time=words.minute(minute), zone=hall.hall.zone_abbr)


def timed(key: str, minute: int, hall: Hall, words: Words) -> str:
    """Return a sentence that names a time of the day and the hall's time zone."""
    return words.say(key, time=words.minute(minute), zone=hall.hall.zone_abbr)


def ticker(hall: Hall, words: Words) -> tuple[str, ...]:
    """Return the sentences that run along the bottom in one language: the hall's own, free of charge, complaints."""
    own = hall.ticket.footer_en if words.language == "en" else hall.ticket.footer_id
    said = [own, words.say("display.ticker_free"), words.say("display.ticker_ready")]
    if hall.hall.complaints:
        said.append(words.say("display.ticker_complaints", complaints=hall.hall.complaints))
    return tuple(sentence for sentence in said if sentence)
