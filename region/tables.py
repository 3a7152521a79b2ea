"""The tables of the region. The hall stands first in every key, so that they can be spread over machines by hall."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from journal.line import HASH_BYTES

HALL_ID_LENGTH = 64

metadata = MetaData()

stream = Table(
    "stream",
    metadata,
    Column("hall", String(HALL_ID_LENGTH), primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("next", BigInteger, nullable=False),
    Column("head", LargeBinary(HASH_BYTES), nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("last_ms", BigInteger),
    Column("received_ms", BigInteger, nullable=False),
    Column("forked_ms", BigInteger),
)
"""One epoch of a hall's journal: the watermark, the hall's clock at its last line (null where that line is unreadable),
when it came, and when another journal was last offered under the same name."""

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
