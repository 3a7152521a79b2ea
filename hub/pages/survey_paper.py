"""The survey on paper: the sheet that is published, and the evidence for PEKPPP. Printed from any browser."""

from datetime import date, datetime

from fastapi import Response

from config.hall import Hall
from config.hours import serving_hours
from config.wording import Words
from hub.report.halls import Halls
from hub.survey.index import EXACT, WEIGHTS, Index, half_up
from hub.survey.report import OpenDay, Report
from web.html import Markup, Part, document, element, hash_of, joined

PAPER_STYLE = """
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 820px; background: #ffffff; color: #0b1f3a; line-height: 1.45;
  font-family: "Plus Jakarta Sans", Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.letterhead { border-bottom: 4px double #0b1f3a; padding-bottom: 12px; margin-bottom: 24px; text-align: center; }
.letterhead p { margin: 0; } .letterhead .name { font-size: 1.375rem; font-weight: 800; }
h1 { font-size: 1.5rem; text-align: center; margin: 0 0 4px; } h2 { font-size: 1.125rem; margin: 28px 0 8px; }
.period { text-align: center; margin: 0 0 24px; color: #43556e; }
.grade { display: flex; gap: 16px; justify-content: center; margin: 0 0 24px; text-align: center; }
.grade div { border: 2px solid #0b1f3a; border-radius: 12px; padding: 12px 16px; flex: 1 1 0; }
.grade dt { font-size: .875rem; color: #43556e; } .grade dd { margin: 0; font-size: 2rem; font-weight: 800; }
.grade small { display: block; font-size: .875rem; font-weight: 500; }
svg { display: block; width: 100%; max-width: 520px; height: auto; margin: 0 auto; }
svg text { fill: #0b1f3a; font-size: 15px; }
table { width: 100%; border-collapse: collapse; break-inside: auto; } tr { break-inside: avoid; }
th, td { border: 1px solid #43556e; padding: 4px 8px; text-align: right; font-size: .9375rem; }
th:first-child, td:first-child, td.text { text-align: left; } th { background: #f6f8fb; }
.method, .small { font-size: .875rem; color: #43556e; }
.sign { margin: 48px 0 0 auto; width: 240px; text-align: center; break-inside: avoid; }
.sign p { margin: 0 0 72px; } .sign div { border-top: 1px solid #0b1f3a; min-height: 24px; }
@media (max-width: 560px) { .grade { flex-direction: column; } .wide { overflow-x: auto; } }
@media print { body { padding: 0; } }
"""
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {hash_of(PAPER_STYLE)}; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
BAR, ROW, PLOT, WIDTH = 16, 52, 350, 410
"""Of the graphic, in the pixels of a phone: a name stands above its bar, the figure behind it."""
MOST = 4


def paper(words: Words, hall: Hall, about: tuple[str, str], report: Report, *, is_evidence: bool) -> Response:
    """Return a sheet to print about (whom, when): the results as published; as evidence with sample and hours too."""
    title = words.say("survey.evidence" if is_evidence else "survey.publication")
    (who, period), index = about, report.whole.index
    identity = hall.hall
    letterhead = element(
        "div",
        element("p", identity.operator) if identity.operator else "",
        element("p", identity.name, class_="name"),
        element("p", identity.address) if identity.address else "",
        class_="letterhead",
    )
    parts: list[Part] = [letterhead, element("h1", title), element("p", who, " · ", period, class_="period")]
    parts += results(words, who, period, report, index) if index else [element("p", words.say("survey.few"))]
    if is_evidence:
        parts += evidence(words, period, report)
    sign = element("div", element("p", words.say("survey.signature")), element("div"), class_="sign")
    text = document(words.language, f"{title} · {identity.short}", PAPER_STYLE, element("main", *parts, sign))
    return Response(text, headers=HEADERS, media_type="text/html")


def results(words: Words, who: str, period: str, report: Report, index: Index) -> list[Part]:
    """Return what must be published: grade, index, number of respondents, and a graphic of the elements."""
    letter, _, name = words.say(f"survey.grade_{index.grade}").partition(" ")
    ikm = words.decimal(index.ikm)
    figures = [
        element("div", element("dt", words.say("survey.index")), element("dd", ikm)),
        element("div", element("dt", words.say("survey.grade")), element("dd", letter, element("small", name))),
        element("div", element("dt", words.say("survey.answers")), element("dd", words.number(report.whole.n))),
    ]
    grade = words.say(f"survey.grade_{index.grade}")
    said = words.say(
        "survey.published_text", n=words.number(report.whole.n), period=period, who=who, ikm=ikm, grade=grade
    )
    return [
        element("dl", *figures, class_="grade"),
        element("p", said),
        bars(words, index),
        element("p", words.say("survey.method", weight=weight_name(words, index)), class_="method"),
    ]


