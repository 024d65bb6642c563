"""The tables of referrals: what each field is for stands in docs/data-inventory.md."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from referral_api.domain.lifecycle import Status
from referral_api.persistence.columns import Base, is_one_of
from referral_api.persistence.organisation_tables import (
    OrganisationKeyRow,
    OrganisationRow,
    StaffKeyRow,
    StaffLogRow,
    StaffRow,
)

__all__ = [
    "Base",
    "ConsentRow",
    "ContentKeyRow",
    "DeliveryRow",
    "MessageKeyRow",
    "MessageRow",
    "MoveRow",
    "OrganisationKeyRow",
    "OrganisationRow",
    "ReferralRow",
    "StaffKeyRow",
    "StaffLogRow",
    "StaffRow",
]

DELIVERY_STATUSES = ("waiting", "delivered", "parked", "cancelled")
DELIVERY_PURPOSES = ("offer", "withdrawal")
SENDERS = ("reporter", "desk")

# An organisation that may reach the police gets a row only with a consent that names it.
_POLICE_FREE = "needs_consent = false OR consent_id IS NOT NULL"


def _police_free() -> tuple[CheckConstraint | ForeignKeyConstraint, ...]:
    """The third wall: the database itself refuses a row that could reach the police.

    `needs_consent` cannot be written wrong, because it is half of a foreign key; `consent_id`
    cannot belong to another referral or organisation, for the same reason. When a directory
    change makes an organisation need consent, the cascade meets the check and fails until rows
    without a consent are gone.
    """
    return (
        CheckConstraint(_POLICE_FREE, name="police_free"),
        ForeignKeyConstraint(
            ["organisation_id", "needs_consent"],
            ["organisations.id", "organisations.needs_consent"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(
            ["consent_id", "referral_id", "organisation_id"],
            ["consents.id", "consents.referral_id", "consents.organisation_id"],
        ),
    )


class ReferralRow(Base, kw_only=True):
    """A referral: the readable header, and everything else sealed in `sealed_body`."""

    __tablename__ = "referrals"
    __table_args__ = (
        ForeignKeyConstraint(["owner_id"], ["organisations.id"]),
        ForeignKeyConstraint(["lead_id"], ["organisations.id"]),
        ForeignKeyConstraint(["offered_to_id"], ["organisations.id"]),
        CheckConstraint(is_one_of("status", tuple(Status)), name="status"),
        CheckConstraint(
            "(status = 'offered' AND offered_to_id IS NOT NULL)"
            " OR (status <> 'offered' AND offered_to_id IS NULL)",
            name="offered_to_somebody",
        ),
        UniqueConstraint("lookup"),
        UniqueConstraint("submission_key_hash"),
        Index(None, "owner_id", "status", "due_at"),
        Index(None, "offered_to_id", "status"),
        Index(None, "status", "due_at"),
        Index(None, "received_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    kind: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(20))
    needs: Mapped[list[str]]
    exploitation: Mapped[list[str]]
    child: Mapped[str] = mapped_column(String(10))
    region: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    urgency: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    status_day: Mapped[date]
    owner_id: Mapped[str] = mapped_column(String(60))
    lead_id: Mapped[str] = mapped_column(String(60))
    offered_to_id: Mapped[str | None] = mapped_column(String(60), default=None)
    received_day: Mapped[date]
    movement_day: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    lookup: Mapped[bytes]
    reporter_public_key: Mapped[bytes]
    sealed_body: Mapped[bytes]
    submission_key_hash: Mapped[bytes]
    submission_fingerprint: Mapped[bytes]


class ConsentRow(Base, kw_only=True):
    """One consent: this referral may go to this organisation."""

    __tablename__ = "consents"
    __table_args__ = (
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        UniqueConstraint("id", "referral_id", "organisation_id"),
        Index(None, "referral_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    referral_id: Mapped[UUID]
    organisation_id: Mapped[str] = mapped_column(String(60))
    given_by: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[str] = mapped_column(String(20))
    text_language: Mapped[str] = mapped_column(String(12))
    given_day: Mapped[date]
    revoked_day: Mapped[date | None] = mapped_column(default=None)


class ContentKeyRow(Base, kw_only=True):
    """The key of one referral's body, sealed to one organisation. Deleting it is shredding."""

    __tablename__ = "content_keys"
    __table_args__ = (
        *_police_free(),
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        ForeignKeyConstraint(
            ["organisation_key_id", "organisation_id"],
            ["organisation_keys.id", "organisation_keys.organisation_id"],
        ),
    )

    referral_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_key_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(60))
    needs_consent: Mapped[bool]
    consent_id: Mapped[UUID | None] = mapped_column(default=None)
    sealed_key: Mapped[bytes]


class DeliveryRow(Base, kw_only=True):
    """The outbox: one row for each recipient, made in the transaction that decides it."""

    __tablename__ = "deliveries"
    __table_args__ = (
        *_police_free(),
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        CheckConstraint(is_one_of("status", DELIVERY_STATUSES), name="status"),
        CheckConstraint(is_one_of("purpose", DELIVERY_PURPOSES), name="purpose"),
        UniqueConstraint("idempotency_key"),
        Index(
            "uq_deliveries_waiting",
            "referral_id",
            "organisation_id",
            "purpose",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index(None, "status", "next_attempt_at"),
        Index(None, "referral_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    referral_id: Mapped[UUID]
    organisation_id: Mapped[str] = mapped_column(String(60))
    needs_consent: Mapped[bool]
    consent_id: Mapped[UUID | None] = mapped_column(default=None)
    purpose: Mapped[str] = mapped_column(String(20), default="offer")
    idempotency_key: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime]
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    last_error_kind: Mapped[str | None] = mapped_column(String(40), default=None)
    created_day: Mapped[date]


class MessageRow(Base, kw_only=True):
    """One message between reporter and desk; its key lies in message_keys."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        CheckConstraint(is_one_of("sender", SENDERS), name="sender"),
        UniqueConstraint("referral_id", "position"),
        UniqueConstraint("reply_key_hash"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    referral_id: Mapped[UUID]
    position: Mapped[int]
    sender: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    sealed_text: Mapped[bytes]
    seen_by_desk: Mapped[bool] = mapped_column(default=False)
    reply_key_hash: Mapped[bytes | None] = mapped_column(default=None)
    reply_fingerprint: Mapped[bytes | None] = mapped_column(default=None)


class MessageKeyRow(Base, kw_only=True):
    """The key of one message, sealed to the reporter (no organisation key) or to one desk."""

    __tablename__ = "message_keys"
    __table_args__ = (
        ForeignKeyConstraint(["message_id"], ["messages.id"]),
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        ForeignKeyConstraint(["organisation_key_id"], ["organisation_keys.id"]),
        Index(None, "message_id"),
        Index(None, "referral_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    message_id: Mapped[UUID]
    referral_id: Mapped[UUID]
    organisation_key_id: Mapped[UUID | None] = mapped_column(default=None)
    sealed_key: Mapped[bytes]


class MoveRow(Base, kw_only=True):
    """One step in the life of a referral; never changed."""

    __tablename__ = "moves"
    __table_args__ = (
        ForeignKeyConstraint(["referral_id"], ["referrals.id"]),
        ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        UniqueConstraint("referral_id", "position"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    referral_id: Mapped[UUID]
    position: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[str] = mapped_column(String(60))
    organisation_id: Mapped[str | None] = mapped_column(String(60), default=None)
    reason: Mapped[str | None] = mapped_column(String(40), default=None)
    staff_id: Mapped[UUID | None] = mapped_column(default=None)
    day: Mapped[date]
