"""The root of every error that a person can act on, and the tree of them all.

AntreanError
├── DayFileError           cli.dayfile: a day file cannot be used
├── FileTrouble            cli.main: a file or folder that was named cannot be used
├── ProcessFailed          cli.processes: a process ended, or said nothing in time
├── FileNeeded             cli.report: a report of this format is a file, and none was named
├── FolderUsed             cli.replay: the data folder has a journal already
├── NoKiosk                cli.replay: the hall has no kiosk at which visitors could take numbers
├── HallFileError          config.mistakes: a hall file cannot be used
├── NotPaired              hub.client.device: this device has no token yet
├── CommandRefused         hub.client.http: the hub said no
├── NotAHub                hub.client.http: something else than a hub answers at this address
├── HubUnreachable         hub.client.http: the hub did not answer in time
├── FeedBroken             hub.client.mirror: a change does not follow what came before, or the day turned
├── NotAllowed             hub.access: the device's role may not do this
├── Stranger               hub.access: the request has no token of a device that is paired
├── TooLarge               hub.guard: a body goes on beyond what its address takes
├── NotEntered             hub.pages.door: nobody has logged in here, or the log-in is over
├── NotYours               hub.pages.door: the person's role may not do this
├── PeriodTooLong          hub.pages.reports: these are more days than the page reports at once
├── NoSuchAgency           hub.report.build: the hall has and had no agency of this name
├── NothingRecorded        hub.report.build: the journal holds no hall file yet, so there is nothing to report
├── ReportBusy             hub.report.maker: a report is being made, and this person waits for one already
├── ReportFailed           hub.report.maker: the process that makes a report ended without one
├── ReportTooLong          hub.report.maker: a report was not made in time
├── PeriodWrong            hub.report.period: these are no dates from which until which a report could be made
├── SecretDamaged          hub.codes: the hall's key is not whole
├── HubStopped             hub.engine: the hub takes no commands any more
├── RequestReused          hub.engine: a request id came again with another body
├── AnsweredBefore         hub.survey.box: this ticket has answered already
├── BoxUnusable            hub.survey.box: the file of the box cannot be read or written
├── TooManyAnswers         hub.survey.tablets: a tablet has answered just now, or very often today
├── FolderUnusable         hub.hub: the hub's folder cannot be made, read or written
├── RecordLost             hub.hub: a file that the hub's folder had is gone
├── NotSimulated           hub.hub: only a simulated hub takes its time from outside
├── OtherHall              hub.hub: the folder holds the journal of another hall
├── OtherTime              hub.hub: the folder's journal is in simulated time and the hub is not, or the other way round
├── UnknownEvent           hub.rules.event: this journal was written by a newer program
├── Refused                hub.rules.refusal: a command is refused
├── KeyUnknown             hub.settings.keys: a hall file has no such key
├── AddressUnusable        hub.serve: this machine has no such address, or may not listen there
├── AddressUsed            hub.serve: another program listens there
├── NotLoopback            hub.serve: a simulated hub would listen where others reach it
├── JournalError           journal.store: the record of the hall cannot be read or written
│   ├── JournalBroken      journal.store: a line is missing or is not what was written
│   ├── JournalLocked      journal.store: another hub writes this journal
│   └── JournalUnwritable  journal.store: the disk did not take the lines
├── NotBound               counter.keypad.binding: no counter of the hall file has this keypad or numpad
├── Away                   counter.keypad.port: a keypad's port or a numpad is not there, or not ours to use
├── ClipUnusable           display.voice.pack: a file is not a WAV of one channel, 16 bits and 22,050 Hz
├── PackUnusable           display.voice.pack: a folder is no voice pack
├── NoSynthesiser          ui.speech.synthesiser: this machine has no espeak-ng, or it does not speak a language
├── LogoUnusable           config.logo: a picture cannot be the hall's logo
├── NoRoom                 printer.lettering: a text cannot be made small enough for the paper
├── UnknownService         printer.render: the hall has no such service
├── PrinterOwned           printer.owner: another agent on this machine owns the printer
├── PrinterError           printer.transport: bytes cannot be carried to a printer
│   ├── Refused            printer.transport: there is no printer at this address
│   │   ├── Busy           printer.transport: another program holds the printer
│   │   ├── NoUsbLibrary   printer.transport: this machine has no libusb
│   │   └── NotPermitted   printer.transport: the user of this program may not use the device
│   ├── TimedOut           printer.transport: the printer did not take the bytes in time
│   └── Unplugged          printer.transport: the printer was there and is gone
├── Undrawable             printer.press: a ticket's content cannot be drawn
├── UnknownPrinter         printer.worker: the hall has no printer of this name
├── NotEnrolled            sync.enrolment: the hall has not enrolled with a region yet
├── EnrolmentRefused       sync.enrolment: the region did not take the one-time code
├── FilesRefused           sync.files: the region's files have mistakes, and nothing of them holds
├── FilesUnwilling         sync.files: the region does not hand out the files
├── FilesUnwritable        sync.files: the disk does not take the region's files, or does not give them back
├── LinkCut                sync.link: the region did not answer in time, or the link broke
├── Forked                 sync.push: hall and region hold different journals under the same name
├── Superseded             sync.push: the region knows a later epoch of this hall
├── NothingForked          sync.rejoin: hall and region hold the same journal
├── RegionRewound          sync.push: the region holds less than it acknowledged, and is sent it again
├── Unwilling              sync.push: the region did not take it
├── JournalAway            sync.source: the hall's journal is not there yet, or cannot be read now
├── JournalBroken          sync.source: the hall's own chain is not whole from line `seq` on
├── WrongHall              sync.source: the journal belongs to another hall than the one named
├── StateBroken            sync.watermark: the file of the watermark cannot be read or written
├── WireError              sync.wire: a batch or an answer is not what it says
│   ├── Refused            region.errors: the region does not take this, though it can be read
│   │   ├── AddressTaken   region.errors: the region cannot listen at its address
│   │   ├── AlreadyRunning region.errors: another region writes the same data
│   │   ├── DatabaseAway   region.errors: the database that the setting names does not answer
│   │   ├── DatabaseNewer  region.errors: a later program has made this database's tables
│   │   ├── DatabaseUnknown region.errors: the setting names no PostgreSQL database
│   │   ├── NoPassword     region.errors: a page was asked for, and no password is set
│   │   ├── Gap            region.errors: lines are missing between what is held and what came
│   │   │   └── Fork       region.errors: another line is held at a seq that came
│   │   ├── NoEntry        region.errors: the password is not right, or the session has ended
│   │   ├── NotFound       region.errors: there is nothing at this address
│   │   ├── NotInvited     region.errors: the one-time code of an enrolment is not good
│   │   ├── NotThisHall    region.errors: the first line does not open this hall's journal
│   │   ├── Outdated       region.errors: this version of the protocol is not spoken here
│   │   ├── Replaced       region.errors: the key that signed has ended: the hall enrolled another since
│   │   ├── Superseded     region.errors: the hall has opened a later epoch than the one that pushes
│   │   ├── Simulated      region.errors: the journal comes from a simulated hub, and this region takes none
│   │   ├── TooManyGuesses region.errors: too many wrong passwords came one after another
│   │   ├── TooSlow        region.errors: the batch did not arrive in time
│   │   ├── Unavailable    region.errors: the region cannot read or write what it holds
│   │   │   └── Busy       region.errors: too many batches come at once, or another of this hall is under way
│   │   └── UnknownEpoch   region.errors: no such epoch of this hall is taken
│   ├── ChainBroken        sync.wire: the lines do not hash to the head the batch names
│   ├── Garbled            sync.wire: these bytes or headers cannot be read as a batch, or as an answer to one
│   ├── KeyDamaged         sync.signature: a key's file cannot be read, or is not what was written
│   ├── Replayed           sync.manifest: the manifest is older than one this hall has seen
│   ├── TooBig             sync.wire: there are too many lines or bytes for one batch
│   ├── Unsigned           sync.signature: a request does not carry the signature of a key that is known
│   └── WrongType          sync.wire: the content is of another type, or compressed in another way
├── CommandBroken          ui.commands: a command ended in a way nobody foresaw
├── FontMissing            ui.fonts: a font file of the program is missing or damaged
└── IconMissing            ui.icons: there is no icon of this name among those the program carries
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
