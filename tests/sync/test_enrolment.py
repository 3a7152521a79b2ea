"""A hall becomes known by a one-time code: it works once, for one hall, in time, and a lost answer costs nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from push_halls import HALL, batch
from push_regions import NOW_MS, REGION_KEY, served

from region.app import create
from region.errors import Unavailable
from region.invitations import GOOD_MS, Invitations
from region.store import Store
from sync.ending import Ending
from sync.enrolment import KEY_FILE, REGION_FILE, EnrolmentRefused, NotEnrolled, enrol, region_of
from sync.link import Answer, Link
from sync.signature import key_at, key_id
from sync.wire import pack


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The region's folder."""
    return tmp_path / "region"


@pytest.fixture
def url(store: Store, data: Path) -> Iterator[str]:
    with served(create(store, data, REGION_KEY, accept_simulated=False, clock=lambda: NOW_MS)) as url:
        yield url


def pushed_by(folder: Path) -> Answer:
    """Push a batch with what an enrolment left in a folder."""
    region = region_of(folder)
    link = Link(region.url, key_at(folder / KEY_FILE), Ending(), region_key=region.key)
    try:
        return link.push(HALL, 1, 1, pack(batch(1, 3)))
    finally:
        link.close()


def test_an_enrolled_hall_may_push_and_knows_the_regions_key(url: str, data: Path, tmp_path: Path) -> None:
    code = Invitations(data).make(HALL, NOW_MS)

    region = enrol(tmp_path / "hall", url, HALL, code)

    assert region.key.public_bytes_raw() == REGION_KEY.public_key().public_bytes_raw()
    assert pushed_by(tmp_path / "hall").status == 200


def test_the_private_key_stays_in_the_hall(url: str, data: Path, tmp_path: Path) -> None:
    enrol(tmp_path / "hall", url, HALL, Invitations(data).make(HALL, NOW_MS))

    private = key_at(tmp_path / "hall" / KEY_FILE).private_bytes_raw()
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and private in path.read_bytes()]
    assert kept == [tmp_path / "hall" / KEY_FILE]


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("0", "O")])
def test_a_code_may_be_typed_in_any_way(url: str, data: Path, tmp_path: Path, typed: object) -> None:
    assert callable(typed)
    enrol(tmp_path / "hall", url, HALL, typed(Invitations(data).make(HALL, NOW_MS)))

    assert pushed_by(tmp_path / "hall").status == 200


@pytest.mark.parametrize("made_ms", [NOW_MS - GOOD_MS - 1])
def test_a_code_too_old_is_refused(url: str, data: Path, tmp_path: Path, made_ms: int) -> None:
    code = Invitations(data).make(HALL, made_ms)

    with pytest.raises(EnrolmentRefused) as refused:
        enrol(tmp_path / "hall", url, HALL, code)

    assert refused.value.fields["status"] == 403
    assert not (tmp_path / "hall" / REGION_FILE).exists()


def test_a_code_works_once(url: str, data: Path, tmp_path: Path) -> None:
    code = Invitations(data).make(HALL, NOW_MS)
    enrol(tmp_path / "hall", url, HALL, code)

    with pytest.raises(EnrolmentRefused):
        enrol(tmp_path / "thief", url, HALL, code)


def test_a_code_is_for_one_hall(url: str, data: Path, tmp_path: Path) -> None:
    code = Invitations(data).make("mpp-lain", NOW_MS)
    Invitations(data).make(HALL, NOW_MS)

    with pytest.raises(EnrolmentRefused):
        enrol(tmp_path / "hall", url, HALL, code)


def test_a_newer_code_voids_the_older(url: str, data: Path, tmp_path: Path) -> None:
    older = Invitations(data).make(HALL, NOW_MS)
    Invitations(data).make(HALL, NOW_MS)

    with pytest.raises(EnrolmentRefused):
        enrol(tmp_path / "hall", url, HALL, older)


def test_an_enrolment_whose_answer_was_lost_is_done_again_with_the_same_code(
    url: str, data: Path, tmp_path: Path
) -> None:
    code = Invitations(data).make(HALL, NOW_MS)
    enrol(tmp_path / "hall", url, HALL, code)
    (tmp_path / "hall" / REGION_FILE).unlink()

    enrol(tmp_path / "hall", url, HALL, code)

    assert pushed_by(tmp_path / "hall").status == 200


def test_a_code_is_not_spent_where_the_key_could_not_be_kept(
    url: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = Invitations(data).make(HALL, NOW_MS)
    with monkeypatch.context() as full:
        full.setattr(Store, "keep_key", unavailable)
        with pytest.raises(EnrolmentRefused):
            enrol(tmp_path / "hall", url, HALL, code)

    enrol(tmp_path / "hall", url, HALL, code)

    assert pushed_by(tmp_path / "hall").status == 200


def unavailable(*_: object) -> None:
    """Fail as a full disk does."""
    raise Unavailable(why="disk")


def test_a_replaced_machine_is_told_so_and_its_key_has_ended(url: str, data: Path, tmp_path: Path) -> None:
    enrol(tmp_path / "old", url, HALL, Invitations(data).make(HALL, NOW_MS))
    enrol(tmp_path / "new", url, HALL, Invitations(data).make(HALL, NOW_MS))

    refused, taken = pushed_by(tmp_path / "old"), pushed_by(tmp_path / "new")

    assert (refused.status, refused.code, taken.status) == (403, "replaced", 200)


def test_a_machine_that_was_replaced_by_mistake_comes_back_with_a_new_code(
    url: str, data: Path, tmp_path: Path
) -> None:
    for name in ("old", "new", "old"):
        enrol(tmp_path / name, url, HALL, Invitations(data).make(HALL, NOW_MS))

    taken, refused = pushed_by(tmp_path / "old"), pushed_by(tmp_path / "new")

    assert (taken.status, refused.code) == (200, "replaced")


def test_of_many_who_give_one_code_at_a_time_one_enters(url: str, data: Path, tmp_path: Path) -> None:
    code = Invitations(data).make(HALL, NOW_MS)

    def come(number: int) -> bool:
        try:
            enrol(tmp_path / str(number), url, HALL, code)
        except EnrolmentRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as crowd:
        entered = list(crowd.map(come, range(8)))

    assert sum(entered) == 1


def test_codes_are_kept_as_hashes(data: Path) -> None:
    code = Invitations(data).make(HALL, NOW_MS)

    assert not any(code.replace("-", "").encode() in path.read_bytes() for path in data.rglob("*.json"))


def test_an_ended_key_is_remembered(url: str, data: Path, tmp_path: Path, store: Store) -> None:
    enrol(tmp_path / "old", url, HALL, Invitations(data).make(HALL, NOW_MS))
    enrol(tmp_path / "new", url, HALL, Invitations(data).make(HALL, NOW_MS))

    kept = store.key(HALL, key_id(key_at(tmp_path / "old" / KEY_FILE).public_key()))

    assert kept is not None
    assert kept.ended_ms == NOW_MS


@pytest.mark.parametrize("content", [None, "", "{}", "[]"])
def test_a_hall_without_a_region_is_told_so(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / REGION_FILE).write_text(content)

    with pytest.raises(NotEnrolled):
        region_of(tmp_path)
