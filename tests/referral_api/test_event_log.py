"""The log takes fixed words and allow-listed fields; all else raises."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from referral_api.event_log import Event, EventLog, NotForTheLog


def test_a_line_holds_the_word_its_fields_and_the_day_but_no_hour() -> None:
    out = io.StringIO()
    log = EventLog(out, lambda: datetime(2026, 11, 22, 13, 14, 15, tzinfo=UTC))

    log.write(Event.REQUEST_FAILED, error="KeyError", count=2)

    assert json.loads(out.getvalue()) == {
        "event": "request_failed",
        "error": "KeyError",
        "count": 2,
        "day": "2026-11-22",
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "1234567890123456"},
        {"ip": "127.0.0.1"},
        {"user_agent": "x"},
        {"story": "x"},
        {"error": "a sentence with words"},
        {"error": "Ik werk elke dag."},
        {"error": "سلام"},
        {"route": "a" * 61},
        {"organisation": "a\nb"},
    ],
)
def test_anything_else_raises_and_writes_nothing(fields: dict[str, Any]) -> None:
    out = io.StringIO()

    with pytest.raises(NotForTheLog):
        EventLog(out).write(Event.REQUEST_FAILED, **fields)
    assert out.getvalue() == ""
