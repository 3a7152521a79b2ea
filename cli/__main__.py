"""`python -m cli` is the program `antrean`; the demo, the replay and the tests start its processes so."""

import ctypes
import os
import signal
import sys

PARENT = "ANTREAN_PARENT"
"""The environment variable with the process that started this one, and with which it ends."""
PR_SET_PDEATHSIG = 1
"""From prctl(2)."""


def end_with_parent() -> None:
    """Ask the kernel to end this process with the one that started it, however that one ends."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if str(os.getppid()) != parent:
            sys.exit(1)


if __name__ == "__main__":
    end_with_parent()
    from cli.main import main

    main()
