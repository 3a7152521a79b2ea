"""Speaking in a thread of its own, on a machine without a sound card: all goes on, and the log says so once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QCoreApplication

from display.voice.spoken import Mouth
from tests.conftest import ROOT

# QtMultimedia tells Qt's log of every library it does not find, so it has a process of its own.
SPEAKER = """
from display.voice.join import chime
from ui.speech.speaker import CardSpeaker
speaker = CardSpeaker()
for _ in range(3):
    speaker.play(chime(), 80)
"""
SCREEN = """
import time
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QCoreApplication

from display.voice.spoken import Mouth
from display.voice.spoken import SpokenCalls
from tests.display.fakes import FakeHub
hub = FakeHub()
spoken = SpokenCalls(hub.feed, ["layar-1"], Path(sys.argv[1]))
hub.snapshot()
hub.tell(("A043", 2), ("A044", 1))
deadline = time.monotonic() + 60
while time.monotonic() < deadline and not any("sound card" in line["event"] for line in logs):
    app.processEvents()
spoken.end()
"""
AROUND = """
import json, sys
from PySide6.QtCore import QCoreApplication
from structlog.testing import capture_logs
app = QCoreApplication([])
with capture_logs() as logs:
    {code}
print(json.dumps([line["event"] for line in logs]))
"""


def logged(code: str, *arguments: str) -> list[str]:
    """Return what a process without sound card and synthesiser logs."""
    program = AROUND.format(code=code.replace("\n", "\n    "))
    surroundings = {**os.environ, "PATH": "", "PULSE_SERVER": "unix:/nowhere"}
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    found: list[str] = json.loads(ended.stdout.splitlines()[-1])
    return found


def test_without_a_sound_card_nothing_is_heard_and_the_log_says_so_once() -> None:
    assert logged(SPEAKER) == ["no sound card: what would be spoken is only shown"]


def test_a_screen_without_sound_card_and_synthesiser_goes_on_and_ends_in_order(tmp_path: Path) -> None:
    told = logged(SCREEN, str(tmp_path))

    assert told.count("no sound card: what would be spoken is only shown") == 1
    assert told.count("calls are chimed, not spoken") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_tick_hears_what_came_meanwhile_before_it_speaks(qapp: QCoreApplication, tmp_path: Path) -> None:
    mouth, order = Mouth(tmp_path), list[str]()
    mouth._voice = SimpleNamespace(hear=lambda _: order.append("hear"), run=lambda: order.append("run"))

    mouth.hear("news")
    mouth._run()
    mouth._run()

    assert order == ["hear", "run"]
