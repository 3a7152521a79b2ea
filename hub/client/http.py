"""How other programs command the hub: one blocking call a command, each safe to repeat."""

import json
import time
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import urllib3

from config.errors import AntreanError

Answer = dict[str, Any]
DEADLINE_S = 5.0
WAITS_S = (0.0, 0.3, 1.0, 2.0)
"""Before each try: a hub that is starting again answers after a second or two."""
TRIES = len(WAITS_S)
TIME_HEADER = "Antrean-Time"
"""With which the head of a simulated hub sets its clock along with a command."""


class HubUnreachable(AntreanError):
    """The hub did not answer in time; nobody knows yet whether it acted, so the same request may be sent again."""

    key = "error.hub_unreachable"


class NotAHub(AntreanError):
    """Something else than a hub answers at this address."""

    key = "error.not_a_hub"


class CommandRefused(AntreanError):
    """The hub said no: `code` for programs, `words` for people in "id" and "en", `status` of HTTP."""

    key = "error.refused"

    def __init__(self, status: int, code: str, words: Mapping[str, str]) -> None:
        super().__init__(code=code, sentence=words.get("id", code))
        self.status, self.code, self.words = status, code, dict(words)

    def told(self, language: str) -> dict[str, object]:
        """Return the hub's sentence in a language."""
        return {"sentence": self.words.get(language) or self.words.get("id") or self.code}


