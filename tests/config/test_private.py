"""Folders and files for their owner alone."""

import os
from pathlib import Path

from config.private import make_private_folder, write_private


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_every_folder_that_is_made_is_its_owners_and_those_that_were_there_stay(tmp_path: Path) -> None:
    before = os.umask(0o022)
    there = tmp_path / "there"
    there.mkdir(0o755)

    make_private_folder(there / "data" / "invitations")
    os.umask(before)

    assert [mode(there), mode(there / "data"), mode(there / "data" / "invitations")] == [0o755, 0o700, 0o700]


def test_a_file_is_replaced_whole_and_stays_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "hall.key"
    path.write_bytes(b"old, and readable")
    path.chmod(0o644)

    write_private(path, b"new")

    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]
