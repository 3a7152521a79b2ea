"""The keys of halls that the region keeps in memory: one that has ended is known to have ended at once."""

from pathlib import Path

import pytest
from push_halls import HALL
from push_regions import HALL_KEY, STRANGERS_KEY, enrol
from sqlalchemy.exc import SQLAlchemyError

from region.errors import Unavailable
from region.store import Store, open_store
from sync.signature import key_id

OLD, NEW = key_id(HALL_KEY.public_key()), key_id(STRANGERS_KEY.public_key())


def test_a_key_that_was_asked_for_has_ended_as_soon_as_the_next_one_is_enrolled(store: Store) -> None:
    enrol(store)
    first = store.key(HALL, OLD)
    again = store.key(HALL, OLD)
    enrol(store, key=STRANGERS_KEY)
    ended, newer = store.key(HALL, OLD), store.key(HALL, NEW)

    assert first is again
    assert first
    assert first.ended_ms is None
    assert ended
    assert ended.ended_ms is not None
    assert newer
    assert newer.ended_ms is None


def test_keys_are_known_from_the_start(tmp_path: Path, database: str | None) -> None:
    for each in (HALL_KEY, STRANGERS_KEY):
        with open_store(tmp_path / "region", database) as before:
            enrol(before, key=each)
    with open_store(tmp_path / "region", database) as store:
        ended, newer = store.key(HALL, OLD), store.key(HALL, NEW)

    assert ended
    assert ended.ended_ms is not None
    assert newer
    assert newer.ended_ms is None


def test_a_key_that_could_not_be_kept_is_not_known(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(store)
    with monkeypatch.context() as patched:
        patched.setattr("region.store.keys_in", unreadable)
        with pytest.raises(Unavailable):
            enrol(store, key=STRANGERS_KEY)
    kept, refused = store.key(HALL, OLD), store.key(HALL, NEW)
    store.read_keys()

    assert (kept, refused) == (store.key(HALL, OLD), None)
    assert store.key(HALL, NEW) is None


def unreadable(_: object) -> None:
    """Fail as a database does that goes away."""
    raise SQLAlchemyError


def test_a_stranger_is_not_remembered(store: Store) -> None:
    assert store.key(HALL, OLD) is None
    enrol(store)

    assert store.key(HALL, OLD) is not None
