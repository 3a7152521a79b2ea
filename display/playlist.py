"""Which pictures and videos a screen shows, one after the other. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
VIDEOS = (".mp4", ".webm", ".mkv", ".mov", ".avi")
PICTURE_S = 12.0


@dataclass(frozen=True, slots=True)
class Playlist:
    """The files of a folder by name; `at` is the one that is shown, `broken` those that cannot be."""

    files: tuple[Path, ...] = ()
    at: Path | None = None
    broken: frozenset[Path] = frozenset()

    @property
    def playable(self) -> tuple[Path, ...]:
        """The files that can be shown as far as is known."""
        return tuple(path for path in self.files if path not in self.broken)


def playable(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the pictures and videos among some files, in the order of their names."""
    return tuple(sorted(path for path in paths if is_picture(path) or path.suffix.lower() in VIDEOS))


def is_picture(path: Path) -> bool:
    """Tell whether a file is a picture by its name."""
    return path.suffix.lower() in PICTURES


def following(playlist: Playlist, files: tuple[Path, ...]) -> Playlist:
    """Return the playlist at its next file, of the files that the folder holds now; a broken one is passed over."""
    playlist = replace(playlist, files=files, broken=playlist.broken & frozenset(files))
    ways = playlist.playable
    if not ways:
        return replace(playlist, at=None)
    later = [path for path in ways if playlist.at is not None and path > playlist.at]
    return replace(playlist, at=(later or ways)[0])


def without(playlist: Playlist, path: Path) -> Playlist:
    """Return the playlist that knows a file to be broken."""
    return replace(playlist, broken=playlist.broken | {path})
