"""Where something does not go, a visitor reads a small page in their language, never JSON."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.hub.pages.visiting import SCORES, Hall

HOME = "tanyakan kepada petugas informasi"


def read_by_a_visitor(answer: httpx.Response, status: int, words: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert words in answer.text
    assert "{" not in answer.text.partition("<main")[2]


def much() -> Iterator[bytes]:
    """Yield a body that announces no length."""
    for _ in range(20):
        yield b"x" * 1000


def test_a_wrong_address_is_told_in_the_language_asked_for(hall_at_work: Hall) -> None:
    for path in ("/t/x/y", "/t/0000000000/nothing", "/skm/instansi-0/nothing", "/skm/a/b/c", "/t/"):
        read_by_a_visitor(hall_at_work.get(path), 404, HOME)
        read_by_a_visitor(hall_at_work.get(f"{path}?lang=en"), 404, "ask the information desk")
    for path in ("/v1/nothing", "/nothing", "/skim"):
        assert hall_at_work.get(path).json()["code"] == "not_found"


def test_bad_forms_are_told_on_a_page(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take(language="en")
    foreign = {"origin": "https://elsewhere.example"}

    read_by_a_visitor(hall_at_work.post(f"/t/{code}"), 405, "There is no such page")
    read_by_a_visitor(hall_at_work.post(f"/t/{code}/cancel", headers=foreign), 403, "cannot take this form")
    read_by_a_visitor(hall_at_work.post("/skm/instansi-0/rating", headers=foreign), 403, "tidak dapat kami terima")
    long = hall_at_work.post(f"/t/{code}/skm", SCORES | {"x": "y" * 9_000})
    read_by_a_visitor(long, 413, f'href="/t/{code}?lang=en"')
    without_length = httpx.post(f"{hall_at_work.hub.url}/skm/instansi-0/survey", content=much())
    read_by_a_visitor(without_length, 413, "terlalu panjang")
    many = httpx.post(f"{hall_at_work.hub.url}/t/{code}/skm", content=b"a&" * 2_500)
    read_by_a_visitor(many, 422, "cannot take this form")


def test_trouble_of_the_hub_is_told_on_a_page_and_a_tablet_goes_back(
    hall_at_work: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = hall_at_work.take()

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("hub.pages.ticket.people_ahead", fails)
    monkeypatch.setattr("hub.pages.tablet.elsewhere", fails)
    start = hall_at_work.get("/skm")

    read_by_a_visitor(hall_at_work.get(f"/t/{code}"), 500, "Nomor antrean Anda tetap berlaku")
    read_by_a_visitor(start, 500, "coba lagi sebentar lagi")
    assert start.headers["refresh"] == "20; url=/skm"


def test_who_goes_away_in_the_middle_of_a_form_is_no_trouble(
    hall_at_work: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    address = urlsplit(hall_at_work.hub.url)
    for path in ("/t/0000000000/skm", "/skm/instansi-0/rating"):
        with socket.create_connection((address.hostname, address.port)) as form:
            form.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nscore".encode())
            assert hall_at_work.get("/skm").status_code == 200
        assert hall_at_work.get("/skm").status_code == 200

    assert caplog.records == []


def test_the_language_can_be_changed_on_the_answer_to_a_form(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.serve()

    assert hall_at_work.post(f"/t/{code}/rating", {"score": "9"}).status_code == 422
    assert "Thank you" in hall_at_work.get(f"/t/{code}/rating?lang=en").text
    assert hall_at_work.get("/skm/instansi-0/rating?lang=en").status_code == 200
