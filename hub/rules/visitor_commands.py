"""What visitors do from their own phones and at the survey's tablets."""

from dataclasses import dataclass

from hub.rules.command import Command
from hub.rules.survey_events import RatingGiven, SurveyAnswered

Ballot = SurveyAnswered | RatingGiven


@dataclass(frozen=True, slots=True)
class CountBallots(Command):
    """Write answers and ratings down that have lain together in the box, in an order that says nothing."""

    ballots: tuple[Ballot, ...]


@dataclass(frozen=True, slots=True)
class GiveBack(Command):
    """A visitor gives a number back from the phone page of the ticket, also after it was printed."""

    number: str
