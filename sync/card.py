"""An invitation on one line, as a QR code holds it: "antrean:enrol?region=…&hall=…&code=…" (RFC 3986)."""

from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

SCHEME, PATH = "antrean", "enrol"


@dataclass(frozen=True, slots=True)
class Card:
    """All that a hall needs to enrol: the region's address, the hall's id, and the one-time code."""

    region: str
    hall: str
    code: str

    def text(self) -> str:
        """Return the line."""
        return f"{SCHEME}:{PATH}?{urlencode(asdict(self))}"


def card_in(text: str) -> Card | None:
    """Return the invitation that a text is, None where it is another text, such as a code alone."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    if (parts.scheme, parts.path) != (SCHEME, PATH):
        return None
    told = parse_qs(parts.query)
    values = [told.get(name, [""])[-1] for name in ("region", "hall", "code")]
    return Card(*values) if all(values) else None
