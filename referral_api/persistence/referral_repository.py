"""Every query on referrals, their consents, keys and moves; each asks who is looking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from referral_api.domain.code_lists import Child, Kind, Mode, Need, Urgency
from referral_api.domain.htcds import Exploitation
from referral_api.domain.lifecycle import Standing, Status
from referral_api.domain.referral import Header, StoredReferral
from referral_api.domain.staff import StaffMember
from referral_api.persistence.tables import (
    MessageRow,
    MoveRow,
    ReferralRow,
)

PAGE_SIZE = 50
_OPEN = tuple(status.value for status in Status if status.is_open)


@dataclass(frozen=True, slots=True)
class Move:
    """One step in the life of a referral; `staff_id` is None when the reporter took it."""

    status: Status
    owner: str
    day: date
    organisation: str | None = None
    reason: str | None = None
    staff_id: UUID | None = None


class ReferralRepository:
    """Referrals. What a member of staff sees depends on their organisation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_unless_submitted(self, row: ReferralRow) -> bool:
        """Store a new referral; False when this submission was stored before.

        One statement decides, so two copies of one form can never both win: the second waits
        until the first is committed and then finds it.
        """
        values = {column.key: getattr(row, column.key) for column in ReferralRow.__table__.columns}
        dialect = self._session.get_bind().dialect.name
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        done = self._session.execute(
            make(ReferralRow)
            .values(values)
            .on_conflict_do_nothing(index_elements=["submission_key_hash"])
            .returning(ReferralRow.id)
        )
        return done.scalar_one_or_none() is not None

    def find_submission(self, key_hash: bytes) -> tuple[StoredReferral, bytes] | None:
        """The referral of an earlier submission, and the fingerprint of what it held."""
        row = self._session.scalars(
            select(ReferralRow).where(ReferralRow.submission_key_hash == key_hash)
        ).one_or_none()
        return (stored_referral(row), row.submission_fingerprint) if row else None

    def find_by_lookup(self, lookup: bytes, *, to_change: bool = False) -> ReferralRow | None:
        """The referral of whoever holds the code; the code is the permission."""
        query = select(ReferralRow).where(ReferralRow.lookup == lookup)
        return self._session.scalars(query.with_for_update() if to_change else query).one_or_none()

    def find_visible(
        self, viewer: StaffMember, referral_id: UUID, *, to_change: bool = False
    ) -> ReferralRow | None:
        """The referral, if this member of staff may see it."""
        query = select(ReferralRow).where(ReferralRow.id == referral_id, visible_to(viewer))
        return self._session.scalars(query.with_for_update() if to_change else query).one_or_none()

    def list_visible(
        self,
        viewer: StaffMember,
        *,
        only_open: bool = True,
        statuses: Sequence[Status] = (),
        after: tuple[datetime | None, UUID] | None = None,
        limit: int = PAGE_SIZE,
    ) -> list[StoredReferral]:
        """One page of headers, what is due first on top; nothing is decrypted."""
        query = select(ReferralRow).where(visible_to(viewer))
        if statuses:
            query = query.where(ReferralRow.status.in_([status.value for status in statuses]))
        elif only_open:
            query = query.where(ReferralRow.status.in_(_OPEN))
        if after is not None:
            query = query.where(_comes_after(*after))
        rows = self._session.scalars(
            query.order_by(ReferralRow.due_at.is_(None), ReferralRow.due_at, ReferralRow.id).limit(
                limit
            )
        ).all()
        unread = self._unread([row.id for row in rows])
        return [
            replace(stored_referral(row), unread_messages=unread.get(row.id, 0)) for row in rows
        ]

    def _unread(self, referral_ids: Sequence[UUID]) -> dict[UUID, int]:
        counts = self._session.execute(
            select(MessageRow.referral_id, func.count())
            .where(
                MessageRow.referral_id.in_(referral_ids),
                MessageRow.sender == "reporter",
                MessageRow.seen_by_desk.is_(False),
            )
            .group_by(MessageRow.referral_id)
        )
        return {row[0]: row[1] for row in counts}

    def record(self, referral_id: UUID, move: Move) -> None:
        """Add one step to the life of a referral."""
        position = self._session.scalar(
            select(func.count()).where(MoveRow.referral_id == referral_id)
        )
        self._session.add(
            MoveRow(
                referral_id=referral_id,
                position=position or 0,
                status=move.status.value,
                owner_id=move.owner,
                organisation_id=move.organisation,
                reason=move.reason,
                staff_id=move.staff_id,
                day=move.day,
            )
        )
        self._session.flush()

    def moves(self, referral_id: UUID) -> list[Move]:
        """The life of a referral, oldest step first."""
        rows = self._session.scalars(
            select(MoveRow).where(MoveRow.referral_id == referral_id).order_by(MoveRow.position)
        )
        return [
            Move(
                status=Status.of(row.status),
                owner=row.owner_id,
                day=row.day,
                organisation=row.organisation_id,
                reason=row.reason,
                staff_id=row.staff_id,
            )
            for row in rows
        ]

    def change(
        self, row: ReferralRow, standing: Standing, today: date, due_at: datetime | None
    ) -> None:
        """Give a referral its new standing; a new clock replaces the old one."""
        row.status = standing.status.value
        row.owner_id = standing.owner
        row.offered_to_id = standing.offered_to
        row.status_day = today
        row.movement_day = today
        row.due_at = due_at
        self._session.flush()


def standing_of(row: ReferralRow) -> Standing:
    """Status, owner and whom a referral is on offer to."""
    return Standing(Status.of(row.status), row.owner_id, row.offered_to_id)


def stored_referral(row: ReferralRow) -> StoredReferral:
    """The readable part of a row; nothing is decrypted."""
    header = Header(
        kind=Kind.of(row.kind),
        mode=Mode.of(row.mode),
        needs=tuple(Need.of(need) for need in row.needs),
        exploitation=tuple(Exploitation.of(form) for form in row.exploitation),
        child=Child.of(row.child),
        region=row.region,
        language=row.language,
        urgency=Urgency.of(row.urgency),
    )
    return StoredReferral(
        id=row.id,
        header=header,
        status=Status.of(row.status),
        status_since=row.status_day,
        owner=row.owner_id,
        lead=row.lead_id,
        received_on=row.received_day,
        due_at=row.due_at,
        offered_to=row.offered_to_id,
    )


def visible_to(viewer: StaffMember) -> ColumnElement[bool]:
    """What a member of staff may see: everything at the intake desk, else their own."""
    if viewer.sees_all:
        return true()
    return or_(
        ReferralRow.owner_id == viewer.organisation_id,
        ReferralRow.offered_to_id == viewer.organisation_id,
    )


def _comes_after(due_at: datetime | None, referral_id: UUID) -> ColumnElement[bool]:
    """What stands below a line of the list: no clock sorts last, equal clocks sort by id."""
    if due_at is None:
        return and_(ReferralRow.due_at.is_(None), ReferralRow.id > referral_id)
    return or_(
        ReferralRow.due_at.is_(None),
        ReferralRow.due_at > due_at,
        and_(ReferralRow.due_at == due_at, ReferralRow.id > referral_id),
    )
