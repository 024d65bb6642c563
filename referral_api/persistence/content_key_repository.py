"""Every query on the sealed keys of referrals; destroying them is how a referral is erased."""

from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from referral_api.domain.staff import StaffMember
from referral_api.persistence.tables import ContentKeyRow, MessageKeyRow


class ContentKeyRepository:
    """Content keys, each sealed to one organisation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seal_for(
        self,
        referral_id: UUID,
        organisation_id: str,
        organisation_key_id: UUID,
        sealed_key: bytes,
        *,
        needs_consent: bool,
        consent_id: UUID | None,
    ) -> None:
        """Give an organisation its own sealed copy of the content key.

        The database refuses an organisation that may reach the police without a consent.
        """
        self._session.execute(
            insert(ContentKeyRow).values(
                referral_id=referral_id,
                organisation_key_id=organisation_key_id,
                organisation_id=organisation_id,
                needs_consent=needs_consent,
                consent_id=consent_id,
                sealed_key=sealed_key,
            )
        )

    def is_sealed_for(self, referral_id: UUID, organisation_key_id: UUID) -> bool:
        """Whether this organisation key has its copy already."""
        return self._session.get(ContentKeyRow, (referral_id, organisation_key_id)) is not None

    def sealed_keys(self, viewer: StaffMember, referral_id: UUID) -> dict[UUID, bytes]:
        """The content key as sealed for the viewer's organisation, by organisation key."""
        rows = self._session.execute(
            select(ContentKeyRow.organisation_key_id, ContentKeyRow.sealed_key).where(
                ContentKeyRow.referral_id == referral_id,
                ContentKeyRow.organisation_id == viewer.organisation_id,
            )
        )
        return {row[0]: row[1] for row in rows}

    def take_back(self, referral_id: UUID, organisation_id: str) -> None:
        """Destroy one organisation's copy: it no longer has to do with this referral."""
        self._session.execute(
            delete(ContentKeyRow).where(
                ContentKeyRow.referral_id == referral_id,
                ContentKeyRow.organisation_id == organisation_id,
            )
        )

    def shred(self, referral_id: UUID) -> None:
        """Destroy every key of a referral and its messages: what they sealed is gone."""
        for table in (ContentKeyRow, MessageKeyRow):
            self._session.execute(delete(table).where(table.referral_id == referral_id))
