"""The tables of organisations and staff. What a field is for: docs/data-inventory.md."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral_api.persistence.columns import Base, is_one_of


class OrganisationRow(Base, kw_only=True):
    """An organisation of the directory, as far as the database must guard it."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("id", "needs_consent"),)

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    needs_consent: Mapped[bool]
    listed: Mapped[bool] = mapped_column(default=True)


class OrganisationKeyRow(Base, kw_only=True):
    """The public half of an organisation's key pair; the private half is only in staff_keys."""

    __tablename__ = "organisation_keys"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        UniqueConstraint("id", "organisation_id"),
        Index(None, "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    organisation_id: Mapped[str] = mapped_column(String(60))
    public_key: Mapped[bytes] = mapped_column(unique=True)
    created_day: Mapped[date]
    retired_day: Mapped[date | None] = mapped_column(default=None)


class StaffRow(Base, kw_only=True):
    """Somebody who works at an organisation; there is no password hash, see staff_keys."""

    __tablename__ = "staff"
    __table_args__ = (
        ForeignKeyConstraint(["organisation_id"], ["organisations.id"]),
        CheckConstraint(is_one_of("role", ("coordinator", "lead")), name="role"),
        UniqueConstraint("username"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    organisation_id: Mapped[str] = mapped_column(String(60))
    username: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(20), default="coordinator")
    created_day: Mapped[date]
    disabled_day: Mapped[date | None] = mapped_column(default=None)
    sealed_second_factor: Mapped[bytes | None] = mapped_column(default=None)


class StaffKeyRow(Base, kw_only=True):
    """An organisation's private key, wrapped with one member's password."""

    __tablename__ = "staff_keys"
    __table_args__ = (
        ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        ForeignKeyConstraint(["organisation_key_id"], ["organisation_keys.id"]),
    )

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_key_id: Mapped[UUID] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    memory_kib: Mapped[int]
    time_cost: Mapped[int]
    wrapped_private_key: Mapped[bytes]


class StaffLogRow(Base, kw_only=True):
    """What staff did with a referral, without content; each line seals the one before it."""

    __tablename__ = "staff_log"
    __table_args__ = (
        ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        Index(None, "referral_id"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    staff_id: Mapped[UUID]
    action: Mapped[str] = mapped_column(String(30))
    referral_id: Mapped[UUID | None] = mapped_column(default=None)
    seal: Mapped[bytes]
