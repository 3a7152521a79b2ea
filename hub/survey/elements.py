"""What the survey asks: the nine elements of PermenPANRB 14/2017 by their codes, and the facts a visitor may add."""

ELEMENTS = ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9")
"""The regulation's list: U8 is the handling of complaints, suggestions and input, U9 the facilities."""
ASKED = ("U1", "U2", "U3", "U4", "U5", "U6", "U7", "U9", "U8")
"""The order of the sample questionnaire in its annex, which asks of facilities before complaints: hence codes only."""
SCORES = (1, 2, 3, 4)
"""Of each answer, the worst first."""
FACTS = {
    "sex": ("male", "female"),
    "education": ("primary", "junior", "senior", "diploma", "bachelor", "postgraduate"),
    "occupation": ("civil", "uniformed", "private", "business", "farmer", "student", "home", "other"),
}
"""What a visitor may tell of themselves, and the answers each fact has; nobody has to."""
HALVES = ("morning", "afternoon")
"""The hour of an answer is kept no finer: by the minute it would point at a ticket."""
WAYS = ("tablet", "code")
NOON_MINUTE = 12 * 60


def half_of(minute: int) -> str:
    """Return the half of the day that a minute after midnight falls into."""
    return HALVES[minute >= NOON_MINUTE]
