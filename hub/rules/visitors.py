"""What visitors may do by themselves: give a number back from the phone, and say how they were served."""

from collections.abc import Mapping

from hub.rules import events as ev
from hub.rules.commands import Cancel
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State
from hub.rules.tickets import cancel
from hub.rules.visitor_commands import CountBallots, GiveBack
from hub.survey.elements import ELEMENTS, FACTS, SCORES, half_of

PHONE = "phone"


def give_back(state: State, command: GiveBack, now: Moment) -> list[ev.Event]:
    """Take a waiting number back: who holds its code is its visitor, and frees the place for others."""
    return cancel(state, Cancel(command.number, PHONE, staff=True), now)


def count_ballots(_: State, command: CountBallots) -> list[ev.Event]:
    """Write down what was said; it was checked when it was said, and a hall file may have changed since."""
    return list(command.ballots)


def answered(
    state: State, about: tuple[str, str], scores: Mapping[str, int], facts: Mapping[str, str], way: str, now: Moment
) -> ev.SurveyAnswered:
    """Return an answer about an (agency, service); Refused where a score is missing or is none, or a fact is none."""
    agency, service = checked(state, *about)
    if set(scores) != set(ELEMENTS) or not all(score in SCORES for score in scores.values()):
        raise Refused("survey_incomplete")
    if not all(value in FACTS.get(fact, ()) for fact, value in facts.items()):
        raise Refused("survey_incomplete")
    ordered = {element: scores[element] for element in ELEMENTS}
    return ev.SurveyAnswered(
        agency, service, ordered, dict(sorted(facts.items())), state.date, half_of(now.minute), way, state.trial
    )


def rated(state: State, about: tuple[str, str], score: int, way: str) -> ev.RatingGiven:
    """Return a quick rating of an (agency, service); Refused where it is none of four."""
    agency, service = checked(state, *about)
    if score not in SCORES:
        raise Refused("rating_unknown")
    return ev.RatingGiven(agency, service, score, state.date, way, state.trial)


def checked(state: State, agency: str, service: str) -> tuple[str, str]:
    """Return an agency and its service, "" where it was not told; Refused where the hall does not have them."""
    hall = hall_of(state)
    if agency not in hall.agency_by_id:
        raise Refused("scope_not_found", scope=agency)
    if service and (service not in hall.services or hall.agency_of[service].id != agency):
        raise Refused("service_not_found", service=service)
    return agency, service
