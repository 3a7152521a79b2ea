"""The codes that open kiosks' technician's corners: of the hall file as it stands, never in the journal."""

from collections.abc import Mapping
from typing import Any

from config.load import Content

FIELD = "service_code"


def codes_in(content: Content) -> dict[str, str]:
    """Return the code of each kiosk of a hall file that has one."""
    return {kiosk["id"]: kiosk[FIELD] for kiosk in content.get("kiosks", []) if kiosk.get(FIELD)}


def without_codes(content: Content) -> Content:
    """Return a hall file's content without any code."""
    kiosks = [{name: kiosk[name] for name in kiosk if name != FIELD} for kiosk in content.get("kiosks", [])]
    return {**content, "kiosks": kiosks} if kiosks else content


def with_code(content: Content, kiosk: str, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return a content with the code of one kiosk alone."""
    bare = without_codes(content)
    if kiosk not in codes:
        return bare
    kiosks = bare.get("kiosks", [])
    return {**bare, "kiosks": [{**view, FIELD: codes[kiosk]} if view["id"] == kiosk else view for view in kiosks]}
