"""Which icon an agency has: a table of words that stand in agencies' ids."""

AGENCY_ICONS = {
    "dukcapil": "id",
    "dinsos": "heart-handshake",
    "sosial": "heart-handshake",
    "kemenag": "building-mosque",
    "kua": "building-mosque",
    "dpmptsp": "building-store",
    "izin": "certificate",
    "disnaker": "briefcase",
    "naker": "briefcase",
    "bpjskes": "heartbeat",
    "bpjstk": "helmet",
    "taspen": "pig-money",
    "asabri": "pig-money",
    "samsat": "car",
    "bapenda": "receipt-tax",
    "pajak": "file-percent",
    "kpp": "file-percent",
    "bank": "building-bank",
    "bsb": "building-bank",
    "bri": "building-bank",
    "polres": "shield-check",
    "polda": "shield-check",
    "imigrasi": "world",
    "kejari": "gavel",
    "kejaksaan": "gavel",
    "pengadilan": "scale",
    "pn": "scale",
    "pa": "scale",
    "bpn": "map-2",
    "pertanahan": "map-2",
    "pln": "bolt",
    "pdam": "droplet",
    "pos": "mail",
    "dinkes": "stethoscope",
    "disdik": "school",
    "distan": "plant-2",
}
DEFAULT_ICON = "building-community"


def agency_icon(agency: str) -> str:
    """Return the icon of an agency by its id: the whole id first, then the longest word it contains."""
    if agency in AGENCY_ICONS:
        return AGENCY_ICONS[agency]
    held = [word for word in AGENCY_ICONS if len(word) > 2 and word in agency]
    return AGENCY_ICONS[max(held, key=len)] if held else DEFAULT_ICON
