"""The one query behind what a receiver's system may fetch."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral_api.domain.referral import StoredReferral
from referral_api.persistence.delivery_repository import OFFER
from referral_api.persistence.referral_repository import stored_referral
from referral_api.persistence.tables import (
    ContentKeyRow,
    DeliveryRow,
    OrganisationKeyRow,
    ReferralRow,
)


@dataclass(frozen=True, slots=True)
class SealedOffer:
    """A referral on offer: readable header, sealed body, and the key sealed to the receiver."""

    stored: StoredReferral
    needs_consent: bool
    sealed_body: bytes
    sealed_key: bytes | None
    public_key: bytes | None


class OfferRepository:
    """Offers, each visible to the organisation it was made to and to nobody else."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, organisation: str, delivery: UUID) -> SealedOffer | None:
        """The offer, if it was made to this organisation."""
        found = self._session.execute(
            select(ReferralRow, DeliveryRow.needs_consent)
            .join(DeliveryRow, DeliveryRow.referral_id == ReferralRow.id)
            .where(
                DeliveryRow.id == delivery,
                DeliveryRow.organisation_id == organisation,
                DeliveryRow.purpose == OFFER,
                DeliveryRow.status != "cancelled",
            )
        ).one_or_none()
        if found is None:
            return None
        referral, needs_consent = found
        sealed_key, public_key = self._key(organisation, referral.id)
        return SealedOffer(
            stored_referral(referral),
            needs_consent,
            referral.sealed_body,
            sealed_key,
            public_key,
        )

    def has_key(self, organisation: str, referral: UUID) -> bool:
        """Whether this organisation has a sealed copy of the referral's content key."""
        return self._key(organisation, referral)[0] is not None

    def _key(self, organisation: str, referral: UUID) -> tuple[bytes | None, bytes | None]:
        """The newest sealed copy, and the public key it was sealed to."""
        found = self._session.execute(
            select(ContentKeyRow.sealed_key, OrganisationKeyRow.public_key)
            .join(OrganisationKeyRow, OrganisationKeyRow.id == ContentKeyRow.organisation_key_id)
            .where(
                ContentKeyRow.referral_id == referral,
                ContentKeyRow.organisation_id == organisation,
            )
            .order_by(OrganisationKeyRow.created_day.desc(), OrganisationKeyRow.id)
            .limit(1)
        ).one_or_none()
        return (found[0], found[1]) if found else (None, None)
