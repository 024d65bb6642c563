"""What every use case works with: database, routes, clock, pepper and the name of the desk."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from pydantic import SecretStr
from sqlalchemy.orm import Session

from referral_api.clock import Clock, utc_now
from referral_api.domain.referral import Facts
from referral_api.domain.routing import Plan
from referral_api.persistence.consent_repository import ConsentRepository
from referral_api.persistence.content_key_repository import ContentKeyRepository
from referral_api.persistence.conversation_repository import ConversationRepository
from referral_api.persistence.database import Database
from referral_api.persistence.organisation_repository import OrganisationRepository
from referral_api.persistence.outbox_repository import OutboxRepository
from referral_api.persistence.referral_repository import ReferralRepository
from referral_api.persistence.staff_repository import StaffRepository


class Router(Protocol):
    """Plans who gets a referral; pure, and the same for the API and the decision aid."""

    def __call__(self, facts: Facts, consented_to: Set[str]) -> Plan:
        """The plan: always a lead, and the police only by a consent that names them."""
        ...


class DeskNotReady(Exception):
    """The intake desk has no public key yet, so nothing can be sealed for it."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Handed to every use case; holds no state of a visitor and no private key."""

    database: Database
    router: Router
    pepper: SecretStr
    intake_organisation: str
    clock: Clock = field(default=utc_now)

    @property
    def pepper_bytes(self) -> bytes:
        """The pepper, for a keyed hash."""
        return self.pepper.get_secret_value().encode()

    def now(self) -> datetime:
        """The moment now, in UTC."""
        return self.clock()

    def today(self) -> date:
        """The day now: all that is ever stored about when a visitor was here."""
        return self.clock().date()


class Store:
    """All repositories on one session, so that a use case reads as one list of steps."""

    def __init__(self, session: Session, intake_organisation: str) -> None:
        self.referrals = ReferralRepository(session)
        self.consents = ConsentRepository(session)
        self.content_keys = ContentKeyRepository(session)
        self.conversations = ConversationRepository(session)
        self.organisations = OrganisationRepository(session)
        self.outbox = OutboxRepository(session)
        self.staff = StaffRepository(session, intake_organisation)
