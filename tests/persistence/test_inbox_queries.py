"""The desk's list is ordered the same on both databases."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from referral_api.domain.staff import StaffMember
from referral_api.persistence.database import Database
from referral_api.persistence.inbox_repository import InboxRepository, InboxView
from referral_api.persistence.tables import DeliveryRow, MessageRow
from tests.factories.stored import (
    INTAKE,
    NOON,
    TODAY,
    store_delivery,
    store_organisations,
    store_referral,
)

COORDINATOR = StaffMember(uuid4(), "demo", INTAKE, "lead", sees_all=True)
ELSEWHERE = StaffMember(uuid4(), "other", "fairwork", "lead")


@pytest.fixture(autouse=True)
def organisations(database: Database) -> None:
    store_organisations(database, {"comensha": False, "fairwork": False})


def write(session: Session, referral: UUID, *, seen: bool) -> None:
    """A message of the reporter."""
    session.add(
        MessageRow(
            referral_id=referral,
            position=0,
            sender="reporter",
            day=TODAY,
            sealed_text=b"x",
            seen_by_desk=seen,
        )
    )


def listed(database: Database, view: InboxView, viewer: StaffMember = COORDINATOR) -> list[UUID]:
    """The list, from the top."""
    with database.reading() as session:
        return [line.stored.id for line in InboxRepository(session).page(viewer, view, 1).lines]


def test_acute_then_unread_then_the_clock_then_what_has_no_clock(database: Database) -> None:
    with database.transaction() as session:
        no_clock = store_referral(session, due_at=None)
        later = store_referral(session, due_at=NOON + timedelta(hours=3))
        sooner = store_referral(session, due_at=NOON)
        read = store_referral(session, due_at=NOON + timedelta(hours=5))
        unread = store_referral(session, due_at=NOON + timedelta(hours=9))
        acute = store_referral(session, due_at=NOON + timedelta(hours=10), urgency="acute")
        write(session, unread, seen=False)
        write(session, read, seen=True)

    assert listed(database, InboxView.MINE) == [acute, unread, sooner, later, read, no_clock]


def test_a_delivery_that_is_stuck_lifts_its_referral(database: Database) -> None:
    with database.transaction() as session:
        calm = store_referral(session, due_at=NOON)
        stuck = store_referral(session, due_at=NOON + timedelta(hours=5))
        delivery = store_delivery(session, stuck, "fairwork")
        session.get_one(DeliveryRow, delivery).status = "parked"

    assert listed(database, InboxView.MINE) == [stuck, calm]


def test_every_referral_one_may_see_stands_in_exactly_one_view(database: Database) -> None:
    with database.transaction() as session:
        mine = store_referral(session)
        theirs = store_referral(session, owner="fairwork", status="accepted")
        offered = store_referral(session, status="offered", offered_to_id="fairwork")
        done = store_referral(session, status="closed")

    assert set(listed(database, InboxView.MINE)) == {mine, offered}
    assert listed(database, InboxView.ELSEWHERE) == [theirs]
    assert listed(database, InboxView.DONE) == [done]
    assert set(listed(database, InboxView.MINE, ELSEWHERE)) == {theirs, offered}
    assert listed(database, InboxView.DONE, ELSEWHERE) == []
    with database.reading() as session:
        assert InboxRepository(session).counts(COORDINATOR) == {
            InboxView.MINE: 2,
            InboxView.ELSEWHERE: 1,
            InboxView.DONE: 1,
        }
