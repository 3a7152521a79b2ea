"""Brings a database to the tables of this program, step by step, on either engine (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from region.errors import DatabaseNewer
from region.tables import metadata

FOLDER = Path(__file__).with_name("migrations")
HEAD = "0001"
"""The newest step."""


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings: our folder of steps, and the connection they run on."""
    found = Config()
    found.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    found.attributes["connection"] = connection
    return found


def migrate(connection: Connection) -> None:
    """Take every step that a database lacks; an empty one gets the newest tables at once, to which all steps lead.

    DatabaseNewer where a later program has made it.
    """
    at = MigrationContext.configure(connection).get_current_revision()
    if at == HEAD:
        return
    if at is None and not inspect(connection).get_table_names():
        metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(ScriptDirectory(FOLDER), HEAD)
        return
    if at is not None and at not in {step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()}:
        raise DatabaseNewer(step=at)
    command.upgrade(config(connection), "head")
