"""Tells on the panel's message what it must tell by itself: each thing once, and once that all is well again."""

from counter.card import Message
from counter.course import Scene
from counter.notices import Notice, notices, paper_of


class Herald:
    """Remembers what was told, and the numbers whose paper the staff asked for."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._told: set[str] = set()
        self._awaited: set[str] = set()

    def wait_for_paper(self, number: str) -> None:
        """Tell what becomes of a number's paper: nobody else looks after it."""
        self._awaited.add(number)

    def look(self, scene: Scene | None) -> None:
        """Tell the most urgent of what was not told yet; where nothing is wrong any more, that."""
        if scene is None:
            return
        now = [*self._papers(scene), *notices(scene)]
        fresh = [notice for notice in now if notice.name not in self._told]
        if fresh:
            self._say(fresh[0])
        elif self._told and not now:
            self._say(Notice("", scene.words.say("staff.all_well"), "good", "circle-check"))
        self._told = {notice.name for notice in now}

    def _papers(self, scene: Scene) -> list[Notice]:
        """Return what has become of the papers that are waited for; each is waited for no longer."""
        found = [(number, paper_of(scene, number)) for number in sorted(self._awaited)]
        self._awaited -= {number for number, notice in found if notice is not None}
        return [notice for _, notice in found if notice is not None]

    def _say(self, notice: Notice) -> None:
        self._message.set_state(notice.text, tone=notice.tone, icon=notice.icon)
