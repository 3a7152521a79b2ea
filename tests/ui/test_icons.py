"""The icons: all there, all free to use, in any colour."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui.agency_icons import AGENCY_ICONS, DEFAULT_ICON, agency_icon
from ui.icons import FOLDER, IconMissing, icon

ICONS = sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn_in_one_colour(qapp: QApplication, name: str) -> None:
    image = icon(name, 48, "#0B5CAD").toImage()
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    solid = [pixel for pixel in pixels if pixel.alpha() == 255]

    assert len(solid) > 40
    assert all(near(pixel) for pixel in solid)


def near(pixel: QColor) -> bool:
    """Tell whether a pixel is the wanted colour but for rounding."""
    return all(abs(a - b) <= 2 for a, b in zip(pixel.getRgb()[:3], (0x0B, 0x5C, 0xAD), strict=True))


def test_the_licence_lies_beside_the_icons() -> None:
    assert "MIT License" in (FOLDER / "LICENSE").read_text()


def test_an_icon_that_is_not_there_is_named() -> None:
    with pytest.raises(IconMissing, match="passport"):
        icon("passport", 48, "#000000")


def test_every_agency_has_an_icon_that_exists() -> None:
    assert {*AGENCY_ICONS.values(), DEFAULT_ICON} <= set(ICONS)


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("dukcapil", "id"),
        ("polres", "shield-check"),
        ("dinas-kesehatan", DEFAULT_ICON),
        ("dinkes-kota", "stethoscope"),
        ("pa", "scale"),
        ("papua", DEFAULT_ICON),
    ],
)
def test_an_agency_is_known_by_a_word_in_its_id(agency: str, expected: str) -> None:
    assert agency_icon(agency) == expected
