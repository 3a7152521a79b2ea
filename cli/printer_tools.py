"""`antrean printer list` and `antrean printer test`: which printers are connected, and whether one of them works."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.pairing import state_folder
from config.wording import Words

if TYPE_CHECKING:
    from config.hall import Hall, Printer
    from printer.checkup import Report
    from printer.transport import Transport

EXAMPLE_HALL = "mpp-muara-enim.toml"
MEMORY = "printers.json"
LanguageOption = Annotated[str, typer.Option(help="The language of the sentences: id or en.")]
Line = tuple[bool, str, str]
"""One line of a report: whether it is good, what was looked at, and what was seen, with the remedy."""


def add_to(printer_app: typer.Typer) -> None:
    """Add the commands to those of `antrean printer`."""
    printer_app.command(name="list", epilog="Example: antrean printer list")(list_printers)
    printer_app.command(
        name="test",
        epilog="Example: antrean printer test --transport serial --address /dev/ttyUSB0 --baud 19200 --flow hardware",
    )(try_printer)


def list_printers(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    language: LanguageOption = "id",
) -> None:
    """List the printers connected to this machine, each with the lines to paste into the hall file."""
    from printer.found import look

    words, findings = Words(language), look()
    if findings.trouble is not None:
        print(words.error(findings.trouble), file=sys.stderr)
    if as_json:
        listed = [{"transport": f.transport, "address": f.address, "name": f.name} for f in findings.printers]
        print(json.dumps(listed, ensure_ascii=False))
        return
    for found in findings.printers:
        print(f"{found.name or words.say('printer.found_nameless')}\n{found.lines}\n")
    print(words.say("printer.found_paste" if findings.printers else "printer.found_none"))


def try_printer(
    printer: Annotated[str | None, typer.Argument(help="Which of the hall's printers, with --hall.")] = None,
    hall: Annotated[Path | None, typer.Option(help="The hall file.")] = None,
    transport: Annotated[str | None, typer.Option(help="file, tcp, serial or usb, instead of a hall file.")] = None,
    address: Annotated[str, typer.Option(help="The printer's address, as in a hall file.")] = "",
    width: Annotated[int, typer.Option(help="The paper's width in mm, 58 or 80.")] = 80,
    baud: Annotated[int, typer.Option(help="The speed of a serial port.")] = 19200,
    flow: Annotated[str, typer.Option(help="Flow control of a serial port: hardware, software or none.")] = "hardware",
    paper: Annotated[bool, typer.Option("--paper/--no-paper", help="Print a trial ticket.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: LanguageOption = "id",
) -> None:
    """Try a printer out without a hub: name, state, proof and a trial ticket; exit code 0 where all is well.

    The printer's agent must not run meanwhile.
    """
    from config.load import HALLS, load
    from printer.checkup import Checkup

    words, whole = Words(language), load(hall or HALLS / EXAMPLE_HALL)
    if transport is None:
        tried = printer_of(whole, hall, printer)
    else:
        tried = unlisted(transport=transport, address=address, width_mm=width, baud=baud, flow=flow)
    with Console(stderr=True).status("") as progress:
        checkup = Checkup(tried, whole, lambda step: progress.update(words.say(f"printer.step_{step}")))
        report = checkup.run(way_to, datetime.now(whole.timezone), paper=paper)
    name = remembered_as(report, datetime.now(whole.timezone))
    if as_json:
        print(json.dumps(as_object(report, words), ensure_ascii=False))
    else:
        show(lines(report, name, words, paper=paper), words)
    raise typer.Exit(0 if report.is_well else 1)


def printer_of(hall: "Hall", file: Path | None, name: str | None) -> "Printer":
    """Return one of a hall's printers; UnknownPrinter where it has none of this name."""
    from printer.worker import UnknownPrinter

    if file is None or name is None:
        raise typer.BadParameter("name a printer with --hall, or write --transport and --address")
    if name not in hall.printer_by_id:
        raise UnknownPrinter(printer=name, known=", ".join(hall.printer_by_id))
    return hall.printer_by_id[name]


def unlisted(**settings: Any) -> "Printer":
    """Return a printer that stands in no hall file."""
    from pydantic import TypeAdapter, ValidationError

    from config.hall import Printer

    if settings["transport"] == "virtual" or not settings["address"]:
        raise typer.BadParameter("write file, tcp, serial or usb, and --address", param_hint="--transport")
    try:
        return TypeAdapter(Printer).validate_python({"id": "printer", "kiosk": "kiosk", **settings})
    except ValidationError as error:
        found = error.errors()[0]
        raise typer.BadParameter(found["msg"], param_hint=f"--{found['loc'][-1]}".removesuffix("_mm")) from error


