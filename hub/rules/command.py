"""What every command is."""


class Command:
    """Something a device, a clerk or the hub itself wants done."""

    __slots__ = ()
