"""The first tables: what halls push, and what is projected of it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

COUNTS = ("issued", "called", "served", "missed", "cancelled", "unserved", "wait_ms", "serve_ms")


def upgrade() -> None:
    """Make the tables."""
    make_kept()
    make_projected()
    make_figures()
    make_oddities()


def downgrade() -> None:
    """Drop all tables."""
    for name in (
        "unknown_kind",
        "dead_event",
        "rollup_hour",
        "day",
        "ticket",
        "event",
        "projected",
        "hall_key",
        "batch",
        "stream",
    ):
        op.drop_table(name)


def counts() -> list[sa.Column[int]]:
    """Return the columns of a day's and an hour's counts."""
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in COUNTS]


def make_kept() -> None:
    """Make the tables of what halls push."""
    op.create_table(
        "stream",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=True),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("forked_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "epoch"),
    )
    op.create_table(
        "batch",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "epoch"], ["stream.hall", "stream.epoch"]),
        sa.PrimaryKeyConstraint("hall", "epoch", "first"),
    )
    op.create_table(
        "hall_key",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "key_id"),
    )


def make_projected() -> None:
    """Make the tables of lines and tickets."""
    op.create_table(
        "projected",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("date", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=200), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "epoch"),
    )
    op.create_table(
        "event",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), nullable=True),
        sa.Column("hall_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=True),
        sa.Column("service", sa.String(length=200), nullable=True),
        sa.Column("counter", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "epoch", "seq"),
    )
    op.create_index("event_of_day", "event", ["hall", "date"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("date", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        sa.Column("ticket_class", sa.String(length=200), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("called_ms", sa.BigInteger(), nullable=True),
        sa.Column("started_ms", sa.BigInteger(), nullable=True),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "date", "number"),
    )


def make_figures() -> None:
    """Make the tables of figures."""
    op.create_table(
        "day",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("date", sa.String(length=200), nullable=False),
        *counts(),
        sa.Column("median_ms", sa.BigInteger(), nullable=True),
        sa.Column("p90_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "date"),
    )
    op.create_table(
        "rollup_hour",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("date", sa.String(length=200), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service", sa.String(length=200), nullable=False),
        *counts(),
        sa.PrimaryKeyConstraint("hall", "date", "hour", "service"),
    )


def make_oddities() -> None:
    """Make the tables of what is not understood."""
    op.create_table(
        "dead_event",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("hall", "epoch", "seq"),
    )
    op.create_table(
        "unknown_kind",
        sa.Column("hall", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "kind", "version"),
    )
