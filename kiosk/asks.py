"""What the kiosk asks of the hub: each a command that can be sent, and sent again."""

from dataclasses import dataclass

from hub.client.http import Answer, HubClient


@dataclass(frozen=True, slots=True)
class Issue:
    """The command for one number; `visit` is an earlier number of the same visitor."""

    service: str
    ticket_class: str
    kiosk: str
    language: str
    visit: str | None = None

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.issue(
            self.service,
            ticket_class=self.ticket_class,
            kiosk=self.kiosk,
            language=self.language,
            visit=self.visit,
        )


@dataclass(frozen=True, slots=True)
class PrintElsewhere:
    """The command for a paper at another kiosk."""

    number: str
    printer: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.reprint(self.number, printer=self.printer)


@dataclass(frozen=True, slots=True)
class SettlePaper:
    """The command that says of a number's paper that the number is "noted", or that the paper is "out"."""

    number: str
    word: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.settle_paper(self.number, self.word)


@dataclass(frozen=True, slots=True)
class Cancel:
    """The command that takes a number back."""

    number: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.cancel(self.number)


@dataclass(frozen=True, slots=True)
class CallHelp:
    """The command that calls "staff", or somebody who fetches a visitor ("pickup"), to this kiosk."""

    kind: str
    kiosk: str

    def __call__(self, client: HubClient) -> Answer:
        """Ask the hub."""
        return client.ask_help(self.kind, self.kiosk)
