"""Folders and files that only their owner may read, written whole or not at all, also where the power fails."""

import os
from pathlib import Path

OWNERS_FOLDER, OWNERS_FILE = 0o700, 0o600


def make_private_folder(path: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter; what is there stays as it is."""
    for folder in (*reversed(path.parents), path):
        if not folder.is_dir():
            folder.mkdir(OWNERS_FOLDER, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that is never there without all of its content; when this returns it is on disk. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Bring to disk which files a folder has: else one that was replaced or removed may be back after a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
