"""Create organisations, staff, referrals, keys, consents, the outbox and the conversation."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Constraint names follow the convention in persistence/columns.py.
_WAITING = sa.text("status = 'waiting'")
_INDEXES = (
    ("organisation_keys", ("organisation_id",)),
    ("staff_log", ("referral_id",)),
    ("referrals", ("owner_id", "status", "due_at")),
    ("referrals", ("offered_to_id", "status")),
    ("referrals", ("status", "due_at")),
    ("referrals", ("received_day",)),
    ("consents", ("referral_id",)),
    ("deliveries", ("status", "next_attempt_at")),
    ("deliveries", ("referral_id",)),
    ("message_keys", ("message_id",)),
    ("message_keys", ("referral_id",)),
)
# In the order in which they can be dropped.
_TABLES = (
    "message_keys messages moves deliveries content_keys consents referrals"
    " staff_log staff_keys staff organisation_keys organisations"
).split()


def upgrade() -> None:
    """Create all tables."""
    _create_organisations()
    _create_staff()
    _create_referrals()
    _create_consents()
    _create_content_keys()
    _create_deliveries()
    _create_moves()
    _create_messages()
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
    op.create_index(
        "uq_deliveries_waiting",
        "deliveries",
        ["referral_id", "organisation_id", "purpose"],
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def downgrade() -> None:
    """Drop all tables, with everything in them."""
    for table in _TABLES:
        op.drop_table(table)


def _column(
    kind: type[sa.types.TypeEngine[Any]], name: str, *, null: bool = False, primary: bool = False
) -> sa.Column[Any]:
    return sa.Column(name, kind(), nullable=null, primary_key=primary)


def _text(name: str, length: int, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


_bytes = partial(_column, sa.LargeBinary)
_id = partial(_column, sa.Uuid)
_day = partial(_column, sa.Date)
_number = partial(_column, sa.Integer)
_yes_no = partial(_column, sa.Boolean)


def _refers_to(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target])


def _police_free() -> tuple[sa.CheckConstraint | sa.ForeignKeyConstraint, ...]:
    return (
        sa.CheckConstraint("needs_consent = false OR consent_id IS NOT NULL", name="police_free"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "needs_consent"],
            ["organisations.id", "organisations.needs_consent"],
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["consent_id", "referral_id", "organisation_id"],
            ["consents.id", "consents.referral_id", "consents.organisation_id"],
        ),
    )


def _create_organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(60), primary_key=True),
        _yes_no("needs_consent"),
        _yes_no("listed"),
        sa.UniqueConstraint("id", "needs_consent"),
    )
    op.create_table(
        "organisation_keys",
        _id("id", primary=True),
        _text("organisation_id", 60),
        _bytes("public_key"),
        _day("created_day"),
        _day("retired_day", null=True),
        _refers_to("organisation_id", "organisations.id"),
        sa.UniqueConstraint("public_key"),
        sa.UniqueConstraint("id", "organisation_id"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        _id("id", primary=True),
        _text("organisation_id", 60),
        _text("username", 60),
        _text("role", 20),
        _day("created_day"),
        _day("disabled_day", null=True),
        _bytes("sealed_second_factor", null=True),
        _refers_to("organisation_id", "organisations.id"),
        sa.CheckConstraint("role IN ('coordinator', 'lead')", name="role"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "staff_keys",
        _id("staff_id", primary=True),
        _id("organisation_key_id", primary=True),
        _bytes("salt"),
        _number("memory_kib"),
        _number("time_cost"),
        _bytes("wrapped_private_key"),
        _refers_to("staff_id", "staff.id"),
        _refers_to("organisation_key_id", "organisation_keys.id"),
    )
    op.create_table(
        "staff_log",
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        _moment("at"),
        _id("staff_id"),
        _text("action", 30),
        _id("referral_id", null=True),
        _bytes("seal"),
        _refers_to("staff_id", "staff.id"),
    )


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        _id("id", primary=True),
        _text("kind", 20),
        _text("mode", 20),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("exploitation", sa.JSON(), nullable=False),
        _text("child", 10),
        _text("region", 60),
        _text("language", 12),
        _text("urgency", 10),
        _text("status", 20),
        _day("status_day"),
        _text("owner_id", 60),
        _text("lead_id", 60),
        _text("offered_to_id", 60, null=True),
        _day("received_day"),
        _day("movement_day"),
        _moment("due_at", null=True),
        _bytes("lookup"),
        _bytes("reporter_public_key"),
        _bytes("sealed_body"),
        _bytes("submission_key_hash"),
        _bytes("submission_fingerprint"),
        *(_refers_to(f"{name}_id", "organisations.id") for name in ("owner", "lead", "offered_to")),
        sa.CheckConstraint(
            "status IN ('received', 'offered', 'accepted', 'declined', 'helped', 'closed',"
            " 'withdrawn', 'expired', 'failed')",
            name="status",
        ),
        sa.CheckConstraint(
            "(status = 'offered' AND offered_to_id IS NOT NULL)"
            " OR (status <> 'offered' AND offered_to_id IS NULL)",
            name="offered_to_somebody",
        ),
        sa.UniqueConstraint("lookup"),
        sa.UniqueConstraint("submission_key_hash"),
    )


def _create_consents() -> None:
    op.create_table(
        "consents",
        _id("id", primary=True),
        _id("referral_id"),
        _text("organisation_id", 60),
        _text("given_by", 20),
        _text("text_version", 20),
        _text("text_language", 12),
        _day("given_day"),
        _day("revoked_day", null=True),
        _refers_to("referral_id", "referrals.id"),
        _refers_to("organisation_id", "organisations.id"),
        sa.UniqueConstraint("id", "referral_id", "organisation_id"),
    )


def _create_content_keys() -> None:
    op.create_table(
        "content_keys",
        _id("referral_id", primary=True),
        _id("organisation_key_id", primary=True),
        _text("organisation_id", 60),
        _yes_no("needs_consent"),
        _id("consent_id", null=True),
        _bytes("sealed_key"),
        *_police_free(),
        _refers_to("referral_id", "referrals.id"),
        sa.ForeignKeyConstraint(
            ["organisation_key_id", "organisation_id"],
            ["organisation_keys.id", "organisation_keys.organisation_id"],
        ),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        _id("id", primary=True),
        _id("referral_id"),
        _text("organisation_id", 60),
        _yes_no("needs_consent"),
        _id("consent_id", null=True),
        _text("purpose", 20),
        _text("idempotency_key", 64),
        _text("status", 20),
        _number("attempts"),
        _moment("next_attempt_at"),
        _moment("leased_until", null=True),
        _text("last_error_kind", 40, null=True),
        _day("created_day"),
        *_police_free(),
        _refers_to("referral_id", "referrals.id"),
        sa.CheckConstraint(
            "status IN ('waiting', 'delivered', 'parked', 'cancelled')", name="status"
        ),
        sa.CheckConstraint("purpose IN ('offer', 'withdrawal')", name="purpose"),
        sa.UniqueConstraint("idempotency_key"),
    )


def _create_moves() -> None:
    op.create_table(
        "moves",
        _id("id", primary=True),
        _id("referral_id"),
        _number("position"),
        _text("status", 20),
        _text("owner_id", 60),
        _text("organisation_id", 60, null=True),
        _text("reason", 40, null=True),
        _id("staff_id", null=True),
        _day("day"),
        _refers_to("referral_id", "referrals.id"),
        _refers_to("staff_id", "staff.id"),
        sa.UniqueConstraint("referral_id", "position"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        _id("id", primary=True),
        _id("referral_id"),
        _number("position"),
        _text("sender", 10),
        _day("day"),
        _bytes("sealed_text"),
        _yes_no("seen_by_desk"),
        _bytes("reply_key_hash", null=True),
        _bytes("reply_fingerprint", null=True),
        _refers_to("referral_id", "referrals.id"),
        sa.CheckConstraint("sender IN ('reporter', 'desk')", name="sender"),
        sa.UniqueConstraint("referral_id", "position"),
        sa.UniqueConstraint("reply_key_hash"),
    )
    op.create_table(
        "message_keys",
        _id("id", primary=True),
        _id("message_id"),
        _id("referral_id"),
        _id("organisation_key_id", null=True),
        _bytes("sealed_key"),
        _refers_to("message_id", "messages.id"),
        _refers_to("referral_id", "referrals.id"),
        _refers_to("organisation_key_id", "organisation_keys.id"),
    )
