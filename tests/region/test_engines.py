"""The engines of a region: the same tables on both, made by the same steps, and plain words where one is not there."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from push_halls import HALL, batch, held_lines, lines
from sqlalchemy import Connection, inspect

from region import engines
from region.engines import postgresql_url
from region.errors import AlreadyRunning, DatabaseAway, DatabaseNewer, DatabaseUnknown, Unavailable
from region.ingest import Ingest
from region.migrate import HEAD, config
from region.store import Store, open_store
from region.tables import metadata
from sync.wire import pack
from tests.conftest import ROOT
from tests.postgresql import Cluster


def made(connection: Connection) -> list[object]:
    """Return how a database's tables differ from those of this program."""
    assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    assert MigrationContext.configure(connection).get_current_revision() == HEAD
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_an_empty_database_gets_the_tables_of_this_program(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database) as store, store.writing() as connection:
        assert made(connection) == []


def test_the_steps_lead_to_the_same_tables_and_back(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database) as store, store.writing() as connection:
        command.downgrade(config(connection), "base")
        left = set(inspect(connection).get_table_names())
        command.upgrade(config(connection), "head")

        assert left == {"alembic_version"}
        assert made(connection) == []


def test_the_newest_step_is_named_rightly() -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


def test_a_database_with_a_step_to_go_takes_it(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database) as store, store.writing() as connection:
        command.downgrade(config(connection), "base")

    with open_store(tmp_path, database) as store, store.writing() as connection:
        assert made(connection) == []


def test_what_a_later_program_has_made_is_left_alone(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    for _ in range(2):
        with pytest.raises(DatabaseNewer):
            open_store(tmp_path, database)


def test_a_second_region_is_kept_out_of_a_database(tmp_path: Path, postgresql: Cluster) -> None:
    database = postgresql.database()
    with open_store(tmp_path / "one", database), pytest.raises(AlreadyRunning):
        open_store(tmp_path / "two", database)
    with open_store(tmp_path / "two", database) as store:
        assert store.streams() == []


def test_a_database_that_does_not_answer_is_told_so_and_leaves_no_lock(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(DatabaseAway) as away:
            open_store(tmp_path, f"postgresql://antrean@/region?host={tmp_path}")
        assert str(tmp_path) in str(away.value.fields["why"])


@pytest.mark.parametrize("database", ["sqlite:///x", "region", "mysql://antrean@localhost/region", "postgresql:/x"])
def test_what_is_no_address_of_a_database_is_told_so(tmp_path: Path, database: str) -> None:
    with pytest.raises(DatabaseUnknown):
        open_store(tmp_path, database)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_names_of_postgresql_are_understood(scheme: str) -> None:
    assert postgresql_url(f"{scheme}://antrean@localhost/region").drivername == "postgresql+psycopg"


def test_a_region_goes_on_when_its_database_comes_back(tmp_path: Path) -> None:
    cluster = Cluster(durable=True)
    try:
        database = cluster.database()
        with open_store(tmp_path, database) as store:
            door, sent = Ingest(store, accept_simulated=False), batch(1, 5)
            door.take(HALL, 1, sent, pack(sent).content, 0)
            cluster.restart()
            more = batch(6, 5)
            door.take(HALL, 1, more, pack(more).content, 0)

            assert held_lines(store) == tuple(lines(10))
    finally:
        cluster.end()


def test_a_region_that_lost_its_lock_writes_again_only_once_it_has_it_back(
    tmp_path: Path, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOOK_S", 0)
    database = postgresql.database()
    with open_store(tmp_path / "one", database) as store:
        end_connections(store)
        with open_store(tmp_path / "two", database), pytest.raises(Unavailable), store.writing():
            pass
        with store.writing():
            pass
        with pytest.raises(AlreadyRunning):
            open_store(tmp_path / "two", database)


def end_connections(store: Store) -> None:
    """End every other connection to a region's database, as its admin can."""
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
    with store.reading() as connection:
        connection.exec_driver_sql(f"{others} AND pid <> pg_backend_pid()")


def test_the_command_line_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cli", "region", "run", str(tmp_path), "--database", "region"]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert "postgresql://antrean@localhost/" in ended.stderr
