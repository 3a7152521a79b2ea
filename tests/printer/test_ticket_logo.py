"""A hall's logo: read once from its file, black and white dots from then on, carried within the hall's content."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from config.load import Content, HallFileError, hall_from, load, read
from config.logo import LARGEST_BYTES, SIZE, is_packed, packed, unpacked
from printer.layout import Layout, Logo
from printer.raster import HEADS, draw
from tests.conftest import HALLS


def hall_file(folder: Path, logo: str) -> Path:
    """Write an example hall with a logo, and return its path."""
    text = (HALLS / "mpp-muara-enim.toml").read_text()
    path = folder / "hall.toml"
    path.write_text(text.replace("[ticket]\n", f"[ticket]\nlogo = {logo!r}\n", 1))
    return path


def photo(path: Path, size: tuple[int, int] = (1200, 600), mode: str = "RGB") -> Path:
    """Write a picture with a gradient, which must be dithered."""
    Image.linear_gradient("L").resize(size).convert(mode).save(path)
    return path


def opened(logo: str) -> Image.Image:
    data = unpacked(logo)
    assert data
    return Image.open(BytesIO(data))


def mistakes(path: Path) -> list[tuple[str, str, bool]]:
    with pytest.raises(HallFileError) as refused:
        load(path)
    return [(found.key, found.code, bool(found.line)) for found in refused.value.mistakes]


def test_a_logo_is_found_beside_the_hall_file_and_travels_in_its_content(tmp_path: Path) -> None:
    photo(tmp_path / "logo.png")
    path = hall_file(tmp_path, "logo.png")

    hall = load(path)

    assert is_packed(hall.ticket.logo)
    assert read(path)["ticket"]["logo"] == hall.ticket.logo
    assert hall_from(read(path)) == hall


@pytest.mark.parametrize("size", [(1200, 600), (4000, 40), (40, 4000), (384, 96), (3, 3)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P"])
def test_a_logo_is_black_and_white_and_fits_on_the_narrowest_paper(
    tmp_path: Path, size: tuple[int, int], mode: str
) -> None:
    with opened(packed(photo(tmp_path / "logo.png", size, mode))) as picture:
        assert picture.mode == "1"
        assert picture.width <= SIZE[0]
        assert picture.height <= SIZE[1]


def test_a_small_logo_is_not_enlarged(tmp_path: Path) -> None:
    with opened(packed(photo(tmp_path / "logo.png", (120, 40)))) as picture:
        assert picture.size == (120, 40)


def test_what_is_transparent_is_white_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(tmp_path / "logo.png")

    with opened(packed(tmp_path / "logo.png")) as picture:
        assert picture.getextrema() == (255, 255)


def test_a_logo_adds_little_to_what_every_screen_is_told(tmp_path: Path) -> None:
    assert len(packed(photo(tmp_path / "logo.png"))) < 8_000


def test_a_missing_logo_is_told_with_its_line_beside_all_other_mistakes(tmp_path: Path) -> None:
    path = hall_file(tmp_path, "lambang.png")
    path.write_text(path.read_text().replace("first_number = 1 ", "first_number = 0 "))

    assert mistakes(path) == [("ticket.logo", "logo_missing", True), ("ticket.first_number", "above", True)]
    with pytest.raises(HallFileError):
        read(path)


def test_a_logo_that_is_no_picture_is_told(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("bukan gambar")

    assert mistakes(hall_file(tmp_path, "logo.png")) == [("ticket.logo", "logo_broken", True)]


def test_a_logo_cut_off_in_the_middle_is_told(tmp_path: Path) -> None:
    whole = photo(tmp_path / "whole.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[: len(whole) // 2])

    assert mistakes(hall_file(tmp_path, "logo.png")) == [("ticket.logo", "logo_broken", True)]


@pytest.mark.parametrize("huge", ["bytes", "pixels", "bomb"])
def test_a_huge_logo_is_told(tmp_path: Path, huge: str) -> None:
    logo = tmp_path / "logo.png"
    if huge == "bytes":
        logo.write_bytes(bytes(LARGEST_BYTES + 1))
    else:
        Image.new("1", (4001, 10) if huge == "pixels" else (20_000, 20_000)).save(logo)

    assert mistakes(hall_file(tmp_path, "logo.png")) == [("ticket.logo", "logo_too_large", True)]


@pytest.mark.parametrize("name", ["../nowhere/logo.png", ".", "logo\\u0000.png"])
def test_a_name_of_no_file_is_a_missing_logo(tmp_path: Path, name: str) -> None:
    path = hall_file(tmp_path, "logo.png")
    path.write_text(path.read_text().replace("'logo.png'", f'"{name}"'))

    assert mistakes(path) == [("ticket.logo", "logo_missing", True)]


def test_every_mistake_of_a_logo_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(HallFileError) as refused:
        load(hall_file(tmp_path, "lambang.png"))
    found = refused.value.mistakes[0]

    assert found.wrong("id") == "Gambar lambang.png tidak ada."
    assert found.remedy("en") == "Put it into the folder of this hall file, or remove this key."


@pytest.mark.parametrize("logo", ["logo.png", "AAAA", b64encode(b"GIF89a").decode()])
def test_a_content_from_elsewhere_whose_logo_is_not_data_is_refused(content: Content, logo: str) -> None:
    sent = read(HALLS / "mpp-muara-enim.toml")

    with pytest.raises(HallFileError) as refused:
        hall_from({**sent, "ticket": {**sent["ticket"], "logo": logo}})

    assert [(found.key, found.code) for found in refused.value.mistakes] == [("ticket.logo", "logo_broken")]


def test_a_logo_that_is_larger_than_the_paper_is_refused_as_data() -> None:
    file = BytesIO()
    Image.new("1", (SIZE[0] + 1, 10)).save(file, "PNG")

    assert not is_packed(b64encode(file.getvalue()).decode())


def test_a_hall_without_a_logo_has_none() -> None:
    assert unpacked(load(HALLS / "mpp-muara-enim.toml").ticket.logo) is None


@pytest.mark.usefixtures("fonts")
def test_a_logo_is_printed_dot_for_dot_in_the_middle(tmp_path: Path) -> None:
    dots = Image.new("1", (100, 50), 1)
    ImageDraw.Draw(dots).rectangle((0, 0, 9, 49), fill=0)
    dots.save(tmp_path / "logo.png")
    logo = unpacked(packed(tmp_path / "logo.png"))
    assert logo

    picture = draw(Layout((Logo(logo),)), HEADS[58]).image()

    left = (384 - 100) // 2
    assert picture.size == (384, 50)
    assert picture.crop((left, 0, left + 100, 50)).tobytes() == dots.tobytes()
    assert picture.histogram()[0] == 10 * 50
