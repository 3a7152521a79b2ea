"""What each key asks of the hub."""

from collections.abc import Callable

from counter.duty import Key
from hub.client.http import Answer, HubClient

Deed = Callable[[HubClient], Answer]


def deed(key: Key, counter: int, clerk: str) -> Deed:
    """Return the call that a key makes at a counter; "pause" and "more" make none, they open the drawer."""
    deeds: dict[Key, Deed] = {
        "call_next": lambda client: client.call_next(counter),
        "recall": lambda client: client.recall(counter),
        "start": lambda client: client.start(counter),
        "finish": lambda client: client.finish(counter),
        "miss": lambda client: client.miss(counter),
        "open": lambda client: opened(client, counter, clerk),
        "close": lambda client: client.close_counter(counter),
        "undo": lambda client: client.withdraw(counter),
    }
    return deeds[key]


def opened(client: HubClient, counter: int, clerk: str) -> Answer:
    """Sign the clerk in and open the counter, unless the clerk takes over an open one."""
    answer = client.sign_in(counter, clerk)
    return answer if answer["counter"]["state"] == "open" else client.open_counter(counter)


def number_of(answer: Answer) -> str:
    """Return the number that an answer is about, "-" where it is about none."""
    ticket = answer.get("ticket") or {}
    return str(ticket.get("number", "-"))
