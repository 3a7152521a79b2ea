"""The hall file says which keypad and which numpad belong to which counter, and is checked."""

from typing import Any

import pytest

from bench.hall import generated_hall
from config.hall import Hall
from config.load import Content, HallFileError, hall_from
from counter.keypad.binding import keypads, numpad

BY_PATH = "/dev/input/by-path/pci-0000:00:14.0-usb-0:1.2:1.0-event-kbd"


def content_with(**places: list[str]) -> Content:
    """Return a hall file whose first counters have these keypads or numpads."""
    content = generated_hall(agencies=1)
    for key, values in places.items():
        for counter, value in zip(content["counters"], values, strict=False):
            counter[key] = value
    return content


def hall_with(**places: Any) -> Hall:
    return hall_from(content_with(**places))


def mistakes(**places: Any) -> list[tuple[str, str]]:
    with pytest.raises(HallFileError) as refused:
        hall_from(content_with(**places))
    return [(mistake.key, mistake.code) for mistake in refused.value.mistakes]


def test_keypads_of_one_line_belong_to_counters_by_their_address() -> None:
    hall = hall_with(keypad=["/dev/ttyUSB0#07", "", "/dev/ttyUSB0#08", "/dev/ttyUSB1"])

    assert keypads(hall, "/dev/ttyUSB0") == {7: 1, 8: 3}
    assert keypads(hall, "/dev/ttyUSB1") == {0: 4}
    assert keypads(hall, "/dev/ttyUSB2") == {}


def test_a_port_may_be_there_on_several_machines() -> None:
    hall = hall_with(keypad=["/dev/ttyUSB0@pc-1", "/dev/ttyUSB0@pc-2"], numpad=["usb-0:1.2@pc-1", "usb-0:1.2@pc-2"])

    assert [keypads(hall, "/dev/ttyUSB0", pc) for pc in ("pc-1", "pc-2", "pc-3")] == [{0: 1}, {0: 2}, {}]
    assert [numpad(hall, BY_PATH, pc) for pc in ("pc-1", "pc-2", "pc-3")] == [1, 2, None]


@pytest.mark.parametrize(
    ("path", "counter"),
    [
        (BY_PATH, 1),
        (BY_PATH.replace("usb-", "usbv2-"), 1),
        (BY_PATH.replace("1.2:", "1.20:"), None),
        ("/dev/input/loket-2", 2),
        ("/dev/input/event3", None),
    ],
)
def test_a_numpad_belongs_to_a_counter_by_its_usb_port_or_its_own_name(path: str, counter: int | None) -> None:
    assert numpad(hall_with(numpad=["usb-0:1.2", "/dev/input/loket-2"]), path) == counter


@pytest.mark.parametrize("value", ["ttyUSB0", "/dev/ttyUSB0#7", "/dev/ttyUSB0#00", "/dev/ttyUSB0#07@", "/dev/tty USB"])
def test_a_keypad_without_a_port_or_with_half_an_address_is_a_mistake(value: str) -> None:
    assert mistakes(keypad=[value]) == [("counters[1].keypad", "keypad")]


@pytest.mark.parametrize("value", ["1.2", "usb-1.2", "usb-0:1.2:1.0", "usb-0:1.2#07", "04d9:1203"])
def test_a_numpad_without_a_usb_port_is_a_mistake(value: str) -> None:
    assert mistakes(numpad=[value]) == [("counters[1].numpad", "numpad")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/dev/ttyUSB0#07", "/dev/ttyUSB0#07"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0#07"),
        ("/dev/ttyUSB0@pc-1", "/dev/ttyUSB0"),
    ],
)
def test_a_keypad_of_two_counters_is_a_mistake(first: str, second: str) -> None:
    assert mistakes(keypad=[first, second]) == [("counters[2].keypad", "keypad_taken")]


def test_a_numpad_of_two_counters_is_a_mistake_that_says_what_to_write() -> None:
    with pytest.raises(HallFileError) as refused:
        hall_from(content_with(numpad=["usb-0:1.2", "usb-0:1.2"]))

    assert refused.value.mistakes[0].wrong() == "usb-0:1.2 sudah dipakai loket 1."
    assert "@pc-7" in refused.value.mistakes[0].remedy()
