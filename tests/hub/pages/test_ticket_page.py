"""What a visitor sees of their ticket on the phone, and what nobody else learns from it."""

import re

from hub.survey.elements import ELEMENTS
from journal.verify import verify
from tests.conftest import monday
from tests.hub.pages.visiting import SCORES, TOGETHER, Hall

NUMBER = re.compile(r"\b[AB]\d{3}\b")


def test_who_waits_sees_how_many_are_ahead_and_when_about(hall_at_work: Hall) -> None:
    for _ in range(3):
        hall_at_work.take()
    number, code = hall_at_work.take()

    page = hall_at_work.get(f"/t/{code}").text

    assert number in page
    assert "3 orang" in page
    assert re.search(r"10\.\d\d sampai 1\d\.\d\d WIB", page)


def test_the_page_names_no_other_number(hall_at_work: Hall) -> None:
    for _ in range(4):
        hall_at_work.take()
    number, code = hall_at_work.take()
    hall_at_work.act("call-next")

    assert set(NUMBER.findall(hall_at_work.get(f"/t/{code}").text)) == {number}


def test_who_is_called_is_told_where(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()

    hall_at_work.act("call-next")
    called = hall_at_work.get(f"/t/{code}")
    hall_at_work.act("start")
    serving = hall_at_work.get(f"/t/{code}").text

    assert "Silakan menuju" in called.text
    assert "Loket 1" in called.text
    assert called.headers["refresh"] == f"10; url={code}?lang=id"
    assert "sedang dilayani di loket 1" in serving


def test_who_was_missed_is_told_what_to_do(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.act("call-next")
    for seconds in (30, 60):
        hall_at_work.hub.head.set_clock(monday() + seconds * 1000)
        hall_at_work.act("recall")
    hall_at_work.hub.head.set_clock(monday() + 90_000)
    hall_at_work.act("miss")

    in_time = hall_at_work.get(f"/t/{code}").text
    hall_at_work.hub.head.set_clock(monday("10:40"))
    late = hall_at_work.get(f"/t/{code}").text

    assert "lapor kepada petugas sebelum pukul 10.31 WIB" in in_time
    assert "ambil nomor baru" in late


def test_the_page_speaks_the_language_of_the_ticket_and_can_be_switched(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take(language="en")

    assert "You are in the queue" in hall_at_work.get(f"/t/{code}").text
    assert "Anda sedang dalam antrean" in hall_at_work.get(f"/t/{code}?lang=id").text


def test_wrong_codes_and_expired_ones_get_the_same_warm_answer(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.hub.head.set_clock(monday() + 24 * 3600 * 1000)

    answers = [hall_at_work.get(f"/t/{each}") for each in (code, "0000000000", "x", "ÆÆÆÆÆÆÆÆÆÆ")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Mohon maaf" in answers[0].text
    assert {hall_at_work.post(f"/t/{code}/{deed}").status_code for deed in ("cancel", "skm", "rating")} == {404}


def test_a_code_may_be_typed_as_it_is_misread(hall_at_work: Hall) -> None:
    number, code = hall_at_work.take()
    while not set(code) & set("01"):
        number, code = hall_at_work.take()
    typed = code.lower().replace("0", "o").replace("1", "l")

    assert number in hall_at_work.get(f"/t/{typed}").text
    assert number in hall_at_work.get(f"/skm/code?code={typed}").text


def test_the_page_is_small_and_neither_kept_nor_found(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()

    page = hall_at_work.get(f"/t/{code}")

    assert len(page.content) < 50_000
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]


def test_a_visitor_gives_the_number_back_after_saying_so_twice(hall_at_work: Hall) -> None:
    number, code = hall_at_work.take()

    asked = hall_at_work.get(f"/t/{code}/cancel").text
    before = hall_at_work.hub.head.ask("GET", f"/v1/tickets/{number}")["ticket"]["state"]
    done = hall_at_work.post(f"/t/{code}/cancel").text
    again = hall_at_work.post(f"/t/{code}/cancel")

    assert f"Batalkan nomor {number}?" in asked
    assert before == "waiting"
    assert "sudah dibatalkan" in done
    assert again.status_code == 409
    assert [line.body for line in hall_at_work.lines() if line.kind == "ticket.cancelled"] == [
        {"number": number, "by": "phone"}
    ]


def test_a_form_of_yesterday_touches_no_number_of_today(hall_at_work: Hall) -> None:
    number, yesterday = hall_at_work.take()
    hall_at_work.hub.head.set_clock(monday() + 24 * 3600 * 1000)
    again = hall_at_work.kiosk.issue("layanan-0-0")["ticket"]["number"]

    statuses = [hall_at_work.post(f"/t/{yesterday}/{deed}", SCORES).status_code for deed in ("cancel", "skm", "rating")]

    assert again == number
    assert statuses == [404, 404, 404]
    assert hall_at_work.hub.head.ask("GET", f"/v1/tickets/{number}")["ticket"]["state"] == "waiting"


def test_who_is_called_cannot_cancel_from_the_phone(hall_at_work: Hall) -> None:
    number, code = hall_at_work.take()
    hall_at_work.act("call-next")

    answer = hall_at_work.post(f"/t/{code}/cancel")

    assert answer.status_code == 409
    assert "tidak dapat dibatalkan" in answer.text
    assert hall_at_work.hub.head.ask("GET", f"/v1/tickets/{number}")["ticket"]["state"] == "called"


def test_a_form_from_another_site_is_turned_away(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()

    assert hall_at_work.post(f"/t/{code}/cancel", headers={"origin": "https://elsewhere.example"}).status_code == 403


def test_only_a_served_ticket_says_how_it_was_and_once(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()

    early = hall_at_work.post(f"/t/{code}/skm", SCORES)
    hall_at_work.serve()
    offered = hall_at_work.get(f"/t/{code}").text
    first = hall_at_work.post(f"/t/{code}/skm", SCORES)
    second = hall_at_work.post(f"/t/{code}/skm", SCORES)
    rated = [hall_at_work.post(f"/t/{code}/rating", {"score": "4"}).status_code for _ in range(2)]
    after = hall_at_work.get(f"/t/{code}").text

    assert early.status_code == 404
    assert "Isi survei lengkap" in offered
    assert "Penilaian cepat" in offered
    assert "Terima kasih. Penilaian Anda" in first.text
    assert second.status_code == 409
    assert rated == [200, 409]
    assert "Isi survei lengkap" not in after


def test_answers_reach_the_journal_together_and_never_name_a_ticket(hall_at_work: Hall) -> None:
    taken = [hall_at_work.take() for _ in range(TOGETHER)]
    hall_at_work.serve(TOGETHER)

    counts = []
    for _, code in taken:
        hall_at_work.post(f"/t/{code}/skm", SCORES | {"sex": "female"})
        counts.append(len(hall_at_work.said()))
    said = hall_at_work.said()

    assert counts == [0, 0, 0, 0, 5]
    assert len({line.wall_ms for line in said}) == 1
    fields = ["agency", "service", "scores", "facts", "date", "half", "way", "trial"]
    assert [list(line.body) for line in said] == [fields] * TOGETHER
    for number, code in taken:
        assert not [line for line in said if number in str(line.body) or code in str(line.body)]
    assert said[0].body["scores"] == {element: at % 4 + 1 for at, element in enumerate(ELEMENTS)}
    assert verify(hall_at_work.hub.data).content


def test_what_is_left_in_the_box_is_written_with_the_next_day(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.serve()
    hall_at_work.post(f"/t/{code}/rating", {"score": "2"})

    hall_at_work.hub.head.set_clock(monday() + 24 * 3600 * 1000)

    assert [line.body for line in hall_at_work.said()] == [
        {"agency": "instansi-0", "service": "layanan-0-0", "score": 2, "date": "2026-11-30", "way": "code",
         "trial": False}
    ]  # fmt: skip
    assert verify(hall_at_work.hub.data).content


WRONG: list[dict[str, str | list[str]]] = [
    {"U1": ""}, {"U1": "0"}, {"U1": "5"}, {"U1": "baik"}, {"U1": "²"}, {"U1": "-1"}, {"U1": "1.0"},
    {"U1": ["1", "2"]}, {"sex": "secret"},
]  # fmt: skip


def test_what_is_no_answer_is_asked_again_and_keeps_the_others(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.serve()

    for wrong in WRONG:
        answer = hall_at_work.post(f"/t/{code}/skm", SCORES | wrong)
        assert answer.status_code == 422, wrong
        assert "sembilan pertanyaan" in answer.text
        assert answer.text.count(" checked") >= 8
    assert hall_at_work.post(f"/t/{code}/skm", SCORES).status_code == 200


def test_too_much_is_not_read(hall_at_work: Hall) -> None:
    _, code = hall_at_work.take()
    hall_at_work.serve()

    assert hall_at_work.post(f"/t/{code}/skm", SCORES | {"x": "y" * 9_000}).status_code == 413
    assert hall_at_work.post(f"/t/{code}/rating", {"score": "9"}).status_code == 422
    assert hall_at_work.post(f"/t/{code}/skm", SCORES).status_code == 200
