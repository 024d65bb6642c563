"""Hands a receiver's system the sealed referral it is offered; nothing is opened here."""

from uuid import UUID

from referral_api.domain.directory import Directory
from referral_api.domain.lifecycle import Status
from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import ConsentState, DeliveryRepository
from referral_api.persistence.offer_repository import OfferRepository, SealedOffer


class OfferNotFound(Exception):
    """No such offer for this organisation, or not any more."""


class OfferWithdrawn(Exception):
    """The reporter took the referral back: what was fetched before must be deleted."""


def read_offer(
    database: Database, directory: Directory, organisation: str, delivery: UUID
) -> SealedOffer:
    """The offer of this organisation. Raises OfferNotFound, OfferWithdrawn.

    Fetching is the moment in which the referral really leaves, so the consent is looked at here
    once more: it may have been revoked since the notice was sent.
    """
    with database.reading() as session:
        offer = OfferRepository(session).find(organisation, delivery)
        if offer is None:
            raise OfferNotFound
        if offer.stored.status is Status.WITHDRAWN:
            raise OfferWithdrawn
        known = directory.find(organisation)
        if known is None or offer.sealed_key is None:
            raise OfferNotFound
        if known.needs_police_consent or offer.needs_consent:
            consent = DeliveryRepository(session).consent_between(offer.stored.id, organisation)
            if consent is not ConsentState.ACTIVE:
                raise OfferNotFound
        return offer
