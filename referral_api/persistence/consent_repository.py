"""Every query on consents."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral_api.domain.code_lists import GivenBy
from referral_api.domain.consent import Consent
from referral_api.persistence.tables import ConsentRow


class ConsentRepository:
    """Consents of one referral; the caller has checked who is looking."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, referral_id: UUID, consent: Consent) -> UUID:
        """Record one consent; its id."""
        row = ConsentRow(
            referral_id=referral_id,
            organisation_id=consent.organisation_id,
            given_by=consent.given_by.value,
            text_version=consent.text_version,
            text_language=consent.text_language,
            given_day=consent.given_on,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def all_of(self, referral_id: UUID) -> list[Consent]:
        """All consents of a referral, revoked ones too."""
        rows = self._session.scalars(
            select(ConsentRow)
            .where(ConsentRow.referral_id == referral_id)
            .order_by(ConsentRow.organisation_id)
        )
        return [
            Consent(
                organisation_id=row.organisation_id,
                given_by=GivenBy.of(row.given_by),
                text_version=row.text_version,
                text_language=row.text_language,
                given_on=row.given_day,
                revoked_on=row.revoked_day,
            )
            for row in rows
        ]

    def active_id(self, referral_id: UUID, organisation_id: str) -> UUID | None:
        """The consent that lets this referral go to this organisation now."""
        return self._session.scalars(
            select(ConsentRow.id)
            .where(
                ConsentRow.referral_id == referral_id,
                ConsentRow.organisation_id == organisation_id,
                ConsentRow.revoked_day.is_(None),
            )
            .limit(1)
        ).one_or_none()

    def revoke_all(self, referral_id: UUID, today: date) -> None:
        """Take back every consent of a referral."""
        self._session.execute(
            update(ConsentRow)
            .where(ConsentRow.referral_id == referral_id, ConsentRow.revoked_day.is_(None))
            .values(revoked_day=today)
        )
