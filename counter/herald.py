"""Tells on the panel's message what it must tell by itself: each thing once, and once that all is well again."""

from counter.card import Message
from counter.course import Scene
from counter.notices import Notice, notices, paper_of

TROUBLE = ("call", "alarm")


class Herald:
    """Remembers what was told, and the numbers whose paper the staff asked for."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._told: set[str] = set()
        self._trouble = False
        self._awaited: dict[str, int] = {}

    def wait_for_paper(self, number: str, seq: int) -> None:
        """Tell what becomes of the paper of a number that was asked for in line `seq`: nobody else looks after it."""
        self._awaited[number] = seq

    def look(self, scene: Scene | None) -> None:
        """Tell the most urgent of what was not told yet; where trouble has gone, that."""
        if scene is None:
            return
        lasting = notices(scene)
        now = {notice.name for notice in lasting}
        fresh = [*self._papers(scene), *(notice for notice in lasting if notice.name not in self._told)]
        self._told &= now
        if fresh:
            self._say(fresh[0])
            self._told |= {fresh[0].name} & now
            self._trouble = self._trouble or (fresh[0].tone in TROUBLE and fresh[0].name in now)
        elif self._trouble and not any(notice.tone in TROUBLE for notice in lasting):
            self._trouble = False
            self._say(Notice("", scene.words.say("staff.all_well"), "good", "circle-check"))

    def _papers(self, scene: Scene) -> list[Notice]:
        """Return what has become of the papers that are waited for; each is told once, and waited for no longer."""
        asked = [number for number, seq in self._awaited.items() if scene.mirror.seq >= seq]
        found = {number: paper_of(scene, number) for number in asked}
        self._awaited = {number: seq for number, seq in self._awaited.items() if found.get(number) is None}
        return [notice for notice in found.values() if notice is not None]

    def _say(self, notice: Notice) -> None:
        self._message.set_state(notice.text, tone=notice.tone, icon=notice.icon)
