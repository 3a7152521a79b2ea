"""What each key asks of the hub, as the counter stands now."""

import pytest

from config.hall import TicketForm
from counter.keypad.rules import Sight, code_of, display, number_of, steps

SERVICES = ("kk", "ktp")


def sight(ticket: str | None = None, state: str = "open") -> Sight:
    view = {"number": "A017", "state": ticket} if ticket else None
    return Sight(
        counter=5, state=state, ticket=view, waiting=4, letter="A", services=SERVICES, form=TicketForm(),
        all_services=frozenset({*SERVICES, "paspor", "2"}),
    )  # type: ignore[arg-type]  # fmt: skip


def asked(key: str, ticket: str | None = None, state: str = "open", clerk: str | None = None) -> list[str] | str:
    found = steps(key, sight(ticket, state), clerk=clerk, reason="why")
    if isinstance(found, str):
        return found
    return [" ".join([step.path.removeprefix("/v1/counters/5/"), *step.body.values()]) for step in found]


@pytest.mark.parametrize(
    ("key", "deeds"),
    [("N", ["call-next"]), ("R", ["recall"]), ("S", ["miss"]), ("B", ["start"]), ("F", ["finish"]), ("P", ["hold"])],
)
def test_a_key_is_one_deed_while_a_visitor_is_served(key: str, deeds: list[str]) -> None:
    assert asked(key, "serving") == deeds


@pytest.mark.parametrize(("key", "deeds"), [("F", ["start", "finish"]), ("P", ["start", "hold"])])
def test_a_keypad_without_a_start_key_starts_the_service_of_a_visitor_who_was_called(
    key: str, deeds: list[str]
) -> None:
    assert asked(key, "called") == deeds


def test_next_never_ends_what_is_at_the_counter() -> None:
    assert asked("N", "called") == asked("N", "serving") == ["call-next"]


@pytest.mark.parametrize("state", ["closed", "paused"])
@pytest.mark.parametrize(("key", "deed"), [("N", "call-next"), ("C17", "call-number A017 why")])
def test_a_call_opens_a_counter_whose_clerk_is_named(state: str, key: str, deed: str) -> None:
    assert asked(key, state=state, clerk="P05") == ["sign-in P05", "open", deed]
    assert asked(key, state="open", clerk="P05") == [deed]
    assert asked(key, state=state) == [deed]


@pytest.mark.parametrize(("key", "service"), [("Tktp", "ktp"), ("Tpaspor", "paspor"), ("T1", "kk"), ("T2", "2")])
def test_a_transfer_names_a_service_or_its_place_in_the_agency(key: str, service: str) -> None:
    assert asked(key, "serving") == [f"/v1/tickets/A017/transfer {service}"]


@pytest.mark.parametrize("key", ["T", "T0", "T3", "Tnone", "C", "CABC1", "C12345", "C1x", "X", "NN", "", "n", "T²"])
def test_what_means_nothing_is_bad(key: str) -> None:
    assert asked(key, "serving") == "BAD"


def test_nobody_at_the_counter_can_be_sent_on() -> None:
    assert asked("T1") == "EMPTY"


@pytest.mark.parametrize(
    ("typed", "number"), [("17", "A017"), ("0017", "A017"), ("B17", "B017"), ("b017", "B017"), ("AB3", "AB003")]
)
def test_a_number_is_typed_without_its_letter_and_zeros(typed: str, number: str) -> None:
    assert number_of(typed, sight()) == number


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        ("nobody_waiting", "EMPTY"),
        ("nothing_serving", "EMPTY"),
        ("not_signed_in", "CLOSED"),
        ("counter_busy", "BUSY"),
        ("miss_too_early", "BUSY"),
        ("recall_limit", "BAD"),
        ("a_refusal_to_come", "BAD"),
    ],
)
def test_a_refusal_of_the_hub_is_one_of_four_codes(refusal: str, code: str) -> None:
    assert code_of(refusal) == code


def test_the_display_shows_the_number_at_the_counter_or_how_many_wait() -> None:
    assert [display("A017", sight()), display(None, sight()), display(None, None)] == ["A017", "4", "0"]
