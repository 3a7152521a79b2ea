"""What visitors say of the service. No number, no visit and no clock time: nothing that leads to who said it."""

from dataclasses import dataclass

from hub.rules.event import Event, kind


@kind("survey.answered")
@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    """Somebody has answered the nine questions about an agency's service ("" where it was not told).

    `scores` are 1 to 4 by element code U1 to U9; `date` is the ISO day and `half` its half, "morning" or "afternoon";
    `facts` what the visitor chose to tell; `way` is "tablet" or "code".
    """

    agency: str
    service: str
    scores: dict[str, int]
    facts: dict[str, str]
    date: str
    half: str
    way: str
    trial: bool


@kind("rating.given")
@dataclass(frozen=True, slots=True)
class RatingGiven(Event):
    """Somebody has touched one of four faces, 1 (worst) to 4: a quick rating, no part of the survey."""

    agency: str
    service: str
    score: int
    date: str
    way: str
    trial: bool
