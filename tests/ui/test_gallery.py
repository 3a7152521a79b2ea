"""The gallery: every part in every theme, nothing clipped, and a picture of it by one command."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.fonts import load_fonts
from ui.gallery import Sheet, picture
from ui.keys import KINDS, Key
from ui.theme import THEMES, Theme


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.mark.parametrize("theme", THEMES, ids=["light", "night", "high contrast"])
def test_every_part_fits_in_every_theme(theme: Theme) -> None:
    sheet = Sheet(theme)

    assert [type(part).__name__ for part in sheet.parts if not part.fits()] == []
    assert {part.kind for part in sheet.parts if isinstance(part, Key)} == set(KINDS)
    sheet.deleteLater()


def test_the_picture_has_all_themes_side_by_side() -> None:
    image = picture()

    grounds = {image.pixelColor(image.width() * (2 * place + 1) // 6, 5).name() for place in range(3)}
    assert grounds == {theme.ground.lower() for theme in THEMES}
