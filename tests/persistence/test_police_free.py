"""The third wall: the database itself refuses what could bring a referral to the police."""

import secrets
from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral_api.persistence.database import Database
from referral_api.persistence.organisation_repository import OrganisationRepository
from referral_api.persistence.tables import (
    ConsentRow,
    ContentKeyRow,
    DeliveryRow,
    OrganisationKeyRow,
    OrganisationRow,
)
from tests.factories.stored import store_consent, store_referral

TODAY = date(2026, 11, 22)
NEEDS_CONSENT = {"intake-desk": False, "comensha": False, "fairwork": False, "politie": True}


@pytest.fixture(autouse=True)
def organisations(database: Database) -> None:
    with database.transaction() as session:
        OrganisationRepository(session).keep_in_step(NEEDS_CONSENT)
        for name in NEEDS_CONSENT:
            session.add(
                OrganisationKeyRow(
                    organisation_id=name, public_key=secrets.token_bytes(32), created_day=TODAY
                )
            )


def deliver(
    session: Session, referral: UUID, organisation: str, *, flag: bool, consent: UUID | None
) -> None:
    session.add(
        DeliveryRow(
            referral_id=referral,
            organisation_id=organisation,
            needs_consent=flag,
            consent_id=consent,
            idempotency_key=secrets.token_urlsafe(24),
            next_attempt_at=datetime(2026, 11, 22, tzinfo=UTC),
            created_day=TODAY,
        )
    )
    session.flush()


def seal(
    session: Session, referral: UUID, organisation: str, *, flag: bool, consent: UUID | None
) -> None:
    key_id = session.scalars(
        select(OrganisationKeyRow.id).where(OrganisationKeyRow.organisation_id == organisation)
    ).one()
    session.add(
        ContentKeyRow(
            referral_id=referral,
            organisation_key_id=key_id,
            organisation_id=organisation,
            needs_consent=flag,
            consent_id=consent,
            sealed_key=b"sealed",
        )
    )
    session.flush()


class Send(Protocol):
    """One of the two ways in which a referral can reach an organisation."""

    def __call__(
        self,
        session: Session,
        referral: UUID,
        organisation: str,
        *,
        flag: bool,
        consent: UUID | None,
    ) -> None: ...


WAYS = pytest.mark.parametrize("send", [deliver, seal])


@WAYS
def test_an_organisation_that_never_reaches_the_police_needs_no_consent(
    database: Database, send: Send
) -> None:
    with database.transaction() as session:
        send(session, store_referral(session), "fairwork", flag=False, consent=None)


@WAYS
def test_with_a_consent_that_names_it_the_police_can_get_it(database: Database, send: Send) -> None:
    with database.transaction() as session:
        referral = store_referral(session)
        consent = store_consent(session, referral, "politie")
        send(session, referral, "politie", flag=True, consent=consent)


@WAYS
@pytest.mark.parametrize("flag", [True, False])
def test_without_a_consent_nothing_goes_to_the_police_whatever_the_row_says(
    database: Database, send: Send, flag: bool
) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        send(session, store_referral(session), "politie", flag=flag, consent=None)


@WAYS
def test_a_consent_that_does_not_exist_is_no_consent(database: Database, send: Send) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        send(session, store_referral(session), "politie", flag=True, consent=uuid4())


@WAYS
def test_the_consent_of_another_person_is_no_consent(database: Database, send: Send) -> None:
    with database.transaction() as session:
        consent = store_consent(session, store_referral(session), "politie")
        other = store_referral(session)

    with pytest.raises(IntegrityError), database.transaction() as session:
        send(session, other, "politie", flag=True, consent=consent)


@WAYS
def test_a_consent_for_another_organisation_is_no_consent(database: Database, send: Send) -> None:
    with database.transaction() as session:
        referral = store_referral(session)
        consent = store_consent(session, referral, "fairwork")

    with pytest.raises(IntegrityError), database.transaction() as session:
        send(session, referral, "politie", flag=True, consent=consent)


def test_a_delivery_cannot_be_turned_to_the_police_later(database: Database) -> None:
    with database.transaction() as session:
        deliver(session, store_referral(session), "fairwork", flag=False, consent=None)

    for change in (
        {"organisation_id": "politie"},
        {"organisation_id": "politie", "needs_consent": True},
    ):
        with pytest.raises(IntegrityError), database.transaction() as session:
            session.execute(update(DeliveryRow).values(**change))


def test_a_consent_behind_a_delivery_cannot_vanish(database: Database) -> None:
    with database.transaction() as session:
        referral = store_referral(session)
        consent = store_consent(session, referral, "politie")
        deliver(session, referral, "politie", flag=True, consent=consent)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(delete(ConsentRow))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(update(DeliveryRow).values(consent_id=None))


def test_an_organisation_cannot_start_needing_consent_while_something_waits_for_it(
    database: Database,
) -> None:
    with database.transaction() as session:
        deliver(session, store_referral(session), "fairwork", flag=False, consent=None)

    with pytest.raises(IntegrityError), database.transaction() as session:
        session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == "fairwork")
            .values(needs_consent=True)
        )


def test_a_directory_that_closes_an_organisation_off_takes_back_what_no_consent_covers(
    database: Database,
) -> None:
    with database.transaction() as session:
        for send in (deliver, seal):
            send(session, store_referral(session), "fairwork", flag=False, consent=None)
        named = store_referral(session)
        consent = store_consent(session, named, "fairwork")
        deliver(session, named, "fairwork", flag=False, consent=consent)

    with database.transaction() as session:
        repository = OrganisationRepository(session)
        closed_off = repository.keep_in_step(NEEDS_CONSENT | {"fairwork": True})

    with database.reading() as session:
        left = session.execute(select(DeliveryRow.referral_id, DeliveryRow.needs_consent)).all()
        assert closed_off == ["fairwork"]
        assert [tuple(row) for row in left] == [(named, True)]
        assert session.scalars(select(ContentKeyRow.organisation_id)).all() == []
