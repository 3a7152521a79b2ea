"""The files a region publishes: taken whole or not at all, whatever is changed, cut, replayed or refused on the way."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from push_halls import HALL
from push_regions import NOW_MS, REGION_KEY, STRANGERS_KEY, link_to, served_over

from config.errors import AntreanError
from config.load import hall_from, load, read
from config.mistakes import HallFileError
from hub.client.http import CommandRefused, HubClient, HubUnreachable
from region.published import FOLDER, MANIFEST, Published
from region.store import Store
from sync.files import COMING, EVERY_S, MEDIA, Files, FilesRefused, FilesUnwilling, FilesUnwritable, kept_at
from sync.link import LinkCut
from sync.manifest import MOST_TABLE_BYTES, Listed, Manifest, Replayed, manifest_in
from sync.wire import Garbled, TooBig
from tests.conftest import ROOT

GOOD = (ROOT / "config" / "halls" / "mpp-muara-enim.toml").read_text()
PICTURE, VIDEO = b"\x89PNG" + bytes(3000), bytes(range(256)) * 1000


class FakeHub(HubClient):
    """A hub that keeps the hall file it is given, or refuses it; nobody listens."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9")
        self.content: dict[str, Any] = {}
        self.author, self.refusal = "", None

    refusal: AntreanError | None

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        if self.refusal:
            raise self.refusal
        if method == "POST" and body is not None:
            self.content, self.author = body["content"], body["author"]
        return {"hall": self.content, "at_once": True}


class Ground:
    """A hall and its region's folder, which is served."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.published = folder, Published(folder)
        self.data, self.hub, self.now_s = folder / "hall", FakeHub(), 0.0
        self.data.mkdir()
        self.link = link_to(url)
        self.files = Files(
            self.data, self.data, HALL, self.link, REGION_KEY.public_key(), lambda: self.hub, lambda: self.now_s
        )

    def publish(self, now_ms: int = NOW_MS, **contents: bytes) -> Manifest:
        """Publish files by names, `_` standing for the dot."""
        paths = []
        for name, content in contents.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(content)
            paths.append(path)
        return self.published.publish(HALL, paths, REGION_KEY, now_ms)

    def turn(self) -> AntreanError | None:
        """Let the time come, and look."""
        self.now_s += EVERY_S
        return self.files.turn()

    def shown(self) -> dict[str, bytes]:
        """Return the media that the screens see."""
        return {path.name: path.read_bytes() for path in (self.data / MEDIA).glob("*")}

    def bytes_of(self, name: str) -> Path:
        """Return where the region keeps a published file."""
        manifest = self.published.manifest(HALL)
        assert manifest
        return self.published.file(HALL, next(each.sha256 for each in manifest.files if each.name == name))


@pytest.fixture
def database() -> None:
    """Files are the same on both engines."""


@pytest.fixture
def ground(store: Store, tmp_path: Path) -> Iterator[Ground]:
    with served_over(store, tmp_path) as url:
        ground = Ground(tmp_path, url)
        yield ground
        ground.link.close()


def test_hall_file_holidays_and_media_are_taken_and_the_region_is_told(ground: Ground) -> None:
    rows = b'[[holidays]]\ndate = 2027-05-02\nname_id = "Hari jadi kabupaten"\n'
    manifest = ground.publish(hall_toml=GOOD.encode(), holidays_toml=rows, iklan_png=PICTURE, film_mp4=VIDEO)

    assert ground.turn() is None

    assert ground.hub.author == "region"
    assert ground.hub.content["holidays"][0] == {"date": "2027-05-02", "name_id": "Hari jadi kabupaten"}
    assert ground.hub.content["agencies"] == read(ROOT / "config" / "halls" / "mpp-muara-enim.toml")["agencies"]
    assert ground.shown() == {"iklan.png": PICTURE, "film.mp4": VIDEO}
    assert list((ground.data / COMING).iterdir()) == []
    verdict = ground.published.verdict(HALL)
    assert verdict
    assert (verdict.version, verdict.mistakes) == (manifest.version, ())


def test_a_later_manifest_takes_media_away_and_keeps_what_stays(ground: Ground) -> None:
    ground.publish(iklan_png=PICTURE, film_mp4=VIDEO)
    ground.turn()
    ground.publish(film_mp4=VIDEO)
    ground.bytes_of("film.mp4").write_bytes(b"need not be fetched again")

    assert ground.turn() is None

    assert ground.shown() == {"film.mp4": VIDEO}


def test_holidays_alone_go_into_the_hall_file_in_force(ground: Ground) -> None:
    ground.hub.content = read(ROOT / "config" / "halls" / "mpp-muara-enim.toml")
    ground.publish(holidays_toml=b'[[holidays]]\ndate = 2026-12-25\nname_id = "Melayani"\nopen = true\n')

    assert ground.turn() is None

    rows = [row for row in ground.hub.content["holidays"] if row["date"] == "2026-12-25"]
    assert rows == [{"date": "2026-12-25", "name_id": "Melayani", "open": True}]
    assert hall_from(ground.hub.content, "").hall.id == "mpp-muara-enim"


def test_nothing_is_asked_before_the_time_and_nothing_is_done_twice(ground: Ground) -> None:
    assert ground.turn() is None
    ground.publish(hall_toml=GOOD.encode())

    assert ground.files.turn() is None
    assert ground.hub.content == {}
    assert ground.turn() is None
    ground.hub.content = {}
    assert ground.turn() is None
    assert ground.hub.content == {}


def test_a_hall_file_with_mistakes_changes_nothing_and_all_mistakes_are_told(ground: Ground) -> None:
    broken = GOOD.replace("\n[hall]\n", "\n[hall]\nwarna = 1\n").replace(
        'timezone = "Asia/Jakarta"', 'timezone = "Asia/Palembang"'
    )
    manifest = ground.publish(hall_toml=broken.encode(), iklan_png=PICTURE)

    trouble = ground.turn()

    assert isinstance(trouble, FilesRefused)
    verdict = ground.published.verdict(HALL)
    assert verdict == kept_at(ground.data).verdict
    assert verdict
    assert verdict.version == manifest.version
    assert [each.split(":")[1].strip() for each in verdict.mistakes] == mistakes_in(broken, ground.folder)
    assert len(verdict.mistakes) > 1
    assert (ground.hub.content, ground.shown()) == ({}, {})
    assert isinstance(ground.turn(), FilesRefused)
    ground.publish(hall_toml=GOOD.encode())
    assert ground.turn() is None


def mistakes_in(text: str, folder: Path) -> list[str]:
    """Return the keys of a hall file's mistakes."""
    path = folder / "other.toml"
    path.write_text(text)
    with pytest.raises(HallFileError) as caught:
        load(path)
    return [found.key for found in caught.value.mistakes]