def bars(words: Words, index: Index) -> Markup:
    """Return the means of the elements as bars on a scale from 0 to 4, each with its code, name and figure."""
    rows = []
    for at, (code, mean) in enumerate(index.means.items()):
        name, bar = at * ROW + 18, at * ROW + 26
        length = float(mean) / MOST * PLOT
        rows.append(
            f'<text x="0" y="{name}">{code} {words.say(f"survey.{code}")}</text>'
            f'<rect x="0" y="{bar}" width="{PLOT}" height="{BAR}" fill="#d6e2f0"/>'
            f'<rect x="0" y="{bar}" width="{length:.1f}" height="{BAR}" fill="#0b5cad"/>'
            f'<text x="{WIDTH}" y="{bar + 14}" text-anchor="end" font-weight="700">'
            f"{words.decimal(half_up(mean, 3), 3)}</text>"
        )
    label = words.say("survey.elements")
    return Markup(f'<svg viewBox="0 0 {WIDTH} {len(rows) * ROW}" role="img" aria-label="{label}">{"".join(rows)}</svg>')


def evidence(words: Words, period: str, report: Report) -> list[Part]:
    """Return what the evaluation asks for: values with weights, answers against the sample, hours, publication."""
    result = report.whole
    sample = [
        [words.say(f"survey.{name}"), words.number(value)]
        for name, value in (("visitors", result.visitors), ("needed", result.needed), ("answers", result.n))
    ]
    parts: list[Part] = []
    if result.index:
        weight = result.index.weight
        rows = [[name, mean, weight, weighted] for name, mean, weighted in element_rows(words, result.index)]
        rows.append([words.say("survey.skm"), "", "", words.decimal(half_up(result.index.skm, 3), 3)])
        names = [words.say(f"survey.{name}") for name in ("element", "mean", "weight", "weighted")]
        parts += [element("h2", words.say("survey.elements")), grid(names, rows)]
    parts += [element("h2", words.say("survey.answers")), grid([words.say("survey.period"), period], sample)]
    if report.days:
        names = [words.say(f"survey.{name}") for name in ("date", "official", "first_call", "last_end", "served")]
        rows = [open_day(words, report.halls, each) for each in report.days]
        hint = element("p", words.say("survey.hours_hint"), class_="small")
        parts += [element("h2", words.say("survey.hours")), hint, grid(names, rows)]
    return [*parts, element("h2", words.say("survey.publish")), element("p", words.say("survey.channels", line="…………"))]


def element_rows(words: Words, index: Index) -> list[list[str]]:
    """Return the rows of the elements' table; three decimals, as the regulation's own tables have."""
    weight = WEIGHTS[index.weight]
    return [
        [
            f"{code} {words.say(f'survey.{code}')}",
            *(words.decimal(half_up(value, 3), 3) for value in (mean, mean * weight)),
        ]
        for code, mean in index.means.items()
    ]


def weight_name(words: Words, index: Index) -> str:
    """Return how a weight is called where figures bear it."""
    return words.say("survey.weight_exact" if index.weight == EXACT else "survey.weight_printed")


def open_day(words: Words, halls: Halls, told: OpenDay) -> list[str]:
    """Return a day's official hours, as the hall file of that day said, and its real ones as a row."""
    on = date.fromisoformat(told.date)
    hours = serving_hours(halls.on(on), on)
    official = f"{words.minute(hours.open)}–{words.minute(hours.close)}" if hours else words.say("survey.closed")
    first, last = (
        words.clock(datetime.fromtimestamp(at_ms / 1000, halls.newest.timezone))
        for at_ms in (told.first_ms, told.last_ms)
    )
    return [words.day(on), official, first, last, words.number(told.served)]


def grid(names: list[str], rows: list[list[str]]) -> Markup:
    """Return a table with lines."""
    head = element("tr", *(element("th", name, scope="col") for name in names))
    body = joined(*(element("tr", *(element("td", cell) for cell in row)) for row in rows))
    return element("div", element("table", element("thead", head), element("tbody", body)), class_="wide")
