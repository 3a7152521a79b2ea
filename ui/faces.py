"""What the touched parts show, without Qt: so that pure rules can say it and tests can read it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TileFace:
    """What a tile shows.

    `subtitle` explains the title where there is room; `detail` tells the state of the queue, `brief` does so where
    there is little room, and `wait` how long one would wait, where there is much. A tile with an icon has a badge, one
    without a bar in the zone's colour; `letter` or the icon `mark` stands at the right. `open` is False where nothing
    can be had now: grey, says why, and can still be asked. `number` is what to type to choose the tile.
    """

    title: str
    subtitle: str = ""
    detail: str = ""
    brief: str = ""
    wait: str = ""
    detail_icon: str = ""
    letter: str = ""
    mark: str = ""
    number: str = ""
    icon: str = ""
    colour: str = ""
    open: bool = True
