"""Lines of earlier programs are read though they say less than those of today."""

from typing import Any

import pytest

from hub.rules.event import event_of
from journal.line import Line


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("service.paused", {"service": "kk", "reason": "listrik", "until_ms": None, "by": "kepala"}),
        ("service.resumed", {"service": "kk", "by": "kepala"}),
        ("counter.opened", {"counter": 1, "clerk": "P01"}),
        ("counter.paused", {"counter": 1, "clerk": "P01", "reason": "", "until_ms": None}),
        ("counter.closed", {"counter": 1, "clerk": "P01", "consent": None}),
        ("clerk.added", {"clerk": "P01", "pin": "hash", "by": "kepala"}),
        ("clerk.removed", {"clerk": "P01", "by": "kepala"}),
        ("device.paired", {"device": "anjungan-1", "role": "kiosk", "digest": "00"}),
        ("device.revoked", {"device": "anjungan-1", "by": "kepala"}),
        (
            "ticket.transferred",
            {"number": "A001", "service": "kk", "for_counter": None, "clock_ms": 0, "extra_minutes": 0,
             "why": "transfer", "counter": None, "clerk": "kepala"},
        ),
    ],
)  # fmt: skip
def test_a_line_without_the_old_value_is_read_as_one_that_has_none(kind: str, body: dict[str, Any]) -> None:
    told = event_of(Line(1, 0, 0, kind, 1, body)).body()

    assert told.items() >= body.items()
    assert told["was"] == ""