def way_to(printer: "Printer") -> "Transport":
    """Return the open way to a printer; a virtual one gives its paper to nobody."""
    from printer.open import opened

    if printer.transport != "virtual":
        return opened(printer)
    from printer.virtual.device import VirtualPrinter, VirtualTransport

    return VirtualTransport(VirtualPrinter(lambda _paper: None, printer.dots))


def remembered_as(report: "Report", now: datetime) -> str:
    """Remember what a printer that was well can prove, and return under which name; "" where nothing was learned."""
    from hub.client.views import READY
    from printer.capability import Capability, name_of, remember

    if report.error is not None or report.printer.transport == "virtual" or report.status not in READY:
        return ""
    name = name_of(report.identity, report.printer)
    try:
        remember(state_folder() / MEMORY, name, Capability(next(iter(report.proofs), None), now))
    except OSError as error:
        print(error, file=sys.stderr)
        return ""
    return name


def lines(report: "Report", name: str, words: Words, *, paper: bool) -> Iterator[Line]:
    """Yield the lines of a report."""
    printer = report.printer
    if report.error is not None:
        yield False, words.say("printer.look_way"), words.error(report.error)
    else:
        yield True, words.say("printer.look_way"), f"{printer.transport} {printer.address}".strip()
    if report.told or report.error is None:
        yield from conversation(report, words)
    if report.trial is not None:
        figures = {"count": words.number(report.trial.count), "sent": seconds(report.trial.sent_s, words)}
        told = words.say(f"printer.trial_{report.trial.end}", **figures, out=seconds(report.trial.out_s, words))
        yield report.trial.end != "unproved", words.say("printer.look_paper"), told
    elif paper and report.error is None:
        yield False, words.say("printer.look_paper"), words.say("printer.trial_unsent")
    if name:
        yield True, words.say("printer.look_remembered"), f"{name} ({state_folder() / MEMORY})"


def conversation(report: "Report", words: Words) -> Iterator[Line]:
    """Yield what a printer has said of itself."""
    from hub.client.views import READY

    if not report.can_answer:
        yield True, words.say("printer.look_status"), words.say("printer.seen_one_way")
        return
    yield True, words.say("printer.look_identity"), report.identity or words.say("printer.seen_nameless")
    status = "printer.seen_silent" if report.status == "NO_ANSWER" else f"printer.status_{report.status}"
    yield report.status in READY, words.say("printer.look_status"), words.say(status)
    for question in report.told:
        bits = ", ".join(words.say(f"printer.bit_{bit}") for bit in report.bits(question))
        label = f"  {words.say(f'printer.look_question_{question}')}"
        yield not bits, label, f"{report.told[question]:02X}h: {bits or words.say('printer.seen_well')}"
    if report.status == "NO_ANSWER" and not report.proofs:
        return
    proofs = ", ".join(words.say(f"printer.proof_{proof}") for proof in report.proofs)
    yield True, words.say("printer.look_proof"), proofs or words.say("printer.proof_none")


def seconds(value: float, words: Words) -> str:
    """Return seconds as people read them."""
    return words.number(round(value, 1))


def show(report: Iterator[Line], words: Words) -> None:
    """Print a report as a table."""
    table = Table(show_header=False)
    for is_good, label, seen in report:
        mark = Text(words.say(f"printer.mark_{'good' if is_good else 'bad'}"), "green" if is_good else "bold red")
        table.add_row(mark, Text(label), Text(seen))
    Console().print(table)


def as_object(report: "Report", words: Words) -> dict[str, Any]:
    """Return a report as JSON tells it."""
    trial = report.trial
    return {
        "transport": report.printer.transport,
        "address": report.printer.address,
        "good": report.is_well,
        "error": words.error(report.error) if report.error else None,
        "identity": report.identity,
        "answers": report.answers,
        "status": report.status if report.error is None or report.told else None,
        "bits": [bit for question in report.told for bit in report.bits(question)],
        "proofs": list(report.proofs),
        "bytes": trial.count if trial else None,
        "sent_s": round(trial.sent_s, 3) if trial else None,
        "out_s": round(trial.out_s, 3) if trial else None,
        "paper": trial.end if trial else None,
    }
