"""`antrean hall …`: what the head does today, from a terminal on the hub's machine."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

Data = Annotated[Path, typer.Option(help="The data folder of the running hub.")]
Reason = Annotated[str, typer.Option(help="Why, in words that visitors may read.")]
Until = Annotated[str, typer.Option(help="Until which time of today, as 14:30 (default: the day's end).")]
Scope = Annotated[str, typer.Argument(help='"hall", "agency:<id>" or "service:<id>".')]
Number = Annotated[str, typer.Argument(help="A number of today, for example A012.")]
Counter = Annotated[int, typer.Argument(help="A counter's number.")]
Service = Annotated[str, typer.Argument(help="A service's id in the hall file.")]
DATA = Path("/var/lib/antrean")


class Switch(StrEnum):
    """A thing that is on or off."""

    on = "on"
    off = "off"


class Account(StrEnum):
    """What somebody may do and see."""

    clerk = "clerk"
    supervisor = "supervisor"
    viewer = "viewer"
    head = "head"


def add_to(group: typer.Typer) -> None:
    """Add the commands."""
    for command, example in (
        (state, "antrean hall state --json"),
        (close, 'antrean hall close agency:samsat --reason "listrik padam" --until 14:30'),
        (open_, 'antrean hall open hall --reason "buka khusus"'),
        (hours_rule, "antrean hall hours-rule hall"),
        (pause, 'antrean hall pause dukcapil-ktp-rekam --reason "blangko habis"'),
        (resume, "antrean hall resume dukcapil-ktp-rekam"),
        (quota, "antrean hall quota dukcapil-ktp-rekam 40"),
        (assign, "antrean hall assign 5 dukcapil-ktp-rekam dukcapil-kk"),
        (close_counter, "antrean hall close-counter 5 --consent"),
        (trial, "antrean hall trial on"),
        (cancel, "antrean hall cancel A012"),
        (move, "antrean hall move A012 --service dukcapil-kk"),
        (revive, "antrean hall revive A012"),
        (reprint, 'antrean hall reprint A012 --reason "kertas sobek"'),
        (account, "antrean hall account kepala --role head"),
        (remove_account, "antrean hall remove-account P07"),
        (revoke, "antrean hall revoke anjungan-2"),
    ):
        name = (command.__name__).rstrip("_").replace("_", "-")
        group.command(name=name, epilog=f"Example: {example}")(command)


def told(data: Path, path: str, body: dict[str, Any]) -> None:
    """Send a command as the head, and say that it is done."""
    from config.wording import Words
    from hub.hub import head_client

    head_client(data).command(path, body)
    print(Words().say("hall.done"))


def until_ms(data: Path, until: str) -> int | None:
    """Return the hall time in ms of a time of today; None where none is given."""
    from config.load import hall_of_journal
    from hub.hub import head_client
    from hub.rules.days import until_of

    found = head_client(data).state()
    return until_of(hall_of_journal(found["hall"]), until, found["now"])


def state(data: Data = DATA, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Tell how the hall is now: who waits where, which counters are open, why a service gives no numbers."""
    from hub.hub import head_client

    found = head_client(data).state()
    if as_json:
        print(json.dumps({name: found[name] for name in ("date", "now", "services", "counters", "printers", "helps")}))
        return
    for service in found["services"]:
        why = service.get("words", {}).get("id", "")
        print(
            f"{service['service']:<32}{service['waiting']:>5}{service['issued']:>6}{service['open_counters']:>4}  {why}"
        )


def close(scope: Scope, reason: Reason, until: Until = "", data: Data = DATA) -> None:
    """Close the hall, an agency or a service against its hours; numbers given stay valid."""
    told(data, "/v1/force", {"scope": scope, "mode": "closed", "reason": reason, "until_ms": until_ms(data, until)})


def open_(scope: Scope, reason: Reason, until: Until = "", data: Data = DATA) -> None:
    """Open the hall, an agency or a service against calendar and clock."""
    told(data, "/v1/force", {"scope": scope, "mode": "open", "reason": reason, "until_ms": until_ms(data, until)})


