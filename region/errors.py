"""Why the region does not take a batch: each with its HTTP status, its code, and the name of its sentence."""

from sync.wire import Place, WireError


class Refused(WireError):
    """The region does not take this, though it can be read."""

    key = "region.refused"
    status = 403
    code = "refused"


class Gap(Refused):
    """Lines are missing between what is held and what came; `place` is where to go on."""

    key = "region.gap"
    status = 409
    code = "gap"

    def __init__(self, place: Place) -> None:
        super().__init__(next=place.next)
        self.place = place


class Fork(Gap):
    """Another line is held at a seq that came; `place` is how far this hall's journal is held."""

    key = "region.fork"
    code = "fork"


class UnknownEpoch(Refused):
    """No such epoch of this hall is taken."""

    key = "region.epoch"
    status = 409
    code = "epoch"


class Superseded(Refused):
    """The hall has opened a later epoch: this machine is not the hall any more."""

    key = "region.superseded"
    status = 409
    code = "superseded"


class NotThisHall(Refused):
    """The first line does not open this hall's journal."""

    key = "region.not_this_hall"
    code = "not_this_hall"


class Simulated(Refused):
    """The journal comes from a simulated hub, and this region takes none."""

    key = "region.simulated"
    code = "simulated"


class NotInvited(Refused):
    """The one-time code of an enrolment is not this hall's, or is used, or too old."""

    key = "region.not_invited"
    code = "not_invited"


class Replaced(Refused):
    """The key that signed has ended: the hall enrolled another one since."""

    key = "region.replaced"
    code = "replaced"


class Outdated(Refused):
    """This version of the protocol is not spoken here."""

    key = "region.outdated"
    status = 426
    code = "version"


class NoPassword(Refused):
    """A page was asked for, and no password is set yet: who may see it cannot be told."""

    key = "region.no_password"
    code = "no_password"


class NoEntry(Refused):
    """The password is not right, or the session has ended."""

    key = "region.no_entry"
    status = 401
    code = "no_entry"


class TooManyGuesses(Refused):
    """Too many wrong passwords came one after another."""

    key = "region.too_many_guesses"
    status = 429
    code = "too_many_guesses"


class NotFound(Refused):
    """There is nothing at this address."""

    key = "region.not_found"
    status = 404
    code = "not_found"


class TooSlow(Refused):
    """The batch did not arrive in time."""

    key = "region.too_slow"
    status = 408
    code = "too_slow"


class Unavailable(Refused):
    """The region cannot read or write what it holds."""

    key = "region.unavailable"
    status = 503
    code = "unavailable"


class Busy(Unavailable):
    """Too many batches or questions come at once, or another batch of this hall is under way."""

    key = "region.busy"
    status = 429
    code = "busy"


class DatabaseUnknown(Refused):
    """The setting names no PostgreSQL database."""

    key = "region.database_unknown"
    status = 503
    code = "unavailable"


class DatabaseAway(Refused):
    """The database that the setting names does not answer."""

    key = "region.database_away"
    status = 503
    code = "unavailable"


class DatabaseNewer(Refused):
    """A later program has made this database's tables."""

    key = "region.database_newer"
    status = 503
    code = "unavailable"


class AlreadyRunning(Refused):
    """Another region writes the same data."""

    key = "region.already_running"


class AddressTaken(Refused):
    """The region cannot listen at its address."""

    key = "region.address_taken"
