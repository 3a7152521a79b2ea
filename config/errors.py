"""The root of every error that a person can act on.

AntreanError
├── HallFileError        config.mistakes: the hall file cannot be used, and why
├── JournalError         journal.store: the record of the hall cannot be read or written
│   ├── JournalLocked    another hub writes it
│   ├── JournalBroken    the chain of lines is not whole
│   └── JournalUnwritable  the disk is full or gone
├── Refused              hub.rules.refusal: the rules say no, with a code and a sentence
├── HubUnreachable       hub.client: the hub does not answer
├── FeedBroken           hub.client: the feed's messages do not follow each other
├── PrinterError         printer.transport: the printer cannot be written to or read from
└── WireError            sync.wire: a batch is not what it says
"""


class AntreanError(Exception):
    """Something went wrong that a person can act on; `key` names its sentence in the catalogues of words."""

    key = "error.unknown"

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.key)

    def told(self, language: str) -> dict[str, object]:
        """Return the fields of the sentence in a language; the same for all, unless a child says otherwise."""
        del language
        return self.fields

    def __str__(self) -> str:
        """Return the key and its fields, for logs; people read `config.wording.Words.error`."""
        told = " ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.key} {told}".strip()