class HubClient:
    """One device's way to the hub at `url` (for example "http://127.0.0.1:8100") with its token.

    The head of a simulated hub may set `now_ms`: its commands then happen at that hall time. Thread-safe; a lost answer
    is asked for again under the same request id, which can never act twice.
    """

    def __init__(self, url: str, token: str = "", *, deadline_s: float = DEADLINE_S, tries: int = TRIES) -> None:
        self.url, self.token = url.rstrip("/"), token
        self.deadline_s, self.tries = deadline_s, tries
        self.now_ms: int | None = None
        self._pool = urllib3.PoolManager(maxsize=8, retries=False)

    def issue(
        self,
        service: str,
        *,
        ticket_class: str = "normal",
        kiosk: str | None = None,
        language: str = "id",
        visit: str | None = None,
        reason: str = "",
    ) -> Answer:
        """Issue a ticket; the answer is `{"ticket": TicketView, "job": str | None, "seq": int}`.

        `visit` is an earlier number of the same visitor, `reason` why the staff gives it.
        """
        body = {"service": service, "ticket_class": ticket_class, "kiosk": kiosk, "language": language, "visit": visit}
        return self.command("/v1/tickets", {**body, "reason": reason})

    def reprint(self, number: str, *, printer: str | None = None, reason: str = "") -> Answer:
        """Print a ticket once more, by this printer or the nearest that is ready; answers as `issue` does."""
        return self.command(f"/v1/tickets/{number}/reprint", {"printer": printer, "reason": reason})

    def settle_paper(self, number: str, word: str) -> Answer:
        """Tell of a number's paper that the number is "noted", or that a doubtful one is "out" or "missing"."""
        return self.command(f"/v1/tickets/{number}/paper", {"word": word})

    def change_roll(self, printer: str) -> Answer:
        """Tell that a new roll of paper is in a printer."""
        return self.command(f"/v1/printers/{printer}/new-roll", {})

    def cancel(self, number: str) -> Answer:
        """Cancel a ticket; a kiosk may until its printing starts."""
        return self.command(f"/v1/tickets/{number}/cancel", {})

    def enter_block_number(self, service: str, number: str, *, ticket_class: str = "normal") -> Answer:
        """Enter a number that a paper block gave; answers as `issue` does."""
        body = {"service": service, "number": number, "ticket_class": ticket_class}
        return self.command("/v1/tickets/block", body)

    def return_ticket(self, number: str) -> Answer:
        """Let a missed visitor wait again."""
        return self.command(f"/v1/tickets/{number}/return", {})

    def resume(self, number: str) -> Answer:
        """Let a held visitor wait again."""
        return self.command(f"/v1/tickets/{number}/resume", {})

    def transfer(self, number: str, *, service: str | None = None, counter: int | None = None) -> Answer:
        """Send a ticket to another service or counter."""
        return self.command(f"/v1/tickets/{number}/transfer", {"service": service, "counter": counter})

    def remark(self, number: str, text: str) -> Answer:
        """Write a remark of at most 60 letters on a ticket, "" to take it away."""
        return self.command(f"/v1/tickets/{number}/remark", {"text": text})

    def sign_in(self, counter: int, clerk: str, pin: str | None = None) -> Answer:
        """Sign a clerk in at a counter; the answer is `{"counter": CounterView, "seq": int}`."""
        return self.command(f"/v1/counters/{counter}/sign-in", {"clerk": clerk, "pin": pin})

    def open_counter(self, counter: int) -> Answer:
        """Open a counter, or end its pause."""
        return self.command(f"/v1/counters/{counter}/open", {})

    def pause_counter(self, counter: int, reason: str = "", *, until_ms: int | None = None) -> Answer:
        """Pause a counter, until a hall time in ms where it is known."""
        return self.command(f"/v1/counters/{counter}/pause", {"reason": reason, "until_ms": until_ms})

    def close_counter(self, counter: int) -> Answer:
        """Close a counter."""
        return self.command(f"/v1/counters/{counter}/close", {})

    def call_next(self, counter: int) -> Answer:
        """Call the next ticket; the answer is `{"ticket": TicketView, "counter": CounterView, "seq": int}`."""
        return self.command(f"/v1/counters/{counter}/call-next", {})

    def recall(self, counter: int) -> Answer:
        """Call the counter's ticket once more."""
        return self.command(f"/v1/counters/{counter}/recall", {})

    def start(self, counter: int) -> Answer:
        """Start serving the called ticket."""
        return self.command(f"/v1/counters/{counter}/start", {})

    def finish(self, counter: int, outcome: str = "done", *, next_service: str | None = None) -> Answer:
        """Finish the ticket that is served, "done" or "incomplete", or send it on to another service."""
        return self.command(f"/v1/counters/{counter}/finish", {"outcome": outcome, "next_service": next_service})

    def hold(self, counter: int) -> Answer:
        """Put the served ticket aside while its visitor fetches a paper."""
        return self.command(f"/v1/counters/{counter}/hold", {})

    def withdraw(self, counter: int) -> Answer:
        """Take back the call or the finish of a moment ago."""
        return self.command(f"/v1/counters/{counter}/withdraw", {})

    def call_number(self, counter: int, number: str, reason: str) -> Answer:
        """Call a certain ticket out of its order."""
        return self.command(f"/v1/counters/{counter}/call-number", {"number": number, "reason": reason})

    def miss(self, counter: int) -> Answer:
        """Mark the called ticket as missed, after enough calls."""
        return self.command(f"/v1/counters/{counter}/miss", {})

    def report_job(self, job: str, state: str, *, proof: str | None = None, reason: str = "", mm: int = 0) -> Answer:
        """Tell what became of a print job and how long its paper is; `state` is what an agent can say of it."""
        body = {"state": state, "proof": proof, "reason": reason, "mm": mm}
        return self.command(f"/v1/print-jobs/{job}/report", body)

    def report_printer(self, printer: str, status: str) -> Answer:
        """Tell what a printer's status is, one of views.PrinterStatus."""
        return self.command(f"/v1/printers/{printer}/report", {"status": status})

    def ask_help(self, kind: str, place: str) -> Answer:
        """Ask somebody to come: `kind` is "staff", "pickup" or "emergency", `place` a kiosk or a counter's number."""
        return self.command("/v1/help", {"kind": kind, "place": place})

    def answer_help(self, name: str) -> Answer:
        """Tell that one goes to a call for help, by its name in the feed."""
        return self.command(f"/v1/help/{quote(name, safe='')}/answer", {})

    def pairing_code(self, role: str, device: str) -> Answer:
        """Ask as head for a one-time code that pairs a device; the answer is `{"code": str, "expires_s": int}`."""
        return self.ask("POST", "/v1/devices/codes", {"role": role, "device": device})

    def pair(self, code: str) -> Answer:
        """Trade a one-time code for a token; the answer is `{"device": str, "role": str, "token": str}`."""
        return self.ask("POST", "/v1/pair", {"code": code})

    def set_clock(self, now_ms: int) -> Answer:
        """Drive a simulated hub's clock to this hall time."""
        return self.ask("POST", "/v1/clock", {"now": now_ms})

    def state(self) -> Answer:
        """Return all there is, as head: a feed's snapshot, but with every ticket of the day."""
        return self.ask("GET", "/v1/state")

    def command(self, path: str, body: dict[str, Any], *, request: str | None = None) -> Answer:
        """Send one command under a request id of its own, or under one that the caller may send again later."""
        return self.ask("POST", path, {**body, "request": request or uuid.uuid4().hex})

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        """Send one HTTP request and return its answer; HubUnreachable or CommandRefused where there is none.

        Only what may be repeated is: reading, and commands under a request id.
        """
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        if self.now_ms is not None:
            headers[TIME_HEADER] = str(self.now_ms)
        data = None if body is None else json.dumps(body).encode()
        repeatable = method == "GET" or "request" in (body or {})
        for wait_s in WAITS_S[: self.tries] if repeatable else WAITS_S[:1]:
            time.sleep(wait_s)
            try:
                answer = self._pool.request(
                    method, self.url + path, body=data, headers=headers, timeout=self.deadline_s
                )
            except urllib3.exceptions.HTTPError as error:
                failure = error
                continue
            return told(answer)
        raise HubUnreachable(url=self.url, why=type(failure).__name__) from failure

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()


def told(answer: urllib3.BaseHTTPResponse) -> Answer:
    """Return an answer's JSON object; CommandRefused where it is a refusal."""
    try:
        content = json.loads(answer.data)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise NotAHub(status=answer.status)
    if answer.status < 400:
        return content
    raise CommandRefused(answer.status, content.get("code", f"http_{answer.status}"), content.get("words", {}))
