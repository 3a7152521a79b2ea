"""How long one would wait, said no more exactly than it can be known: rounded outward to five minutes."""

from collections.abc import Iterable

from config.wording import Words
from hub.client.views import ServiceView

STEP_MS = 5 * 60_000
FAR_MIN = 120
"""From so many minutes on a forecast only says that it is long."""


def outward(expected_ms: list[int]) -> tuple[int, int]:
    """Return [earliest, latest] ms from now as minutes, rounded outward to five and never the same."""
    low, high = max(0, expected_ms[0]) // STEP_MS, -(-max(0, expected_ms[1]) // STEP_MS)
    return low * 5, max(high, low + 1) * 5


def forecast(words: Words, view: ServiceView | None) -> str:
    """Return how long a number taken now would wait, "" where nobody knows."""
    expected = view.get("expected_ms") if view is not None else None
    return minutes(words, *outward(expected)) if expected else ""


def forecast_of_all(words: Words, views: Iterable[ServiceView]) -> str:
    """Return in short how long one would wait with an agency: from its quickest service to its slowest."""
    told = (view.get("expected_ms") for view in views if not view["refusal"])
    known = [outward(expected) for expected in told if expected]
    if not known:
        return ""
    low, high = min(low for low, _ in known), max(high for _, high in known)
    return words.say("kiosk.expected_far") if low >= FAR_MIN else words.say("kiosk.expected_short", low=low, high=high)


def minutes(words: Words, low: int, high: int) -> str:
    """Return a span of minutes in words."""
    if low >= FAR_MIN:
        return words.say("kiosk.expected_far")
    if low == 0:
        return words.say("kiosk.expected_soon", high=high)
    return words.say("kiosk.expected", low=low, high=high)
