"""What the intake puts into the outbox and takes back; the worker's side is DeliveryRepository."""

from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from referral_api.persistence.tables import DeliveryRow


class OutboxRepository:
    """The writing end of the outbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, row: DeliveryRow) -> None:
        """Put one delivery in the outbox."""
        self._session.add(row)
        self._session.flush()

    def cancel(self, referral_id: UUID) -> list[tuple[str, bool, UUID | None]]:
        """Stop every offer that waits; whom an offer reached, or may have, with its consent.

        An offer that was tried at least once counts as reached: the receiver may have it
        although its answer was lost.
        """
        offers = (DeliveryRow.referral_id == referral_id, DeliveryRow.purpose == "offer")
        reached = self._session.execute(
            select(DeliveryRow.organisation_id, DeliveryRow.needs_consent, DeliveryRow.consent_id)
            .where(*offers, or_(DeliveryRow.status == "delivered", DeliveryRow.attempts > 0))
            .distinct()
        ).all()
        self._session.execute(
            update(DeliveryRow)
            .where(*offers, DeliveryRow.status.in_(("waiting", "parked")))
            .values(status="cancelled", leased_until=None, last_error_kind="withdrawn")
        )
        return [(name, needs, consent) for name, needs, consent in reached]
