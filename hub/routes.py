"""The commands of kiosks, counters and agents over HTTP: who may send which, and what each becomes."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from hub import bodies
from hub.access import NotAllowed, allowed
from hub.carry import carried_out, documented
from hub.entry import sign_in_checked
from hub.hub import Hub
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from hub.rules.state import Device

router = APIRouter(prefix="/v1")


@router.post("/tickets", **documented(bodies.TicketAnswer))
async def issue(request: Request, body: bodies.IssueBody) -> Response:
    """Issue a ticket; with a kiosk its paper is queued in the same transaction."""
    device = allowed(request, "kiosk", "counter")
    source = device.role if device.role in ("kiosk", "counter") else "head"
    command = cmd.Issue(
        body.service, body.ticket_class, body.kiosk, body.language, body.visit, source, device.device, body.reason
    )
    return await carried_out(request, device, body, command)


@router.post("/tickets/block", **documented(bodies.TicketAnswer))
async def enter_block_number(request: Request, body: bodies.BlockBody) -> Response:
    """Enter a number that a paper block gave while the hall was dark."""
    device = allowed(request, "counter")
    command = cmd.EnterBlockNumber(body.service, body.number, body.ticket_class, device.device)
    return await carried_out(request, device, body, command)


@router.post("/tickets/{number}/cancel", **documented(bodies.TicketAnswer))
async def cancel(request: Request, number: str, body: bodies.CommandBody) -> Response:
    """Cancel a waiting ticket; a kiosk may until its printing starts."""
    device = allowed(request, "kiosk", "counter")
    staff = device.role != "kiosk"
    return await carried_out(request, device, body, cmd.Cancel(number, device.device, staff))


@router.post("/tickets/{number}/reprint", **documented(bodies.TicketAnswer))
async def reprint(request: Request, number: str, body: bodies.ReprintBody) -> Response:
    """Print a ticket once more; a second paper bears SALINAN. A kiosk may where no paper is known to be out."""
    device = allowed(request, "kiosk", "counter")
    command = cmd.Reprint(number, body.printer, body.reason, device.device, staff=device.role != "kiosk")
    return await carried_out(request, device, body, command)


@router.post("/tickets/{number}/paper", **documented(bodies.TicketAnswer))
async def settle_paper(request: Request, number: str, body: bodies.PaperBody) -> Response:
    """Record what a person says of a paper: the number is noted, or a doubtful paper is out or missing."""
    device = allowed(request, "kiosk", "counter")
    return await carried_out(request, device, body, cmd.SettlePaper(number, body.word, device.device))


@router.post("/tickets/{number}/return", **documented(bodies.TicketAnswer))
async def return_ticket(request: Request, number: str, body: bodies.CommandBody) -> Response:
    """Let a missed visitor wait again."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.Return(number, device.device))


@router.post("/tickets/{number}/resume", **documented(bodies.TicketAnswer))
async def resume(request: Request, number: str, body: bodies.CommandBody) -> Response:
    """Let a held visitor wait again."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.Resume(number, device.device))


@router.post("/tickets/{number}/transfer", **documented(bodies.TicketAnswer))
async def transfer(request: Request, number: str, body: bodies.TransferBody) -> Response:
    """Send a ticket to another service or counter, with its number, class and clock."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.Transfer(number, body.service, body.counter, device.device))


@router.post("/tickets/{number}/remark", **documented(bodies.TicketAnswer))
async def remark(request: Request, number: str, body: bodies.RemarkBody) -> Response:
    """Write a remark for whoever serves the ticket; the numbers of cards and telephones are refused."""
    device = allowed(request, "counter")
    hub: Hub = request.app.state.hub
    command = cmd.Remark(number, body.text, hub.remarks.seal, device.device)
    return await carried_out(request, device, body, command)


@router.post("/counters/{counter}/sign-in", **documented(bodies.CounterAnswer))
async def sign_in(request: Request, counter: int, body: bodies.SignInBody) -> Response:
    """Sign a clerk in at a counter."""
    device = allowed(request, "counter")
    hub: Hub = request.app.state.hub
    await sign_in_checked(hub, body.clerk, body.pin)
    return await carried_out(request, device, body, cmd.SignIn(counter, body.clerk))


def elsewhere(device: Device) -> str:
    """Return who acts on a counter from elsewhere, the head; "" for who sits at it."""
    return device.device if device.role == "head" else ""


