"""The sheet of the survey: its nine questions as a form, and what a form that came back says."""

from collections import Counter
from collections.abc import Mapping, Sequence

from config.wording import Words
from hub.pages.visitor import posting
from hub.rules.refusal import Refused
from hub.survey.elements import ASKED, FACTS, SCORES
from web.html import Markup, Part, element

Fields = Sequence[tuple[str, str]]


def sheet(
    words: Words, action: str, about: Sequence[Part], said: Mapping[str, str], *, is_back: bool = False
) -> Markup:
    """Return the form of the survey, with what was said before; marked where an answer lacks if it is back."""
    questions = [question(words, at, element_, said, is_back=is_back) for at, element_ in enumerate(ASKED, 1)]
    facts = [
        chosen(words.say(f"survey.{fact}"), fact, [("", words.say("survey.untold")), *(
            (value, words.say(f"survey.{fact}_{value}")) for value in values)], said.get(fact, ""))
        for fact, values in FACTS.items()
    ]  # fmt: skip
    legend = element("legend", words.say("survey.facts"), element("small", words.say("survey.facts_hint")))
    send = element("button", words.say("survey.send"), type="submit")
    about_you = element("fieldset", legend, element("div", *about, *facts, class_="about"))
    return posting(action, words, *questions, about_you, send)


def question(words: Words, at: int, code: str, said: Mapping[str, str], *, is_back: bool) -> Markup:
    """Return one question: its place on this sheet is shown, its code is what is sent."""
    above = element("small", words.say("survey.question_of", at=at, of=len(ASKED)), " · ", words.say(f"survey.{code}"))
    answers = [
        element("label", radio(code, str(score), is_chosen=said.get(code) == str(score)),
                element("span", words.say(f"survey.{code}_{score}")))
        for score in SCORES
    ]  # fmt: skip
    lacks = {"class_": "lacks"} if is_back and not is_score(said.get(code, "")) else {}
    legend = element("legend", above, words.say(f"survey.{code}_ask"))
    return element("fieldset", legend, element("div", *answers, class_="answers"), **lacks)


def radio(name: str, value: str, *, is_chosen: bool) -> Markup:
    """Return one of the answers to choose from."""
    checked = " checked" if is_chosen else ""
    return Markup(f'<input type="radio" name="{name}" value="{value}" required{checked}>')


def chosen(label: str, name: str, options: Sequence[tuple[str, str]], value: str) -> Markup:
    """Return a list to choose from, under its label."""
    items = [
        element("option", text, value=each, **({"selected": "selected"} if each == value else {}))
        for each, text in options
    ]
    return element("label", label, element("select", *items, name=name), class_="fact")


def is_score(text: str) -> bool:
    """Tell whether a text is one of the scores, written as the form writes them."""
    return text in {str(score) for score in SCORES}


def said_in(fields: Fields) -> dict[str, str]:
    """Return what a form says; Refused where it says something twice."""
    if any(count > 1 for count in Counter(name for name, _ in fields).values()):
        raise Refused("survey_incomplete")
    return dict(fields)


def scores_in(said: Mapping[str, str]) -> dict[str, int]:
    """Return the scores of a form by their codes; Refused where one is missing or is none."""
    if not all(is_score(said.get(code, "")) for code in ASKED):
        raise Refused("survey_incomplete")
    return {code: int(said[code]) for code in ASKED}


def facts_in(said: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that a form tells; whether they are some of those offered is for the rules to say."""
    return {fact: said[fact] for fact in FACTS if said.get(fact)}


def score_in(said: Mapping[str, str]) -> int:
    """Return the score of a quick rating; Refused where it is none."""
    if not is_score(said.get("score", "")):
        raise Refused("rating_unknown")
    return int(said["score"])
