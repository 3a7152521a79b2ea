"""The walls around the region: what it imports, and tables that can be spread over machines by hall."""

import re
import subprocess
import sys

import pytest
from sqlalchemy import Table, UniqueConstraint

from region.tables import metadata
from tests.conftest import ROOT

TABLES = list(metadata.tables.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_hall_stands_first_in_every_key(table: Table) -> None:
    keys = [list(table.primary_key.columns)]
    keys += [list(index.columns) for index in table.indexes]
    keys += [list(unique.columns) for unique in table.constraints if isinstance(unique, UniqueConstraint)]
    keys += [list(key.columns) for key in table.foreign_key_constraints]

    assert [columns[0].name for columns in keys] == ["hall"] * len(keys)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_reference_stays_within_its_hall(table: Table) -> None:
    for key in table.foreign_key_constraints:
        assert key.elements[0].target_fullname.endswith(".hall")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_number_is_counted_over_all_halls(table: Table) -> None:
    assert all(column.autoincrement is not True and column.identity is None for column in table.columns)
    assert len(table.primary_key.columns) > 1


def loaded_by(module: str) -> set[str]:
    """Return the modules that a fresh interpreter has after importing one."""
    program = f"import sys, {module}; print(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_the_region_knows_nothing_of_a_hall_but_its_lines() -> None:
    ours = {"config", "journal", "hub", "sync", "kiosk", "counter", "display", "printer", "ui", "cli"}

    loaded = {name for name in loaded_by("region.app") if name.partition(".")[0] in ours and "." in name}

    assert loaded == {"config.errors", "config.private", "journal.line", "sync.manifest", "sync.signature", "sync.wire"}


def test_neither_end_brings_a_window_system() -> None:
    for module in ("region.app", "sync.app"):
        assert not any(name.partition(".")[0].startswith("PySide") for name in loaded_by(module))


def test_the_halls_end_brings_no_server() -> None:
    assert not {"fastapi", "sqlalchemy", "uvicorn"} & loaded_by("sync.app")


def test_the_page_of_scale_distributes_every_table() -> None:
    told = re.findall(r"create_distributed_table\('(\w+)', 'hall'", (ROOT / "docs" / "scale.md").read_text())

    assert sorted(told) == sorted(table.name for table in TABLES)
