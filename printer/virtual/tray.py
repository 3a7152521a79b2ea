"""Where papers lie that came out: each saved as a picture, numbered in the order of the visitors' hands."""

from collections.abc import Callable
from pathlib import Path

import structlog

from printer.picture import save
from printer.virtual.page import Paper

log = structlog.get_logger("printer")
MARGIN = 32
"""Dots of paper at each side that the head cannot reach: 4 mm."""
NEWEST = "ticket.png"
UNNUMBERED = "kertas"


class Tray:
    """Saves each paper as `NNNN-<number>.png` in a folder, the newest also as `ticket.png`; `on_paper` hears of it.

    Numbering goes on where the folder ends. Without a folder nothing is saved.
    """

    def __init__(self, folder: Path | None, on_paper: Callable[[Paper], None] | None = None) -> None:
        self.number = ""
        self.papers = highest(folder)
        self._folder, self._on_paper = folder, on_paper

    def take(self, paper: Paper) -> None:
        """Keep a paper under the number that is printed now; a torn one says so in its name."""
        self.papers += 1
        if self._folder is not None:
            picture = paper.picture.png(MARGIN)
            torn = "-torn" if paper.end == "torn" else ""
            self._save(picture, f"{self.papers:04d}-{self.number or UNNUMBERED}{torn}.png")
            self._save(picture, NEWEST)
        if self._on_paper is not None:
            self._on_paper(paper)

    def _save(self, picture: bytes, name: str) -> None:
        """Save a picture; a folder that takes none costs the picture, never the paper."""
        assert self._folder is not None
        try:
            save(picture, self._folder / name)
        except OSError as error:
            log.warning("picture not saved", path=str(self._folder / name), error=str(error))


def highest(folder: Path | None) -> int:
    """Return the highest place that a paper of this folder has."""
    if folder is None or not folder.is_dir():
        return 0
    places = (path.name.split("-")[0] for path in folder.glob("*-*.png"))
    return max((int(place) for place in places if place.isdigit()), default=0)