def test_what_the_hub_refuses_is_refused_and_what_it_cannot_take_now_comes_later(ground: Ground) -> None:
    ground.publish(hall_toml=GOOD.encode(), iklan_png=PICTURE)
    ground.hub.refusal = HubUnreachable(url="http://hub")
    assert isinstance(ground.turn(), HubUnreachable)
    assert kept_at(ground.data).verdict is None
    ground.hub.refusal = CommandRefused(503, "stopped", {"id": "Berhenti.", "en": "Stopped."})
    assert isinstance(ground.turn(), CommandRefused)
    ground.hub.refusal = CommandRefused(409, "other_hall", {"id": "Mal lain.", "en": "Another hall."})

    assert isinstance(ground.turn(), FilesRefused)

    verdict = ground.published.verdict(HALL)
    assert verdict
    assert verdict.mistakes == ("Mal lain.",)
    assert ground.shown() == {}


def test_a_changed_file_is_not_taken_and_the_right_one_is_later(ground: Ground) -> None:
    ground.publish(iklan_png=PICTURE)
    path = ground.bytes_of("iklan.png")
    path.write_bytes(PICTURE[:-1] + b"x")

    assert isinstance(ground.turn(), Garbled)

    assert (ground.shown(), ground.published.verdict(HALL)) == ({}, None)
    path.write_bytes(PICTURE)
    assert ground.turn() is None
    assert ground.shown() == {"iklan.png": PICTURE}


def test_a_file_that_is_larger_than_it_says_is_cut_off(ground: Ground) -> None:
    ground.publish(iklan_png=PICTURE)
    ground.bytes_of("iklan.png").write_bytes(PICTURE + bytes(500_000))

    assert isinstance(ground.turn(), TooBig)

    assert ground.shown() == {}


