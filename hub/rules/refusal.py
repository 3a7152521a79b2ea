"""How the rules say no: a code for programs, a warm sentence for people."""

from config.errors import AntreanError
from config.wording import both

STATUS = {
    "ticket_not_found": 404,
    "counter_not_found": 404,
    "service_not_found": 404,
    "kiosk_not_found": 404,
    "job_not_found": 404,
    "printer_not_found": 404,
    "device_not_found": 404,
    "scope_not_found": 404,
    "place_not_found": 404,
    "help_not_found": 404,
    "code_wrong": 403,
    "pin_wrong": 403,
    "clerk_unknown": 403,
    "clerk_locked": 403,
    "too_many_guesses": 429,
    "hall_file": 422,
    "draft_gone": 404,
    "setting_not_found": 404,
    "body": 422,
    "hall_file_unwritable": 503,
    "survey_box": 503,
}
"""HTTP statuses other than 409."""


class Refused(AntreanError):
    """A command is refused; nothing has changed. `code` names its sentence in the catalogue `refusal`."""

    key = "error.refused"

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code=code, **fields)
        self.code, self.sentence_fields = code, fields

    @property
    def status(self) -> int:
        """The HTTP status that fits."""
        return STATUS.get(self.code, 409)

    def told(self, language: str) -> dict[str, object]:
        """Return the sentence in a language, as errors on a terminal tell it."""
        return {"sentence": self.words.get(language, self.words["id"])}

    @property
    def words(self) -> dict[str, str]:
        """The sentence in Indonesian and in English."""
        return both(f"refusal.{self.code}", **self.sentence_fields)
