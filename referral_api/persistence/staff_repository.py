"""Every query on staff, their wrapped keys, and the log of what they did."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from referral_api.domain.staff import StaffMember
from referral_api.persistence.tables import StaffKeyRow, StaffLogRow, StaffRow

# Any number will do, as long as nothing else in this database locks it.
_LOG_LOCK = 0x5EA1


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A wrapped private key as stored: salt, cost and box, and the key pair it belongs to."""

    organisation_key_id: UUID
    salt: bytes
    memory_kib: int
    time_cost: int
    box: bytes


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the staff log, without any content."""

    sequence: int
    at: datetime
    staff_id: UUID
    action: str
    referral_id: UUID | None
    seal: bytes


class StaffRepository:
    """Staff of all organisations."""

    def __init__(self, session: Session, intake_organisation: str) -> None:
        self._session = session
        self._intake_organisation = intake_organisation

    def find(self, username: str) -> StaffMember | None:
        """The member with this name who was not disabled."""
        row = self._session.scalars(
            select(StaffRow).where(StaffRow.username == username, StaffRow.disabled_day.is_(None))
        ).one_or_none()
        return self._member(row) if row else None

    def list_of(self, organisation_id: str) -> list[StaffMember]:
        """Everybody at one organisation who was not disabled."""
        rows = self._session.scalars(
            select(StaffRow)
            .where(StaffRow.organisation_id == organisation_id, StaffRow.disabled_day.is_(None))
            .order_by(StaffRow.username)
        )
        return [self._member(row) for row in rows]

    def add(self, username: str, organisation_id: str, role: str, today: date) -> StaffMember:
        """Add a member of staff."""
        row = StaffRow(
            username=username, organisation_id=organisation_id, role=role, created_day=today
        )
        self._session.add(row)
        self._session.flush()
        return self._member(row)

    def keys(self, staff_id: UUID) -> list[StoredKey]:
        """The wrapped private keys of one member."""
        rows = self._session.scalars(select(StaffKeyRow).where(StaffKeyRow.staff_id == staff_id))
        return [
            StoredKey(
                row.organisation_key_id,
                row.salt,
                row.memory_kib,
                row.time_cost,
                row.wrapped_private_key,
            )
            for row in rows
        ]

    def replace_key(self, staff_id: UUID, key: StoredKey) -> None:
        """Store a wrapped private key in place of the one with an older password."""
        self._session.execute(
            delete(StaffKeyRow).where(
                StaffKeyRow.staff_id == staff_id,
                StaffKeyRow.organisation_key_id == key.organisation_key_id,
            )
        )
        self._session.add(
            StaffKeyRow(
                staff_id=staff_id,
                organisation_key_id=key.organisation_key_id,
                salt=key.salt,
                memory_kib=key.memory_kib,
                time_cost=key.time_cost,
                wrapped_private_key=key.box,
            )
        )
        self._session.flush()

    def second_factor(self, staff_id: UUID) -> bytes | None:
        """The sealed secret of the second factor, or None when there is none yet."""
        return self._session.scalar(
            select(StaffRow.sealed_second_factor).where(StaffRow.id == staff_id)
        )

    def set_second_factor(self, staff_id: UUID, sealed: bytes) -> None:
        """Store the sealed secret of the second factor."""
        row = self._session.get_one(StaffRow, staff_id)
        row.sealed_second_factor = sealed
        self._session.flush()

    def log(
        self,
        viewer: StaffMember,
        action: str,
        referral_id: UUID | None,
        at: datetime,
        seal: Callable[[bytes, LogLine], bytes],
    ) -> None:
        """Add a line; `seal` gets the seal of the line before and the new line without one."""
        if self._session.get_bind().dialect.name == "postgresql":
            # One at a time: two lines must never continue the same line.
            self._session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOG_LOCK})
        last = self._session.scalars(
            select(StaffLogRow).order_by(StaffLogRow.sequence.desc()).limit(1)
        ).one_or_none()
        sequence = last.sequence + 1 if last else 1
        line = LogLine(sequence, at, viewer.id, action, referral_id, b"")
        self._session.add(
            StaffLogRow(
                sequence=sequence,
                at=at,
                staff_id=viewer.id,
                action=action,
                referral_id=referral_id,
                seal=seal(last.seal if last else b"", line),
            )
        )
        self._session.flush()

    def log_lines(self) -> list[LogLine]:
        """The whole log, oldest line first."""
        rows = self._session.scalars(select(StaffLogRow).order_by(StaffLogRow.sequence))
        return [
            LogLine(row.sequence, row.at, row.staff_id, row.action, row.referral_id, row.seal)
            for row in rows
        ]

    def _member(self, row: StaffRow) -> StaffMember:
        return StaffMember(
            id=row.id,
            username=row.username,
            organisation_id=row.organisation_id,
            role=row.role,
            sees_all=row.organisation_id == self._intake_organisation,
        )
