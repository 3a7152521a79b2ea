"""The forecast: rounded outward, and never more exact than it can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.wording import Words
from kiosk.forecast import forecast, forecast_of_all, outward
from tests.kiosk.fakes import service_view

MINUTE = 60_000
ID, EN = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (17, 23, "sekitar 15–25 menit"),
        (15, 25, "sekitar 15–25 menit"),
        (20, 20, "sekitar 20–25 menit"),
        (2, 7, "hingga sekitar 10 menit"),
        (0, 0, "hingga sekitar 5 menit"),
        (130, 190, "lebih dari 2 jam"),
    ],
)
def test_a_forecast_is_rounded_outward_to_five_minutes(low: int, high: int, told: str) -> None:
    view = service_view("dukcapil-kk", expected_ms=[low * MINUTE, high * MINUTE])

    assert forecast(ID, view) == told


def test_what_nobody_knows_is_not_said() -> None:
    assert forecast(ID, service_view("dukcapil-kk")) == ""
    assert forecast(ID, None) == ""
    assert forecast_of_all(EN, [service_view("dukcapil-kk")]) == ""


def test_an_agencys_forecast_spans_those_of_its_services_that_give_numbers() -> None:
    views = [
        service_view("a", expected_ms=[6 * MINUTE, 9 * MINUTE]),
        service_view("b", expected_ms=[17 * MINUTE, 23 * MINUTE]),
        service_view("c", expected_ms=[90 * MINUTE, 99 * MINUTE], refusal="quota_full"),
    ]

    assert forecast_of_all(ID, views) == "±5–25 menit"


@given(low=st.integers(0, 9_000_000), span=st.integers(0, 9_000_000))
def test_what_is_said_holds_what_is_expected(low: int, span: int) -> None:
    early, late = outward([low, low + span])

    assert early * MINUTE <= low <= low + span <= late * MINUTE
    assert early < late
    assert early % 5 == late % 5 == 0