@router.post("/counters/{counter}/open", **documented(bodies.CounterAnswer))
async def open_counter(request: Request, counter: int, body: bodies.CommandBody) -> Response:
    """Open a counter whose clerk has signed in, or end its pause."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.Open(counter, elsewhere(device)))


@router.post("/counters/{counter}/pause", **documented(bodies.CounterAnswer))
async def pause(request: Request, counter: int, body: bodies.PauseBody) -> Response:
    """Pause a counter that is free."""
    device = allowed(request, "counter")
    command = cmd.Pause(counter, body.reason, body.until_ms, elsewhere(device))
    return await carried_out(request, device, body, command)


@router.post("/counters/{counter}/close", **documented(bodies.CounterAnswer))
async def close(request: Request, counter: int, body: bodies.CloseBody) -> Response:
    """Close a counter; only the head may consent to leaving people who wait."""
    device = allowed(request) if body.consent else allowed(request, "counter")
    consent = device.device if body.consent else None
    return await carried_out(request, device, body, cmd.Close(counter, consent, elsewhere(device)))


@router.post("/counters/{counter}/finish", **documented(bodies.CounterAnswer))
async def finish(request: Request, counter: int, body: bodies.FinishBody) -> Response:
    """Finish the ticket that is served, or send it on to another service."""
    command = cmd.Finish(counter, body.outcome, body.next_service)
    return await carried_out(request, allowed(request, "counter"), body, command)


@router.post("/counters/{counter}/call-number", **documented(bodies.CounterAnswer))
async def call_number(request: Request, counter: int, body: bodies.CallNumberBody) -> Response:
    """Call a certain ticket out of its order, with a reason that is kept."""
    command = cmd.CallNumber(counter, body.number, body.reason)
    return await carried_out(request, allowed(request, "counter"), body, command)


def at_counter(command: type[cmd.CounterCommand]) -> Callable[..., Awaitable[Response]]:
    """Return the endpoint of a deed that needs nothing but its counter."""

    async def endpoint(request: Request, counter: int, body: bodies.CommandBody) -> Response:
        return await carried_out(request, allowed(request, "counter"), body, command(counter))

    return endpoint


COUNTER_DEEDS: dict[str, type[cmd.CounterCommand]] = {
    "sign-out": cmd.SignOut,
    "call-next": cmd.CallNext,
    "recall": cmd.Recall,
    "withdraw": cmd.Withdraw,
    "start": cmd.Start,
    "hold": cmd.Hold,
    "miss": cmd.Miss,
}
for deed, deed_command in COUNTER_DEEDS.items():
    router.add_api_route(
        f"/counters/{{counter}}/{deed}",
        at_counter(deed_command),
        methods=["POST"],
        name=deed.replace("-", "_"),
        description=deed_command.__doc__,
        **documented(bodies.CounterAnswer),
    )


@router.post("/print-jobs/{job}/report", **documented(bodies.Written))
async def report_job(request: Request, job: str, body: bodies.JobReportBody) -> Response:
    """Record what became of a print job."""
    device = allowed(request, "printer")
    command = cmd.ReportJob(job, body.state, body.proof, body.reason, body.mm)
    return await carried_out(request, device, body, command)


@router.post("/printers/{printer}/new-roll", **documented(bodies.Written))
async def change_roll(request: Request, printer: str, body: bodies.CommandBody) -> Response:
    """Count a printer's paper anew: a new roll is in it."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.ChangeRoll(printer, device.device))


@router.post("/printers/{printer}/report", **documented(bodies.Written))
async def report_printer(request: Request, printer: str, body: bodies.PrinterReportBody) -> Response:
    """Record what a printer's state is."""
    device = allowed(request, "printer")
    hub: Hub = request.app.state.hub
    if device.role == "printer" and hub.attendance.other(printer, device.device, hub.feed.connected):
        raise Refused("printer_taken", printer=printer)
    if printer in hub.known_printers:
        hub.attendance.heard(printer, device.device if device.role == "printer" else None)
    return await carried_out(request, device, body, cmd.ReportPrinter(printer, body.status))


@router.post("/help", **documented(bodies.Written))
async def ask_help(request: Request, body: bodies.HelpBody) -> Response:
    """Ask somebody to come: panels ring. A kiosk may ask at its own place, in an emergency only a counter."""
    device = allowed(request, "kiosk", "counter")
    if device.role == "kiosk" and (body.kind == "emergency" or body.place != device.device):
        raise NotAllowed
    return await carried_out(request, device, body, cmd.AskHelp(body.kind, body.place, device.device))


@router.post("/help/{help_id}/answer", **documented(bodies.Written))
async def answer_help(request: Request, help_id: str, body: bodies.CommandBody) -> Response:
    """Say that one goes there: panels are quiet again."""
    device = allowed(request, "counter")
    return await carried_out(request, device, body, cmd.AnswerHelp(help_id, device.device))
