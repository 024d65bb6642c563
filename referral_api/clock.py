"""What time it is, as an argument: tests move the clock, code never asks the machine."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment now, in UTC."""
    return datetime.now(UTC)


def start_of(day: date) -> datetime:
    """Midnight UTC at the start of a day: a moment that tells nothing about a visitor."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
