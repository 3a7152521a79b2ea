"""How a virtual printer is built, and what can be wrong with it."""

from dataclasses import dataclass

BUFFER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Mechanics:
    """How a printer is built. None: rows leave at once, the roll is endless, the receive buffer is.

    `near_end_rows` is how many rows of a roll are left when its sensor says that it is low.
    """

    rows_per_s: float | None = None
    roll_rows: int | None = None
    near_end_rows: int = 0
    buffer_bytes: int | None = BUFFER_BYTES


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with the printer.

    `cutter_jam` jams at the next cut, `overheated` mends itself, `unrecoverable` stays until the power is switched.
    `silent` answers nothing; `one_way` has no wire on which it could; `answer_delay_s` holds answers back. `clone` does
    not know GS ( H, `no_barrier` not GS r; `loses_image` forgets on a new roll that an image was arriving;
    `old_firmware` obeys real-time commands in the middle of image data.
    """

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    silent: bool = False
    clone: bool = False
    cutter_jam: bool = False
    overheated: bool = False
    unrecoverable: bool = False
    one_way: bool = False
    no_barrier: bool = False
    loses_image: bool = False
    old_firmware: bool = False
    answer_delay_s: float = 0.0
