"""How long what is kept, as data."""

from datetime import date, datetime, timedelta
from typing import Final

from referral_api.domain.code_lists import Urgency

_SATURDAY: Final = 5

# A closed referral keeps its keys this long, then they are destroyed.
CLOSED_KEPT: Final = timedelta(days=90)
# An open referral without any movement for this long is put before the desk lead.
OPEN_WARNING: Final = timedelta(days=60)
# Contact channels go this long after closing; the story stays until CLOSED_KEPT.
CONTACT_KEPT: Final = timedelta(days=30)
# Row keys still stand in backups this long, never longer (deploy/ keeps them for seven days).
KEYS_IN_BACKUPS: Final = timedelta(days=7)

# The clock of each step: within this time somebody must have moved.
CLOCKS: Final[dict[Urgency, timedelta]] = {
    Urgency.ACUTE: timedelta(hours=2),
    Urgency.URGENT: timedelta(hours=24),
}
# All other referrals: this many working days (Monday to Friday).
NORMAL_WORKING_DAYS: Final = 3


def due_at(urgency: Urgency, started: datetime) -> datetime:
    """When the step must be done, rounded up to a whole hour (UTC).

    Rounded because the start is the moment a visitor sent the form; it is erased at the first
    move.
    """
    if urgency in CLOCKS:
        due = started + CLOCKS[urgency]
    else:
        due = started
        for _ in range(NORMAL_WORKING_DAYS):
            due += timedelta(days=1)
            while due.weekday() >= _SATURDAY:
                due += timedelta(days=1)
    whole = due.replace(minute=0, second=0, microsecond=0)
    return whole if whole == due else whole + timedelta(hours=1)


def closed_is_over(closed_on: date, today: date) -> bool:
    """Whether the keys of a closed referral must be destroyed today."""
    return today - closed_on >= CLOSED_KEPT


def open_needs_a_warning(last_movement: date, today: date) -> bool:
    """Whether an open referral has stood still too long."""
    return today - last_movement >= OPEN_WARNING
