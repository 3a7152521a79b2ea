"""The lines a process prints about itself: what a test or a supervisor waits for."""

import contextlib
import sys


def tell(line: str) -> None:
    """Print one line and flush it; nobody listening is no fault."""
    with contextlib.suppress(BrokenPipeError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
