"""Lets the tests of both ends of the push share what stands in `tests/sync`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "sync"), str(Path(__file__).parent)]
