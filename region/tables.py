"""The tables of the region. The hall stands first in every key, so that they can be spread over machines by hall."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from journal.line import HASH_BYTES
from region.tickets import TEXT_LENGTH

HALL_ID_LENGTH = 64
HALL_ID = r"^[a-z0-9][a-z0-9-]*$"

metadata = MetaData()

stream = Table(
    "stream",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, nullable=False),
    Column("next", BigInteger, nullable=False),
    Column("head", LargeBinary(HASH_BYTES), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("last_ms", BigInteger),
    Column("received_ms", BigInteger, nullable=False),
    Column("forked_ms", BigInteger),
)
"""One epoch of a hall's journal: the line it begins with (those before it are an earlier epoch's), the watermark, the
hall's clock at its last line (null where that line is unreadable), when it came, and when another journal was last
offered under the same name."""

batch = Table(
    "batch",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("next", BigInteger, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("previous", LargeBinary(HASH_BYTES), nullable=False),
    Column("head", LargeBinary(HASH_BYTES), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    ForeignKeyConstraint(["hall", "epoch"], ["stream.hall", "stream.epoch"]),
)
"""A batch's bytes as they came. Its lines `first` to `next` - 1 were new; `repeated` lines before them were not.
`previous` is the chained hash before `first`."""

hall_key = Table(
    "hall_key",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("key_id", String(32), primary_key=True),
    Column("public_key", LargeBinary(32), nullable=False),
    Column("enrolled_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
)
"""A public key that a hall enrolled; `ended_ms` is when the next one took its place, null for the one that counts."""


def counts() -> list[Column[int]]:
    """Return the columns of `region.figures.Figures`, of which each table needs its own."""
    names = ("issued", "called", "served", "missed", "cancelled", "unserved", "wait_ms", "serve_ms")
    return [Column(name, BigInteger, nullable=False) for name in names]


projected = Table(
    "projected",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("next", BigInteger, nullable=False),
    Column("made_by", Integer, nullable=False),
    Column("date", String(TEXT_LENGTH), nullable=False),
    Column("name", String(TEXT_LENGTH), nullable=False),
    Column("zone", String(TEXT_LENGTH), nullable=False),
    Column("services", Text, nullable=False),
)
"""How far an epoch is projected into the tables below, which can all be made anew from the batches; `made_by` is the
version of the program that projects. `date`, `name`, `zone` and `services` (a JSON object of their names by id) are
what the lines so far say about the hall."""

ticket = Table(
    "ticket",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("date", String(TEXT_LENGTH), primary_key=True),
    Column("number", String(TEXT_LENGTH), primary_key=True),
    Column("service", String(TEXT_LENGTH), nullable=False),
    Column("ticket_class", String(TEXT_LENGTH), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    Column("called_ms", BigInteger),
    Column("started_ms", BigInteger),
    Column("ended_ms", BigInteger),
)
"""A ticket as `region.tickets.Ticket` says."""

event = Table(
    "event",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("wall_ms", BigInteger),
    Column("hall_ms", BigInteger, nullable=False),
    Column("kind", String(TEXT_LENGTH), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("date", String(TEXT_LENGTH), nullable=False),
    Column("number", String(TEXT_LENGTH)),
    Column("service", String(TEXT_LENGTH)),
    Column("counter", Integer),
    Column("body", Text, nullable=False),
    Index("event_of_day", "hall", "date"),
)
"""A line that can be read, of known and of unknown kinds, as `region.tickets.Event` says; `body` is its JSON object."""

day = Table(
    "day",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("date", String(TEXT_LENGTH), primary_key=True),
    *counts(),
    Column("median_ms", BigInteger),
    Column("p90_ms", BigInteger),
)
"""The figures of a hall's day."""

rollup_hour = Table(
    "rollup_hour",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("date", String(TEXT_LENGTH), primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("service", String(TEXT_LENGTH), primary_key=True),
    *counts(),
)
"""The figures of tickets issued in an hour of the hall's day, by service; they stay for ever."""

dead_event = Table(
    "dead_event",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("error", String(TEXT_LENGTH), nullable=False),
)
"""A line that is kept, but could not be understood."""

unknown_kind = Table(
    "unknown_kind",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("kind", String(TEXT_LENGTH), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)
"""How many lines of a kind or version nobody here knows are kept; a newer program projects them."""

PROJECTIONS = (event, ticket, day, rollup_hour, dead_event, unknown_kind, projected)
