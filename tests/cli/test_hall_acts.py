"""The head's deeds from a terminal, on a hub that runs."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from cli.main import app
from hub.acts import ACTS
from hub.client.http import CommandRefused
from hub.rules.refusal import Refused
from journal.line import decode
from journal.store import read_lines, reading_end
from tests.conftest import monday
from tests.hub.conftest import Running, hub, start

__all__ = ["hub", "start"]


def run(running: Running, *words: str, typed: str = "") -> str:
    """Return what a command prints; it must end well."""
    found = CliRunner().invoke(app, ["hall", *words, "--data", str(running.data)], input=typed, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def view(running: Running, kind: str, name: str, value: object) -> dict[str, object]:
    """Return one thing of the hub's state."""
    return next(found for found in running.head.state()[kind] if found[name] == value)


def test_the_hall_is_closed_opened_and_given_back_to_its_hours(hub: Running) -> None:
    run(hub, "close", "agency:instansi-0", "--reason", "listrik padam", "--until", "14:30")
    closed = view(hub, "services", "service", "layanan-0-0")
    run(hub, "hours-rule", "agency:instansi-0")

    assert closed["refusal"] == "forced_closed"
    assert view(hub, "services", "service", "layanan-0-0")["refusal"] is None
    run(hub, "open", "hall", "--reason", "buka khusus")
    hub.head.set_clock(monday("14:31"))
    assert view(hub, "services", "service", "layanan-1-0")["refusal"] is None


def test_services_are_paused_and_quotas_and_counters_changed_for_today(hub: Running) -> None:
    run(hub, "pause", "layanan-0-0", "--reason", "blangko habis")
    assert view(hub, "services", "service", "layanan-0-0")["refusal"] == "service_paused"
    run(hub, "resume", "layanan-0-0")
    run(hub, "quota", "layanan-0-0", "0")
    assert view(hub, "services", "service", "layanan-0-0")["refusal"] == "quota_full"
    run(hub, "quota", "layanan-0-0")
    assert view(hub, "services", "service", "layanan-0-0")["refusal"] is None
    run(hub, "assign", "2", "layanan-1-0")
    assert hub.head.state()["hall"]["counters"][1]["services"] == ["layanan-1-0"]
    run(hub, "assign", "2")
    assert len(hub.head.state()["hall"]["counters"][1]["services"]) == 3


def test_numbers_are_moved_taken_back_and_revived(hub: Running) -> None:
    for _ in range(3):
        hub.head.issue("layanan-0-0", kiosk="anjungan-1")
    hub.head.report_printer("anjungan-1-printer", "ONLINE")
    run(hub, "move", "A001", "--service", "layanan-0-1")
    run(hub, "cancel", "A002")
    run(hub, "reprint", "A003", "--reason", "kertas sobek")

    assert view(hub, "tickets", "number", "A001")["service"] == "layanan-0-1"
    assert view(hub, "tickets", "number", "A002")["state"] == "cancelled"
    with pytest.raises(CommandRefused, match="not_missed"):
        run(hub, "revive", "A001")


def test_people_get_accounts_and_machines_lose_their_rights(hub: Running) -> None:
    hub.device("kiosk", "anjungan-8")
    run(hub, "account", "kepala", "--role", "head", typed="482915\n482915\n")
    run(hub, "remove-account", "kepala")
    run(hub, "revoke", "anjungan-8")

    with pytest.raises(CommandRefused, match="device_not_found"):
        run(hub, "revoke", "anjungan-8")


def test_a_counter_closes_with_consent_and_a_trial_begins_and_ends(hub: Running) -> None:
    hub.head.sign_in(1, "P01")
    hub.head.open_counter(1)
    hub.head.issue("layanan-0-0")
    with pytest.raises(CommandRefused, match="tickets_waiting"):
        run(hub, "close-counter", "1")
    run(hub, "close-counter", "1", "--consent")
    run(hub, "trial", "on")

    with closing(reading_end(hub.data)) as connection:
        lines = [decode(raw) for _, raw, _ in read_lines(connection)]
    assert [line.body["by"] for line in lines if line.kind == "counter.closed"] == ["head"]
    assert view(hub, "counters", "counter", 1)["state"] == "closed"
    assert hub.head.issue("layanan-1-0")["ticket"]["trial"]
    run(hub, "trial", "off")


def test_the_state_is_told_for_people_and_programs(hub: Running) -> None:
    hub.head.issue("layanan-0-0")
    told = json.loads(run(hub, "state", "--json"))

    assert told["services"][0]["waiting"] == 1
    assert "layanan-0-0" in run(hub, "state")


@pytest.mark.parametrize(
    ("until", "told"), [("siang", "time_unclear"), ("9.5x", "time_unclear"), ("09:59", "time_past")]
)
def test_a_time_that_is_none_and_one_that_has_passed_are_refused_as_on_the_page(
    hub: Running, until: str, told: str
) -> None:
    with pytest.raises((Refused, CommandRefused)) as refused:
        run(hub, "close", "hall", "--reason", "rapat", "--until", until)

    assert refused.value.code == told


def test_numbers_by_hand_counters_papers_and_help(hub: Running) -> None:
    hub.head.sign_in(1, "P01")
    run(hub, "open-counter", "1")
    number = run(hub, "issue", "layanan-0-0", "--reason", "anjungan rusak").strip()
    hub.head.issue("layanan-0-0", kiosk="anjungan-1")
    run(hub, "settle-paper", "A002", "noted")
    hub.head.call_next(1)
    hub.head.start(1)
    hub.head.hold(1)
    run(hub, "resume-ticket", number)
    run(hub, "pause-counter", "1", "--reason", "salat", "--until", "12:30")
    hub.head.ask_help("staff", "anjungan-1")
    run(hub, "answer-help", "staff@anjungan-1")
    run(hub, "new-roll", "anjungan-1-printer")
    told = json.loads(run(hub, "ticket", number))

    assert (told["ticket"]["number"], told["ticket"]["state"]) == ("A001", "waiting")
    assert [kind for _, kind, _ in told["way"]][:2] == ["ticket.issued", "ticket.called"]
    assert view(hub, "counters", "counter", 1)["state"] == "paused"
    assert hub.head.state()["helps"] == []


def test_every_deed_of_the_page_has_a_command() -> None:
    listed = CliRunner().invoke(app, ["hall", "--help"]).output
    other = {
        "force": "close", "pause-service": "pause", "resume-service": "resume", "set-quota": "quota",
        "assign-counter": "assign", "return": "revive", "resume": "resume-ticket", "transfer": "move",
        "revoke-device": "revoke", "add-clerk": "account", "remove-clerk": "remove-account",
    }  # fmt: skip

    assert [name for name in ACTS if f" {other.get(name, name)} " not in listed] == []
