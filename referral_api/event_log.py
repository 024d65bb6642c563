"""The only way to log: fixed words with allow-listed fields, never a text, address or code."""

import sys
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TextIO

import structlog


class Event(StrEnum):
    """Everything that is ever logged. What a visitor does is not among it."""

    SERVICE_STARTED = "service_started"
    SERVICE_STOPPED = "service_stopped"
    STORE_NOT_READY = "store_not_ready"
    REQUEST_FAILED = "request_failed"
    LOOKUPS_BUSY = "lookups_busy"
    ORGANISATION_CLOSED_OFF = "organisation_closed_off"
    DELIVERY_SENT = "delivery_sent"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_REFUSED = "delivery_refused"
    DELIVERY_PARKED = "delivery_parked"
    DELIVERY_LATE = "delivery_late"
    OFFER_EXPIRED = "offer_expired"
    CLOCK_OVERDUE = "clock_overdue"
    KEYS_DESTROYED = "keys_destroyed"
    WORKER_FAILED = "worker_failed"


# Values are ids of organisations, class names of errors, words of ours, or numbers.
FIELDS: Final = frozenset(
    {"service", "version", "route", "error", "organisation", "count", "attempts", "kind", "seconds"}
)
_LONGEST_VALUE: Final = 60


class NotForTheLog(ValueError):
    """A field or a value that may not be logged."""


Fields = MutableMapping[str, Any]


class EventLog:
    """Writes one JSON line for each event; the time is the day, a visit leaves no hour."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], datetime] | None = None
    ) -> None:
        now = clock or (lambda: datetime.now(UTC))

        def add_day(_logger: Any, _method: str, fields: Fields) -> Fields:
            fields["day"] = now().date().isoformat()
            return fields

        self._logger: Any = structlog.wrap_logger(
            structlog.PrintLogger(stream or sys.stderr),
            processors=[add_day, structlog.processors.JSONRenderer(sort_keys=True)],
        )

    def write(self, event: Event, **fields: str | int | float) -> None:
        """Log one event. Raises NotForTheLog for anything that is not on the list."""
        for name, value in fields.items():
            if name not in FIELDS:
                raise NotForTheLog(name)
            if isinstance(value, str) and not _is_a_word(value):
                raise NotForTheLog(name)
        self._logger.info(event.value, **fields)


def _is_a_word(value: str) -> bool:
    allowed = value.replace("/", "").replace("-", "").replace("_", "").replace(".", "")
    plain = allowed.replace("{", "").replace("}", "")
    return len(value) <= _LONGEST_VALUE and plain.isascii() and plain.isalnum()