def hours_rule(scope: Scope, data: Data = DATA) -> None:
    """Let the hours rule again."""
    told(data, "/v1/force", {"scope": scope, "mode": "hours"})


def pause(service: Service, reason: Reason, until: Until = "", data: Data = DATA) -> None:
    """Let a service give no numbers for a while."""
    told(data, f"/v1/services/{service}/pause", {"reason": reason, "until_ms": until_ms(data, until)})


def resume(service: Service, data: Data = DATA) -> None:
    """Let a service give numbers again."""
    told(data, f"/v1/services/{service}/resume", {})


def quota(
    service: Service,
    count: Annotated[int | None, typer.Argument(help="Numbers of today; without it the hall file's quota.")] = None,
    data: Data = DATA,
) -> None:
    """Change how many numbers a service gives today."""
    told(data, "/v1/quota", {"service": service, "quota": count})


def assign(
    counter: Counter,
    services: Annotated[list[str] | None, typer.Argument(help="Services; without any the hall file's.")] = None,
    data: Data = DATA,
) -> None:
    """Change which services a counter serves today."""
    told(data, "/v1/assign", {"counter": counter, "services": services or []})


def close_counter(
    counter: Counter,
    consent: Annotated[bool, typer.Option("--consent", help="Also where people wait whom no other serves.")] = False,
    data: Data = DATA,
) -> None:
    """Close a counter that is free."""
    told(data, f"/v1/counters/{counter}/close", {"consent": consent})


def trial(switch: Annotated[Switch, typer.Argument(help="on or off.")], data: Data = DATA) -> None:
    """Start or end trial mode: tickets are marked UJI COBA and count nowhere."""
    told(data, "/v1/trial", {"on": switch is Switch.on})


def cancel(number: Number, data: Data = DATA) -> None:
    """Take a waiting number back."""
    told(data, f"/v1/tickets/{number}/cancel", {})


def move(
    number: Number,
    service: Annotated[str | None, typer.Option(help="The service it waits for next.")] = None,
    counter: Annotated[int | None, typer.Option(help="The counter it waits for next.")] = None,
    data: Data = DATA,
) -> None:
    """Let a number wait for another service or counter, with its class and clock."""
    told(data, f"/v1/tickets/{number}/transfer", {"service": service, "counter": counter})


def revive(number: Number, data: Data = DATA) -> None:
    """Let a missed number wait again."""
    told(data, f"/v1/tickets/{number}/return", {})


def reprint(
    number: Number,
    reason: Reason,
    printer: Annotated[str | None, typer.Option(help="By which printer (default: the nearest ready one).")] = None,
    data: Data = DATA,
) -> None:
    """Print a number once more; a second paper bears SALINAN."""
    told(data, f"/v1/tickets/{number}/reprint", {"reason": reason, "printer": printer})


def account(
    name: Annotated[str, typer.Argument(help="A staff code, no name.")],
    role: Annotated[Account, typer.Option(help="What the account may do and see.")] = Account.clerk,
    agency: Annotated[str, typer.Option(help="The agency of a supervisor, by its id.")] = "",
    pin: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="4 to 12 digits; asked for.")
    ] = "",
    data: Data = DATA,
) -> None:
    """Let somebody sign in at counters or on the hall's page, or give a new PIN."""
    told(data, "/v1/clerks", {"clerk": name, "pin": pin, "role": role.value, "agency": agency})


def remove_account(name: Annotated[str, typer.Argument(help="A staff code.")], data: Data = DATA) -> None:
    """Let somebody sign in no more."""
    from config.wording import Words
    from hub.hub import head_client

    head_client(data).ask("DELETE", f"/v1/clerks/{name}")
    print(Words().say("hall.done"))


def revoke(device: Annotated[str, typer.Argument(help="A device's name.")], data: Data = DATA) -> None:
    """Take a device's right away."""
    from config.wording import Words
    from hub.hub import head_client

    head_client(data).ask("DELETE", f"/v1/devices/{device}")
    print(Words().say("hall.done"))
