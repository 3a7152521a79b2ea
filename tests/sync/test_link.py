"""The way to the region over real sockets: cut answers, slow answers, redirects and signatures."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from push_halls import HALL, batch, hall_with, held_lines, journal_lines
from push_regions import HALL_KEY, REGION_KEY, STRANGERS_KEY, link_to, push_all, served_over

from region.store import Store
from sync.ending import Ended, Ending
from sync.link import Link, LinkCut, seconds_in
from sync.push import Pusher
from sync.signature import Receipt, key_id
from sync.source import JournalSource
from sync.watermark import Watermark
from sync.wire import Garbled, Place, pack, written

Spoil = Callable[[bytes], bytes]


@pytest.fixture
def url(store: Store, tmp_path: Path) -> Iterator[str]:
    with served_over(store, tmp_path) as url:
        yield url


@contextmanager
def answering(answers: list[Callable[[socket.socket, bytes], None]]) -> Iterator[str]:
    """Serve connections one after another, each by the next way of answering; yield the URL."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            for answer in answers:
                with suppress(OSError), door.accept()[0] as visitor:
                    answer(visitor, request_from(visitor))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def request_from(visitor: socket.socket) -> bytes:
    """Return one whole HTTP request."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += visitor.recv(65536)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = next((int(part[15:]) for part in head.lower().split(b"\r\n") if part.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += visitor.recv(65536)
    return head + b"\r\n\r\n" + body


def passed_on(url: str, spoil: Spoil) -> Callable[[socket.socket, bytes], None]:
    """Return a way of answering: what the region answers, spoilt."""
    host, port = url.removeprefix("http://").split(":")

    def answer(visitor: socket.socket, request: bytes) -> None:
        with socket.create_connection((host, int(port))) as region:
            region.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            told = b"".join(iter(lambda: region.recv(65536), b""))
        visitor.sendall(spoil(told))

    return answer


def whole(told: bytes) -> bytes:
    return told


def said(text: str) -> Callable[[socket.socket, bytes], None]:
    """Return a way of answering: always the same."""
    return lambda visitor, _: visitor.sendall(text.encode())


def test_a_batch_gets_its_receipt(url: str, store: Store) -> None:
    link = link_to(url)

    answer = link.push(HALL, 1, 1, pack(batch(1, 3)))
    link.close()

    assert (answer.status, answer.told["next"], answer.told["head"]) == (200, 4, batch(1, 3).head.hex())


@pytest.mark.parametrize("keep", [0, 1, 20, -1, -40])
def test_an_answer_cut_in_the_middle_is_none_and_the_next_push_is_harmless(
    url: str, store: Store, tmp_path: Path, keep: int
) -> None:
    journal = hall_with(tmp_path / "hall.db", 50)
    ways = [passed_on(url, whole), passed_on(url, lambda told: told[:keep]), passed_on(url, whole)]
    with answering(ways) as cut_url, Watermark(tmp_path / "sync.db", HALL) as watermark:
        link = link_to(cut_url)
        pusher = Pusher(JournalSource(journal, HALL), watermark, link, chance=lambda: 0.0)
        greeted = pusher.turn()
        cut = pusher.turn()
        pushed_then = watermark.place().next
        push_all(pusher)
        link.close()

    assert (greeted.outcome, cut.outcome, pushed_then) == ("acked", "again", 1)
    assert isinstance(cut.trouble, LinkCut | Garbled)
    assert held_lines(store) == journal_lines(journal)


def test_nobody_at_the_address_is_a_cut(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"

    with pytest.raises(LinkCut):
        link_to(url).held(HALL)


def test_an_answer_that_does_not_come_is_a_cut() -> None:
    over = threading.Event()
    with answering([lambda *_: over.wait(10)]) as url:
        link = link_to(url, answer_s=0.1)
        with pytest.raises(LinkCut):
            link.held(HALL)
        over.set()
        link.close()


def test_a_redirect_is_not_followed_and_nothing_goes_elsewhere() -> None:
    seen: list[bytes] = []
    there = "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n"
    with answering([lambda _, request: seen.append(request)]) as elsewhere:
        with answering([said(there.format(elsewhere))]) as url:
            link = link_to(url)
            answer = link.held(HALL)
            link.close()
        seen_then = list(seen)

    assert (answer.status, seen_then) == (302, [])


def test_a_page_in_the_regions_place_is_no_receipt() -> None:
    with answering([said("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>")]) as url:
        link = link_to(url)
        with pytest.raises(Garbled):
            link.held(HALL)
        link.close()


def test_a_place_that_another_key_vouches_for_is_not_believed() -> None:
    false = Receipt(HALL, 1, Place(900, b"x" * 32), 0).told(STRANGERS_KEY) | {"key": key_id(REGION_KEY.public_key())}
    body = written(false).decode()
    with answering([said(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}")]) as url:
        link = link_to(url)
        with pytest.raises(Garbled):
            link.held(HALL)
        link.close()


def test_a_strangers_batch_is_refused_in_the_regions_words(url: str) -> None:
    link = link_to(url, key=STRANGERS_KEY)

    answer = link.push(HALL, 1, 1, pack(batch(1, 3)))
    link.close()

    assert (answer.status, answer.code) == (401, "unsigned")
    assert "Tanda tangan" in answer.sentence


def test_once_the_end_is_asked_for_nothing_more_is_sent(url: str) -> None:
    ending = Ending()
    ending.ask()

    with pytest.raises(Ended):
        Link(url, HALL_KEY, ending).held(HALL)


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5), ("0", 0), ("", None), ("-1", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)]
)
def test_only_seconds_are_taken_from_a_retry_after(text: str, seconds: float | None) -> None:
    assert seconds_in(text) == seconds
