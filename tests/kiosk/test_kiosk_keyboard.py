"""The kiosk by keyboard and numeric keypad alone, and the technician's hidden corner."""

import pytest
from PySide6.QtCore import QPoint, Qt

from kiosk.visit import Screen
from tests.kiosk.fakes import MUARA_ENIM, content_of, job_view, ticket_view
from tests.kiosk.kiosk_at_work import KIOSK, Hall

Key = Qt.Key
CODE = "2468"


def where(hall: Hall) -> str:
    """Return the name of what has the focus."""
    focus = hall.stage.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_a_number_is_taken_by_keyboard_alone(hall: Hall) -> None:
    hall.press(Key.Key_Tab)
    assert where(hall) == "agency:dukcapil"
    hall.press(Key.Key_Return)
    assert (hall.screen, where(hall)) == (Screen.SERVICES, "service:dukcapil-ktp-cetak")
    hall.press(Key.Key_Down, Key.Key_Return)
    assert (hall.screen, where(hall)) == (Screen.BRING, "take")
    hall.press(Key.Key_Return)
    assert hall.commands.hub.asked == [("issue", "dukcapil-kk", "normal", KIOSK, "id")]
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="done")])

    hall.press(Key.Key_Escape)

    assert hall.screen is Screen.AGENCIES


def test_tab_goes_round_in_the_order_in_which_the_screen_is_read(hall: Hall) -> None:
    names = [tap.objectName() for tap in hall.stage.taps()]

    walked = []
    for _ in range(len(names) + 1):
        hall.press(Key.Key_Tab)
        walked.append(where(hall))
    hall.press(Key.Key_Backtab)

    assert walked == [*names, names[0]]
    assert where(hall) == names[-1]


def test_arrows_go_where_the_eye_expects(hall: Hall) -> None:
    hall.press(Key.Key_Tab)
    walked = []
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Up):
        hall.press(key)
        walked.append(where(hall))

    assert walked == ["agency:dpmptsp", "agency:bpjstk", "agency:bpjskes", "agency:dukcapil", "agency:dukcapil"]


def test_what_has_the_focus_has_a_ring(hall: Hall) -> None:
    hall.stage.activateWindow()
    hall.qtbot.waitUntil(hall.stage.isActiveWindow)
    hall.press(Key.Key_Tab)
    tile = hall.stage.scene.grid.tiles[0]

    assert tile.hasFocus()
    assert tile.ring("#000000") == (tile.look.theme.ink, tile.look.px(tile.look.theme.focus))


def test_the_first_key_shows_numbers_and_a_digit_chooses_a_tile(hall: Hall) -> None:
    assert [tile.face.number for tile in hall.stage.scene.grid.tiles[:2]] == ["", ""]
    hall.press(Key.Key_Tab)
    assert [tile.face.number for tile in hall.stage.scene.grid.tiles[:2]] == ["1", "2"]

    hall.type("2")
    hall.type("4")

    assert hall.commands.hub.asked == [("issue", "dpmptsp-aduan", "normal", KIOSK, "id")]


def test_escape_leads_back_from_everywhere(hall: Hall) -> None:
    hall.press(Key.Key_Tab, Key.Key_Return, Key.Key_Return)
    assert hall.screen is Screen.BRING

    hall.press(Key.Key_Escape)
    assert hall.screen is Screen.SERVICES
    hall.press(Key.Key_Escape)
    assert hall.screen is Screen.AGENCIES
    hall.press(Key.Key_Escape)
    assert hall.screen is Screen.AGENCIES


def test_a_search_is_typed(hall: Hall) -> None:
    hall.tap("search")
    hall.type("aktx")
    hall.press(Key.Key_Backspace)
    hall.type("e l")

    assert hall.desk.visit.query == "akte l"
    hall.type("1")
    assert (hall.screen, hall.desk.visit.service) == (Screen.BRING, "dukcapil-akta-lahir")


def test_any_key_wakes_the_screen_that_waits(hall: Hall) -> None:
    hall.seconds.now += 61
    hall.desk.tick()

    hall.press(Key.Key_Space)

    assert hall.screen is Screen.AGENCIES


@pytest.fixture
def coded(unopened: Hall) -> Hall:
    content = content_of(MUARA_ENIM)
    content["kiosks"][0]["service_code"] = CODE
    unopened.open(content)
    return unopened


def tap_corner(hall: Hall, times: int = 5) -> None:
    for _ in range(times):
        hall.qtbot.mouseClick(hall.stage, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_the_technician_finds_the_corner_and_its_way_out(coded: Hall) -> None:
    tap_corner(coded)
    assert coded.screen is Screen.CODE
    for digit in CODE:
        coded.tap(f"digit:{digit}")
    assert coded.stage.scene.code.typed.text() == "\N{BLACK CIRCLE}" * 4
    coded.tap("enter")
    assert coded.screen is Screen.TECHNICIAN

    with coded.qtbot.waitSignal(coded.desk.leaving):
        coded.tap("end")


def test_the_code_can_be_typed(coded: Hall) -> None:
    tap_corner(coded)
    coded.type(CODE)
    coded.press(Key.Key_Enter)

    assert coded.screen is Screen.TECHNICIAN


def test_the_corner_opens_when_the_hub_is_away(coded: Hall) -> None:
    coded.feed.lose()
    tap_corner(coded)
    assert coded.screen is Screen.CODE

    coded.tap("back")

    assert coded.screen is Screen.AWAY


def test_taps_elsewhere_or_without_a_code_open_nothing(hall: Hall) -> None:
    tap_corner(hall, times=6)

    assert hall.screen is Screen.AGENCIES


def test_a_visitor_who_taps_beside_the_corner_meets_no_code(coded: Hall) -> None:
    for _ in range(6):
        coded.qtbot.mouseClick(coded.stage, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))

    assert coded.screen is Screen.AGENCIES


def test_the_technician_sees_the_hub_go(coded: Hall) -> None:
    tap_corner(coded)
    coded.type(CODE)
    coded.press(Key.Key_Enter)
    values = coded.stage.scene.technician.values
    assert values[3].text() == "Tersambung"

    coded.feed.lose()

    assert values[3].text() == "Terputus"
