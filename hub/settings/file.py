"""The hall file on disk, replaced whole or not at all: its place, its owner and who may read it stay."""

import contextlib
import hashlib
import os
from pathlib import Path

from config.private import settle


def digest_of(text: str) -> str:
    """Return what a text is recognised by."""
    return hashlib.sha256(text.encode()).hexdigest()


def replace_file(path: Path, text: str) -> None:
    """Put a text in a file's place; when this returns it is on disk. Raises OSError; no draft is left then.

    A link stays a link: what it leads to is replaced.
    """
    path = path.resolve()
    before = path.stat()
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            os.fchmod(file.fileno(), before.st_mode & 0o777)
            with contextlib.suppress(PermissionError):
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    settle(path.parent)