def test_a_download_that_was_cut_goes_on_where_it_ended(ground: Ground) -> None:
    ground.publish(film_mp4=VIDEO)
    path = ground.bytes_of("film.mp4")
    path.write_bytes(VIDEO[:100_000])
    assert isinstance(ground.turn(), LinkCut)
    assert ground.shown() == {}
    path.write_bytes(bytes(100_000) + VIDEO[100_000:])

    assert ground.turn() is None

    assert ground.shown() == {"film.mp4": VIDEO}


Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: {**told, "manifest": told["manifest"].replace("iklan", "iklam")},
        lambda told: {**told, "signature": told["signature"][::-1]},
        lambda told: {**told, "manifest": 7},
        lambda _: {},
        lambda _: Manifest(HALL, 2, ()).told(STRANGERS_KEY),
        lambda _: Manifest("mpp-lain", 2, ()).told(REGION_KEY),
        lambda _: Manifest(HALL, 2, (Listed("../hall.db", "0" * 64, 1),)).told(REGION_KEY),
        lambda _: Manifest(HALL, 2, (Listed("a.png", "0" * 63, 1),)).told(REGION_KEY),
        lambda _: Manifest(HALL, 2, (Listed("a.png", "0" * 64, 1), Listed("A.png", "0" * 64, 1))).told(REGION_KEY),
        lambda _: Manifest(HALL, 0, ()).told(REGION_KEY),
    ],
    ids=["name", "signature", "no text", "nothing", "stranger", "hall", "path", "hash", "twice", "version"],
)
def test_a_manifest_that_is_not_the_regions_own_for_this_hall_is_not_read(change: Change) -> None:
    told = Manifest(HALL, 1, (Listed("iklan.png", hashlib.sha256(PICTURE).hexdigest(), 3),)).told(REGION_KEY)
    assert manifest_in(told, HALL, REGION_KEY.public_key()).version == 1

    with pytest.raises(Garbled):
        manifest_in(change(told), HALL, REGION_KEY.public_key())


@pytest.mark.parametrize(
    "files",
    [
        (Listed("hall.toml", "0" * 64, MOST_TABLE_BYTES + 1),),
        (Listed("film.mp4", "0" * 64, 2**40),),
        tuple(Listed(f"{number}.png", "0" * 64, 1) for number in range(65)),
        tuple(Listed(f"{number}.mp4", "0" * 64, 60_000_000) for number in range(10)),
    ],
    ids=["table", "video", "many", "altogether"],
)
def test_what_is_too_large_is_not_fetched(files: tuple[Listed, ...]) -> None:
    with pytest.raises(TooBig):
        manifest_in(Manifest(HALL, 1, files).told(REGION_KEY), HALL, REGION_KEY.public_key())


def test_an_old_manifest_does_not_come_back(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    ground.publish(iklan_png=PICTURE)
    old = ground.published.told(HALL, 0)
    ground.publish(film_mp4=VIDEO)
    ground.turn()
    answer = ground.link.manifest(HALL, 0)
    monkeypatch.setattr(ground.link, "manifest", lambda *_: replace(answer, told=old))

    assert isinstance(ground.turn(), Replayed)

    assert ground.shown() == {"film.mp4": VIDEO}


def test_versions_grow_also_where_the_clock_went_back(ground: Ground) -> None:
    first = ground.publish(iklan_png=PICTURE)
    second = ground.publish(now_ms=5, iklan_png=PICTURE)

    assert second.version == first.version + 1


def test_a_disk_that_refuses_leaves_all_as_it_was(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    ground.publish(hall_toml=GOOD.encode(), iklan_png=PICTURE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr("sync.files.to_disk", full)
        assert isinstance(ground.turn(), FilesUnwritable)
    assert (ground.hub.content, ground.shown(), kept_at(ground.data).verdict) == ({}, {}, None)

    assert ground.turn() is None
    assert ground.shown() == {"iklan.png": PICTURE}


def test_a_region_whose_own_files_are_damaged_says_so_and_the_hall_goes_on(ground: Ground) -> None:
    ground.publish(iklan_png=PICTURE)
    (ground.folder / FOLDER / HALL / MANIFEST).write_bytes(b"[")

    assert isinstance(ground.turn(), FilesUnwilling)


def test_a_hall_gets_no_other_halls_files_and_no_path(ground: Ground) -> None:
    ground.publish(iklan_png=PICTURE)

    assert ground.link.manifest("mpp-lain", 0).status == 401
    assert ground.link.tell_verdict(HALL, {"version": 2**50, "mistakes": []}).status == 400
    assert ground.link.tell_verdict(HALL, {"version": 1, "mistakes": "x"}).status == 400


def test_a_replayed_verdict_about_an_older_manifest_is_not_kept(ground: Ground) -> None:
    first = ground.publish(iklan_png=PICTURE)
    second = ground.publish(film_mp4=VIDEO)
    ground.link.tell_verdict(HALL, {"version": second.version, "mistakes": []})

    assert ground.link.tell_verdict(HALL, {"version": first.version, "mistakes": ["x"]}).status == 204

    verdict = ground.published.verdict(HALL)
    assert verdict
    assert verdict.version == second.version


@pytest.mark.parametrize("name", ["catatan.txt", ".png", "a b.png"])
def test_a_file_that_no_hall_takes_is_not_published(ground: Ground, name: str) -> None:
    (ground.folder / name).write_bytes(b"x")

    with pytest.raises(Garbled):
        ground.published.publish(HALL, [ground.folder / name], REGION_KEY, NOW_MS)
    assert ground.published.manifest(HALL) is None
