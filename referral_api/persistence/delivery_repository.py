"""Every query of the outbox: claiming with a lease, marking, and the consent behind a delivery."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from referral_api.domain.lifecycle import Status
from referral_api.persistence.tables import (
    ConsentRow,
    DeliveryRow,
    OrganisationKeyRow,
    ReferralRow,
    StaffKeyRow,
)

OFFER = "offer"
WAITING = "waiting"


# The columns of ClaimedDelivery, in its order.
_CLAIMED = (
    DeliveryRow.id,
    DeliveryRow.referral_id,
    DeliveryRow.organisation_id,
    DeliveryRow.needs_consent,
    DeliveryRow.purpose,
    DeliveryRow.idempotency_key,
    DeliveryRow.attempts,
    DeliveryRow.created_day,
    DeliveryRow.leased_until,
)


class ConsentState(Enum):
    """How the consent that names an organisation stands."""

    NONE = auto()
    REVOKED = auto()
    ACTIVE = auto()


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """One delivery that is ours until `leased_until`."""

    id: UUID
    referral_id: UUID
    organisation_id: str
    needs_consent: bool
    purpose: str
    idempotency_key: str
    attempts: int
    created_day: date
    leased_until: datetime


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """Where one delivery stands, for the desk: nothing in it is about the person."""

    organisation_id: str
    purpose: str
    status: str
    attempts: int
    last_error_kind: str | None
    created_day: date


class DeliveryRepository:
    """The outbox. The worker looks at all of it; the desk at one referral it may see."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(
        self, now: datetime, leased_until: datetime, busy: Collection[str] = ()
    ) -> ClaimedDelivery | None:
        """The delivery that is due longest, now leased; None when nothing is due.

        One statement: on PostgreSQL other workers skip the locked row, on SQLite the writer's
        turn makes it atomic. A lease that ran out is free again: its worker died. Organisations
        in `busy` are left out.
        """
        due = (
            select(DeliveryRow.id)
            .where(
                DeliveryRow.status == WAITING,
                DeliveryRow.next_attempt_at <= now,
                or_(DeliveryRow.leased_until.is_(None), DeliveryRow.leased_until <= now),
                DeliveryRow.organisation_id.not_in(tuple(busy)),
            )
            .order_by(DeliveryRow.next_attempt_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == due.scalar_subquery())
            .values(leased_until=leased_until, attempts=DeliveryRow.attempts + 1)
            .returning(*_CLAIMED)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        return None if row is None else ClaimedDelivery(*row)

    def consent_state(self, delivery: ClaimedDelivery) -> ConsentState:
        """Whether the person lets this referral go to this organisation, as it stands now."""
        return self.consent_between(delivery.referral_id, delivery.organisation_id)

    def consent_between(self, referral: UUID, organisation: str) -> ConsentState:
        """The best consent that one referral gives one organisation."""
        revoked = self._session.scalars(
            select(ConsentRow.revoked_day).where(
                ConsentRow.referral_id == referral, ConsentRow.organisation_id == organisation
            )
        ).all()
        if not revoked:
            return ConsentState.NONE
        return ConsentState.ACTIVE if None in revoked else ConsentState.REVOKED

    def reads_at_desk(self, organisation: str) -> bool:
        """Whether somebody at this organisation can open what is sealed to it."""
        return bool(
            self._session.scalar(
                select(
                    exists().where(
                        OrganisationKeyRow.organisation_id == organisation,
                        OrganisationKeyRow.retired_day.is_(None),
                        StaffKeyRow.organisation_key_id == OrganisationKeyRow.id,
                    )
                )
            )
        )

    def is_withdrawn(self, referral: UUID) -> bool:
        """Whether the reporter took the referral back."""
        return bool(
            self._session.scalar(
                select(
                    exists().where(
                        ReferralRow.id == referral, ReferralRow.status == Status.WITHDRAWN.value
                    )
                )
            )
        )

    def mark_delivered(self, delivery: ClaimedDelivery, midnight: datetime) -> None:
        """The receiver has it. True whoever says so, hence without looking at the lease.

        `midnight` overwrites the moment of the last attempt, which is near that of the visit.
        """
        self._session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery.id, DeliveryRow.status == WAITING)
            .values(
                status="delivered",
                leased_until=None,
                next_attempt_at=midnight,
                last_error_kind=None,
            )
        )

    def mark_waiting(self, delivery: ClaimedDelivery, again_at: datetime, error: str) -> None:
        """Try again later; `error` is a fixed word. Only the holder of the lease may say this."""
        self._release(delivery, status=WAITING, again_at=again_at, error=error)

    def mark_parked(self, delivery: ClaimedDelivery, midnight: datetime, error: str) -> None:
        """A person must look: knocking again would give the same answer."""
        self._release(delivery, status="parked", again_at=midnight, error=error)

    def mark_cancelled(self, delivery: ClaimedDelivery, midnight: datetime, error: str) -> None:
        """This may never be sent; the police gate or a withdrawal said so."""
        self._release(delivery, status="cancelled", again_at=midnight, error=error)

    def _release(
        self, delivery: ClaimedDelivery, *, status: str, again_at: datetime, error: str
    ) -> None:
        self._session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.id == delivery.id,
                DeliveryRow.status == WAITING,
                DeliveryRow.leased_until == delivery.leased_until,
            )
            .values(
                status=status, leased_until=None, next_attempt_at=again_at, last_error_kind=error
            )
        )

    def seconds_until_next(self, now: datetime) -> float | None:
        """How long until something waiting is due; None when nothing waits at all."""
        soonest = self._session.scalar(
            select(func.min(DeliveryRow.next_attempt_at)).where(DeliveryRow.status == WAITING)
        )
        return None if soonest is None else max(0.0, (soonest - now).total_seconds())

    def notes_on(self, referral: UUID) -> Sequence[DeliveryNote]:
        """Where the deliveries of one referral stand; the caller has checked who is looking."""
        rows = self._session.execute(
            select(
                DeliveryRow.organisation_id,
                DeliveryRow.purpose,
                DeliveryRow.status,
                DeliveryRow.attempts,
                DeliveryRow.last_error_kind,
                DeliveryRow.created_day,
            )
            .where(DeliveryRow.referral_id == referral)
            .order_by(DeliveryRow.organisation_id, DeliveryRow.purpose)
        )
        return [DeliveryNote(*row) for row in rows]
