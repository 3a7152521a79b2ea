"""What each whole deed asks of the hub, and what is said when it is done. Pure."""

from collections.abc import Callable, Mapping

from counter.choices import printer_place
from counter.course import NO_REMARK, OPEN_END, Course, Scene
from counter.deeds import Deed
from hub.client.http import Answer
from hub.client.views import READY


def command(course: Course, scene: Scene) -> Deed:
    """Return the call that carries a whole course out."""
    assert course.deed is not None
    return COMMANDS[course.deed](scene, *course.picked)


def issue(scene: Scene, service: str, ticket_class: str, reason: str) -> Deed:
    """Return the call for a number, printed at the first kiosk whose printer is ready."""
    ready = (view["kiosk"] for view in scene.mirror.printers.values() if view["status"] in READY)
    kiosk = next(ready, None)
    return lambda client: client.issue(service, ticket_class=ticket_class, kiosk=kiosk, reason=reason)


def pause(scene: Scene, reason: str, count: str) -> Deed:
    """Return the call for a pause with a reason, until a time or without one."""
    until_ms = None if count == OPEN_END else scene.now.now_ms + int(count) * 60_000
    return lambda client: client.pause_counter(scene.counter, reason, until_ms=until_ms)


COMMANDS: Mapping[str, Callable[..., Deed]] = {
    "hold": lambda scene: lambda client: client.hold(scene.counter),
    "resume": lambda _, number: lambda client: client.resume(number),
    "return": lambda _, number: lambda client: client.return_ticket(number),
    "call_number": lambda scene, number, why: lambda client: client.call_number(scene.counter, number, why),
    "transfer": lambda _, number, __, service: lambda client: client.transfer(number, service=service),
    "remark": lambda _, number, text: lambda client: client.remark(number, text.strip()),
    "reprint": lambda _, number, why: lambda client: client.reprint(number, reason=why),
    "issue": issue,
    "block": lambda _, service, number: lambda client: client.enter_block_number(service, number),
    "roll": lambda _, printer, __: lambda client: client.change_roll(printer),
    "paper": lambda _, number, word: lambda client: client.settle_paper(number, word),
    "answer": lambda _, name: lambda client: client.answer_help(name),
    "ask_help": lambda scene: lambda client: client.ask_help("staff", str(scene.counter)),
    "emergency": lambda scene: lambda client: client.ask_help("emergency", str(scene.counter)),
    "pause": pause,
}


def done(course: Course, answer: Answer, scene: Scene) -> str:
    """Return what a course has done; of a paper only that it is asked for, and where."""
    number = str((answer.get("ticket") or {}).get("number", ""))
    printer = answer.get("printer")
    place = printer_place(scene, printer) if printer in scene.mirror.printers else ""
    if course.deed == "remark" and course.picked[-1] == NO_REMARK:
        return scene.words.say("staff.did_remark_away", number=number)
    if course.deed == "issue" and not answer.get("job"):
        return scene.words.say("staff.did_issue_unprinted", number=number)
    return scene.words.say(f"staff.did_{course.deed}", number=number, place=place)
