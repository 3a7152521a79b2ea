"""The hall file and the journal change together: what one of them does not take, the other has not either."""

import asyncio
import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bench.hall import hall_file
from config.load import Content
from hub.engine import HubStopped
from hub.hub import Hub
from hub.rules.refusal import Refused
from hub.settings.desk import Desk, read
from hub.settings.file import digest_of, replace_file
from tests.hub.conftest import Running


def hub_that(path: Path | None, failure: Exception | None = None) -> Hub:
    """Return a hub of a hall file that takes every change, or fails."""

    async def reload(_: Content, __: str) -> bool:
        if failure:
            raise failure
        return True

    state = SimpleNamespace(hall_id="mpp-uji", planned=None)
    settings = SimpleNamespace(hall_file=path, data=path)
    return cast(
        Hub, SimpleNamespace(settings=settings, state=state, engine=SimpleNamespace(failure=None), reload=reload)
    )


def changed(path: Path) -> tuple[str, str]:
    """Return a changed text of a file, and the digest that it was made from."""
    text = path.read_text()
    return text.replace("MPP Uji", "MPP Baru"), digest_of(text)


def test_a_change_is_in_the_file_before_the_hub_takes_it(tmp_path: Path) -> None:
    path = hall_file(tmp_path / "hall.toml")
    seen: list[str] = []
    hub: Any = hub_that(path)

    async def reload(content: Content, author: str) -> bool:
        seen.append(path.read_text())
        return content["hall"]["short"] == "MPP Baru" and author == "kepala"

    hub.reload = reload
    text, base = changed(path)

    assert asyncio.run(Desk(hub).take(text, base, "kepala")) is True
    assert seen == [text]


def test_a_journal_that_takes_no_line_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = hall_file(tmp_path / "hall.toml")
    text, base = changed(path)
    before = path.read_text()

    with pytest.raises(HubStopped):
        asyncio.run(Desk(hub_that(path, HubStopped())).take(text, base, "kepala"))

    assert path.read_text() == before


def test_a_hub_that_has_stopped_does_not_touch_the_file(tmp_path: Path) -> None:
    path = hall_file(tmp_path / "hall.toml")
    hub: Any = hub_that(path)
    hub.engine.failure = HubStopped()
    text, base = changed(path)
    before = path.stat()

    with pytest.raises(HubStopped):
        asyncio.run(Desk(hub).take(text, base, "kepala"))

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_full_disk_leaves_the_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hall_file(tmp_path / "hall.toml")
    text, base = changed(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="hall_file_unwritable"):
        asyncio.run(Desk(hub_that(path)).take(text, base, "kepala"))

    assert digest_of(path.read_text()) == base
    assert sorted(found.name for found in tmp_path.iterdir()) == ["hall.toml"]


def test_two_changes_made_from_one_file_are_not_both_taken(tmp_path: Path) -> None:
    path = hall_file(tmp_path / "hall.toml")
    text, base = changed(path)
    desk = Desk(hub_that(path))

    async def both() -> list[Any]:
        other = text.replace("MPP Baru", "MPP Lain")
        return await asyncio.gather(
            desk.take(text, base, "satu"), desk.take(other, base, "dua"), return_exceptions=True
        )

    taken = asyncio.run(both())

    assert [isinstance(one, Refused) for one in taken] == [False, True]
    assert path.read_text() == text
    since = desk.since(base, read(path))
    assert [(change.key, change.after) for change in since] == [("hall.short", "MPP Baru")]


def test_a_hub_without_a_hall_file_takes_no_changes() -> None:
    with pytest.raises(Refused, match="no_hall_file"):
        asyncio.run(Desk(hub_that(None)).take("", "", "kepala"))


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path = tmp_path / "real.toml"
    path.write_text("a = 1\n")
    path.chmod(0o640)
    link = tmp_path / "hall.toml"
    link.symlink_to(path)

    replace_file(link, "a = 2\n")

    assert link.is_symlink()
    assert path.read_text() == "a = 2\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_was_written_when_the_hub_ended_is_taken_at_the_next_start(
    start: Any, hub: Running, tmp_path: Path
) -> None:
    path = tmp_path / "hall.toml"
    assert hub.process.end() == 0
    text, _ = changed(path)
    replace_file(path, text)

    again: Running = start()

    assert again.head.state()["hall"]["hall"]["short"] == "MPP Baru"
    assert again.head.ask("GET", "/v1/hall/history")["entries"][0]["author"] == "start"
