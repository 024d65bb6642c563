"""The log of what staff did: each line seals the one before, so none can vanish unseen."""

from secrets import compare_digest
from uuid import UUID

from referral_api.domain.staff import StaffMember
from referral_api.persistence.staff_repository import LogLine
from referral_api.sealing import keyed_hash
from referral_api.services.workplace import Store, Workplace


class LogBroken(Exception):
    """A line was changed, removed or added by hand; `sequence` is the first that is wrong."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"line {sequence}")
        self.sequence = sequence


def record_action(
    store: Store,
    workplace: Workplace,
    member: StaffMember,
    action: str,
    referral_id: UUID | None = None,
) -> None:
    """Add a line in the transaction of the action itself: no action without its line."""

    def seal(previous: bytes, line: LogLine) -> bytes:
        return _seal(workplace, previous, line)

    store.staff.log(member, action, referral_id, workplace.now(), seal)


def check_staff_log(workplace: Workplace) -> int:
    """The number of lines, when all of them fit together. Raises LogBroken."""
    with workplace.database.reading() as session:
        lines = Store(session, workplace.intake_organisation).staff.log_lines()
    previous = b""
    for expected, line in enumerate(lines, start=1):
        if line.sequence != expected or not compare_digest(
            line.seal, _seal(workplace, previous, line)
        ):
            raise LogBroken(expected)
        previous = line.seal
    return len(lines)


def _seal(workplace: Workplace, previous: bytes, line: LogLine) -> bytes:
    return keyed_hash(
        workplace.pepper_bytes,
        "staff log",
        previous,
        str(line.sequence),
        line.at.isoformat(),
        line.staff_id.bytes,
        line.action,
        line.referral_id.bytes if line.referral_id else b"",
    )
