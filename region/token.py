"""The region's push token: made at the first start, in a file that only its owner may read."""

import os
import secrets
from pathlib import Path

from region.errors import Unavailable

TOKEN_FILE = "push.token"  # noqa: S105  the name of a file
OWNER_ONLY = 0o600


def push_token(data: Path) -> str:
    """Return the token in the region's folder, made where there is none; Unavailable where it cannot be read."""
    path = data / TOKEN_FILE
    try:
        if not path.exists():
            keep(path, secrets.token_urlsafe(32))
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(why=TOKEN_FILE) from error
    if not token:
        raise Unavailable(why=TOKEN_FILE)
    return token


def keep(path: Path, token: str) -> None:
    """Write a token so that the file is never there without all of it, nor readable for others."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="ascii") as file:
        file.write(token + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
