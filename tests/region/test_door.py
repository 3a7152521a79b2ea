"""Who sees the region's pages: this machine alone without a password, and with one whoever knows it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3
from push_halls import HALL
from push_regions import NOW_MS, served_over
from region_days import DATE, keep, line, opening, project, story

from region.door import GUESSES, PASSWORD_FILE, PAUSE_MS, SESSION_MS, Door, set_password
from region.errors import NoEntry, TooManyGuesses
from region.store import Store, open_sqlite

PASSWORD = "kata-sandi-uji"
MORNING = [("ticket.issued", "A001", 1), ("ticket.called", "A001", 5), ("service.started", "A001", 6)]


class Time:
    """A clock that is set by hand."""

    now_ms = NOW_MS

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def door(tmp_path: Path, time: Time) -> Door:
    set_password(tmp_path, PASSWORD)
    return Door(tmp_path, time)


def test_the_right_password_opens_a_session_that_ends_by_itself(door: Door, time: Time) -> None:
    secret = door.enter(PASSWORD)

    known = door.knows(secret)
    time.now_ms += SESSION_MS

    assert known
    assert not door.knows(secret)


def test_a_session_that_was_left_is_over(door: Door) -> None:
    secret = door.enter(PASSWORD)

    door.leave(secret)

    assert not door.knows(secret)


@pytest.mark.parametrize("secret", ["", "x", "\ud800".encode("utf-8", "replace").decode()])
def test_a_session_nobody_began_is_not_known(door: Door, secret: str) -> None:
    assert not door.knows(secret)


def test_after_five_wrong_passwords_the_door_is_closed_for_a_minute_even_to_the_right_one(
    door: Door, time: Time
) -> None:
    for _ in range(GUESSES):
        with pytest.raises(NoEntry):
            door.enter("salah")

    with pytest.raises(TooManyGuesses):
        door.enter(PASSWORD)
    time.now_ms += PAUSE_MS

    assert door.knows(door.enter(PASSWORD))


@pytest.mark.parametrize(
    ("guesser", "owner"),
    [
        ("203.0.113.7", "203.0.113.8"),
        ("2001:db8:0:1::7", "2001:db8:0:2::7"),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8"),
        ("", "203.0.113.8"),
    ],
)
def test_who_guesses_keeps_nobody_elsewhere_out(door: Door, guesser: str, owner: str) -> None:
    for _ in range(GUESSES):
        with pytest.raises(NoEntry):
            door.enter("salah", guesser)

    with pytest.raises(TooManyGuesses):
        door.enter("salah", guesser)
    assert door.knows(door.enter(PASSWORD, owner))


def test_one_house_of_many_ipv6_addresses_is_one_guesser(door: Door) -> None:
    for last in range(GUESSES):
        with pytest.raises(NoEntry):
            door.enter("salah", f"2001:db8::{last + 1:x}")

    with pytest.raises(TooManyGuesses):
        door.enter(PASSWORD, "2001:db8::ffff")


def test_the_password_is_kept_as_a_hash_for_its_owner_alone(door: Door, tmp_path: Path) -> None:
    kept = tmp_path / PASSWORD_FILE

    assert kept.read_text().startswith("$argon2id$")
    assert PASSWORD not in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_without_a_password_nobody_enters(tmp_path: Path, time: Time) -> None:
    with pytest.raises(NoEntry):
        Door(tmp_path, time).enter("")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path / "region") as store:
        keep(store, story(MORNING))
        project(store)
        yield store


@pytest.fixture
def url(store: Store, tmp_path: Path) -> Iterator[str]:
    """A region with a password."""
    set_password(tmp_path / "region", PASSWORD)
    with served_over(store, tmp_path / "region") as url:
        yield url


def get(url: str, cookie: str = "") -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", url, headers={"Cookie": cookie} if cookie else {}, redirect=False, retries=False)


def log_in(url: str, password: str = PASSWORD) -> urllib3.BaseHTTPResponse:
    body = urlencode({"password": password})
    return urllib3.request("POST", f"{url}/login", body=body, redirect=False, retries=False)


def session(url: str) -> str:
    """Log in and return the cookie."""
    return log_in(url).headers["Set-Cookie"].partition(";")[0]


@pytest.mark.parametrize("path", ["/", f"/halls/{HALL}"])
def test_a_page_asks_for_the_password_first(url: str, path: str) -> None:
    before = get(url + path)
    after = get(url + path, session(url))

    assert (before.status, after.status) == (401, 200)
    assert 'type="password"' in before.data.decode()
    assert f"Mal {HALL}" not in before.data.decode()
    assert f"Mal {HALL}" in after.data.decode()


@pytest.mark.parametrize("path", ["/days.csv", f"/halls/{HALL}/days.csv", f"/halls/{HALL}/hours.csv"])
def test_a_file_needs_the_password_too(url: str, path: str) -> None:
    assert (get(url + path).status, get(url + path, session(url)).status) == (401, 200)


def test_a_cookie_stays_out_of_scripts_and_other_sites(url: str) -> None:
    told = log_in(url).headers["Set-Cookie"].lower()

    assert "httponly" in told
    assert "samesite=strict" in told


def test_a_wrong_password_is_told_in_words(url: str) -> None:
    answer = log_in(url, "salah")

    assert answer.status == 401
    assert "Kata sandi tidak cocok" in answer.data.decode()
    assert "Set-Cookie" not in answer.headers


def test_the_way_out_is_on_the_page(url: str) -> None:
    shown = get(f"{url}/?lang=en", session(url)).data.decode()

    assert 'action="/logout?lang=en"' in shown
    assert "Log out" in shown


def test_the_log_in_speaks_english_when_asked(url: str) -> None:
    assert "Password" in get(f"{url}/login?lang=en").data.decode()


def test_whoever_logs_out_is_out(url: str) -> None:
    cookie = session(url)
    urllib3.request("POST", f"{url}/logout", headers={"Cookie": cookie}, retries=False)

    assert get(url, cookie).status == 401


def test_a_password_set_while_the_server_runs_counts_at_once(store: Store, tmp_path: Path) -> None:
    with served_over(store, tmp_path / "region") as url:
        before = get(url).status
        set_password(tmp_path / "region", PASSWORD)

        assert (before, get(url).status) == (403, 401)


def rows_of(answer: urllib3.BaseHTTPResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.data.decode())))


def test_the_days_are_given_as_a_file(url: str) -> None:
    answer = get(f"{url}/days.csv", session(url))

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert [(row["hall"], row["date"], row["issued"], row["median_ms"]) for row in rows_of(answer)] == [
        (HALL, DATE, "1", "240000")
    ]


def test_a_cell_is_never_a_formula(url: str, store: Store) -> None:
    body = {"number": "A001", "service": "=1+1", "ticket_class": "normal", "trial": False}
    keep(store, [*opening("mpp-lain"), line(4, "ticket.issued", 1, **body)], hall="mpp-lain")
    project(store)

    found = rows_of(get(f"{url}/halls/mpp-lain/hours.csv", session(url)))

    assert [row["service"] for row in found] == ["'=1+1"]


def test_a_hall_nobody_heard_of_has_no_page(url: str) -> None:
    assert get(f"{url}/halls/mpp-nix", session(url)).status == 404
