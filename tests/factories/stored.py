"""Rows as the intake leaves them, for tests of what comes after the intake."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from nacl.public import PrivateKey
from sqlalchemy.orm import Session

from referral_api.directory_files import RoutingContent
from referral_api.migrations import upgrade
from referral_api.persistence.database import Database
from referral_api.persistence.tables import (
    ConsentRow,
    ContentKeyRow,
    DeliveryRow,
    OrganisationKeyRow,
    OrganisationRow,
    ReferralRow,
)
from referral_api.sealing import ContentKey, make_key_pair

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
INTAKE = "intake-desk"


def open_store(folder: Path, content: RoutingContent) -> Database:
    """An empty SQLite store, made by the migrations, that knows the organisations."""
    database = Database(f"sqlite:///{folder / 'store.sqlite'}")
    upgrade(database.engine)
    store_organisations(
        database, {entry.id: entry.needs_police_consent for entry in content.directory}
    )
    return database


def store_organisations(database: Database, needs_consent: Mapping[str, bool]) -> None:
    """The intake desk and these organisations."""
    with database.transaction() as session:
        session.add(OrganisationRow(id=INTAKE, needs_consent=False))
        session.add_all(
            OrganisationRow(id=name, needs_consent=needs) for name, needs in needs_consent.items()
        )


def store_referral(session: Session, owner: str = INTAKE, **changes: object) -> UUID:
    """A referral with a body that nobody can open; its id."""
    values: dict[str, object] = {
        "kind": "own",
        "mode": "anonymous",
        "needs": ["shelter"],
        "exploitation": ["unknown"],
        "child": "no",
        "region": "unknown",
        "language": "ar",
        "urgency": "normal",
        "status": "received",
        "status_day": TODAY,
        "owner_id": owner,
        "lead_id": "comensha",
        "received_day": TODAY,
        "movement_day": TODAY,
        "lookup": secrets.token_bytes(32),
        "reporter_public_key": secrets.token_bytes(32),
        "sealed_body": secrets.token_bytes(64),
        "submission_key_hash": secrets.token_bytes(32),
        "submission_fingerprint": secrets.token_bytes(32),
    }
    row = ReferralRow(**(values | changes))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    session.add(row)
    session.flush()
    return row.id


def store_consent(
    session: Session, referral: UUID, organisation: str, revoked: date | None = None
) -> UUID:
    """A consent that names one organisation; its id."""
    row = ConsentRow(
        referral_id=referral,
        organisation_id=organisation,
        given_by="self",
        text_version="2026-11",
        text_language="ar",
        given_day=TODAY,
        revoked_day=revoked,
    )
    session.add(row)
    session.flush()
    return row.id


def store_delivery(
    session: Session,
    referral: UUID,
    organisation: str,
    *,
    needs_consent: bool = False,
    consent: UUID | None = None,
    purpose: str = "offer",
) -> UUID:
    """A delivery that is due at once; its id."""
    row = DeliveryRow(
        referral_id=referral,
        organisation_id=organisation,
        needs_consent=needs_consent,
        consent_id=consent,
        purpose=purpose,
        idempotency_key=secrets.token_urlsafe(24),
        next_attempt_at=datetime(2026, 11, 22, tzinfo=UTC),
        created_day=TODAY,
    )
    session.add(row)
    session.flush()
    return row.id


def store_content_key(
    session: Session,
    referral: UUID,
    organisation: str,
    key: ContentKey | None = None,
    private_key: PrivateKey | None = None,
    consent: UUID | None = None,
) -> None:
    """The referral's key, sealed to a key pair of the organisation."""
    public_key = bytes((private_key or make_key_pair()).public_key)
    pair = OrganisationKeyRow(
        organisation_id=organisation, public_key=public_key, created_day=TODAY
    )
    session.add(pair)
    session.flush()
    session.add(
        ContentKeyRow(
            referral_id=referral,
            organisation_key_id=pair.id,
            organisation_id=organisation,
            needs_consent=consent is not None,
            consent_id=consent,
            sealed_key=(key or ContentKey.make()).seal_to(public_key),
        )
    )
    session.flush()


def store_deliveries(database: Database, organisations: Iterable[str]) -> list[UUID]:
    """One referral for each name, with a delivery to that organisation; the delivery ids."""
    deliveries: list[UUID] = []
    with database.transaction() as session:
        for organisation in organisations:
            referral = store_referral(session)
            store_content_key(session, referral, organisation)
            deliveries.append(store_delivery(session, referral, organisation))
    return deliveries
