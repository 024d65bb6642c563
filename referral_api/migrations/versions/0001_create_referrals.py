"""Create organisations, staff, referrals, keys, consents, the outbox and the conversation."""

import sqlalchemy as sa
from alembic import op

from referral_api.migrations.columns import (
    day,
    identifier,
    moment,
    number,
    raw,
    refers_to,
    text,
    yes_no,
)

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
    "message_keys",
    "messages",
    "moves",
    "deliveries",
    "content_keys",
    "consents",
    "referrals",
    "staff_log",
    "staff_keys",
    "staff",
    "organisation_keys",
    "organisations",
)


def upgrade() -> None:
    """Create all tables."""
    _create_organisations()
    _create_staff()
    _create_referrals()
    _create_consents()
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
        yes_no("needs_consent"),
        yes_no("listed"),
        sa.UniqueConstraint("id", "needs_consent"),
    )
    op.create_table(
        "organisation_keys",
        identifier("id", primary=True),
        text("organisation_id", 60),
        raw("public_key"),
        day("created_day"),
        day("retired_day", null=True),
        refers_to("organisation_id", "organisations.id"),
        sa.UniqueConstraint("public_key"),
        sa.UniqueConstraint("id", "organisation_id"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        identifier("id", primary=True),
        text("organisation_id", 60),
        text("username", 60),
        text("role", 20),
        day("created_day"),
        day("disabled_day", null=True),
        raw("sealed_second_factor", null=True),
        refers_to("organisation_id", "organisations.id"),
        sa.CheckConstraint("role IN ('coordinator', 'lead')", name="role"),
        sa.UniqueConstraint("username"),
    )
    op.create_table(
        "staff_keys",
        identifier("staff_id", primary=True),
        identifier("organisation_key_id", primary=True),
        raw("salt"),
        number("memory_kib"),
        number("time_cost"),
        raw("wrapped_private_key"),
        refers_to("staff_id", "staff.id"),
        refers_to("organisation_key_id", "organisation_keys.id"),
    )
    op.create_table(
        "staff_log",
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        moment("at"),
        identifier("staff_id"),
        text("action", 30),
        identifier("referral_id", null=True),
        raw("seal"),
        refers_to("staff_id", "staff.id"),
    )


def _create_referrals() -> None:
    op.create_table(
        "referrals",
        identifier("id", primary=True),
        text("kind", 20),
        text("mode", 20),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("exploitation", sa.JSON(), nullable=False),
        text("child", 10),
        text("region", 60),
        text("language", 12),
        text("urgency", 10),
        text("status", 20),
        day("status_day"),
        text("owner_id", 60),
        text("lead_id", 60),
        text("offered_to_id", 60, null=True),
        day("received_day"),
        day("movement_day"),
        moment("due_at", null=True),
        raw("lookup"),
        raw("reporter_public_key"),
        raw("sealed_body"),
        raw("submission_key_hash"),
        raw("submission_fingerprint"),
        *(refers_to(f"{name}_id", "organisations.id") for name in ("owner", "lead", "offered_to")),
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
        identifier("id", primary=True),
        identifier("referral_id"),
        text("organisation_id", 60),
        text("given_by", 20),
        text("text_version", 20),
        text("text_language", 12),
        day("given_day"),
        day("revoked_day", null=True),
        refers_to("referral_id", "referrals.id"),
        refers_to("organisation_id", "organisations.id"),
        sa.UniqueConstraint("id", "referral_id", "organisation_id"),
    )
    op.create_table(
        "content_keys",
        identifier("referral_id", primary=True),
        identifier("organisation_key_id", primary=True),
        text("organisation_id", 60),
        yes_no("needs_consent"),
        identifier("consent_id", null=True),
        raw("sealed_key"),
        *_police_free(),
        refers_to("referral_id", "referrals.id"),
        sa.ForeignKeyConstraint(
            ["organisation_key_id", "organisation_id"],
            ["organisation_keys.id", "organisation_keys.organisation_id"],
        ),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        identifier("id", primary=True),
        identifier("referral_id"),
        text("organisation_id", 60),
        yes_no("needs_consent"),
        identifier("consent_id", null=True),
        text("purpose", 20),
        text("idempotency_key", 64),
        text("status", 20),
        number("attempts"),
        moment("next_attempt_at"),
        moment("leased_until", null=True),
        text("last_error_kind", 40, null=True),
        day("created_day"),
        *_police_free(),
        refers_to("referral_id", "referrals.id"),
        sa.CheckConstraint(
            "status IN ('waiting', 'delivered', 'parked', 'cancelled')", name="status"
        ),
        sa.CheckConstraint("purpose IN ('offer', 'withdrawal')", name="purpose"),
        sa.UniqueConstraint("idempotency_key"),
    )


def _create_moves() -> None:
    op.create_table(
        "moves",
        identifier("id", primary=True),
        identifier("referral_id"),
        number("position"),
        text("status", 20),
        text("owner_id", 60),
        text("organisation_id", 60, null=True),
        text("reason", 40, null=True),
        identifier("staff_id", null=True),
        day("day"),
        refers_to("referral_id", "referrals.id"),
        refers_to("staff_id", "staff.id"),
        sa.UniqueConstraint("referral_id", "position"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        identifier("id", primary=True),
        identifier("referral_id"),
        number("position"),
        text("sender", 10),
        day("day"),
        raw("sealed_text"),
        yes_no("seen_by_desk"),
        raw("reply_key_hash", null=True),
        raw("reply_fingerprint", null=True),
        refers_to("referral_id", "referrals.id"),
        sa.CheckConstraint("sender IN ('reporter', 'desk')", name="sender"),
        sa.UniqueConstraint("referral_id", "position"),
        sa.UniqueConstraint("reply_key_hash"),
    )
    op.create_table(
        "message_keys",
        identifier("id", primary=True),
        identifier("message_id"),
        identifier("referral_id"),
        identifier("organisation_key_id", null=True),
        raw("sealed_key"),
        refers_to("message_id", "messages.id"),
        refers_to("referral_id", "referrals.id"),
        refers_to("organisation_key_id", "organisation_keys.id"),
    )
