"""A receiver that drops, hangs, breaks or is away gets every referral exactly once in effect."""

import asyncio

import pytest
from sqlalchemy import select

from referral_api.persistence.database import Database
from referral_api.persistence.tables import DeliveryRow
from tests.factories.stored import store_deliveries, store_delivery, store_referral
from tests.fakes.demo_receiver import (
    DROP,
    GARBAGE,
    HANG,
    REDIRECT,
    REFUSE,
    UNAVAILABLE,
    demo_receiver,
)
from tests.referral_api.delivery.conftest import OpenPost


def statuses(store: Database) -> list[tuple[str, str | None]]:
    """Status and last error of every delivery."""
    with store.reading() as session:
        return [
            (row.status, row.last_error_kind)
            for row in session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
        ]


def test_a_well_behaved_receiver_gets_a_signed_notice_without_a_person_in_it(
    store: Database, open_post: OpenPost
) -> None:
    [delivery] = store_deliveries(store, ["fairwork"])

    async def run(url: str) -> None:
        async with open_post(url, "fairwork") as post:
            assert await post.deliver_what_is_due() == 1

    with demo_receiver() as receiver:
        asyncio.run(run(receiver.url))

    [(message_id, event)] = receiver.notices
    assert event["id"] == message_id
    assert event["dataref"].endswith(f"/v1/offers/{delivery}")
    assert set(event) == {
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "datacontenttype",
        "dataref",
    }
    assert statuses(store) == [("delivered", None)]


@pytest.mark.parametrize("trouble", [DROP, HANG, UNAVAILABLE, GARBAGE])
def test_a_notice_that_got_no_answer_is_sent_again_with_the_same_id_and_works_once(
    store: Database, open_post: OpenPost, trouble: str
) -> None:
    store_deliveries(store, ["fairwork"])

    async def run(url: str) -> None:
        async with open_post(url, "fairwork", seconds=0.3) as post:
            assert await post.deliver_what_is_due() == 1
            assert statuses(store)[0][0] == "waiting"
            post.clock.forward(minutes=15)
            assert await post.deliver_what_is_due() == 1

    with demo_receiver(trouble) as receiver:
        asyncio.run(run(receiver.url))

    assert len(receiver.notices) == 2
    assert len({message_id for message_id, _ in receiver.notices}) == 1
    assert receiver.notices[0][1] == receiver.notices[1][1]
    assert len(receiver.effects) == 1
    assert statuses(store) == [("delivered", None)]


def test_a_hostile_receiver_has_every_referral_exactly_once_in_the_end(
    store: Database, open_post: OpenPost
) -> None:
    store_deliveries(store, ["fairwork"] * 40)
    trouble = [DROP, UNAVAILABLE, GARBAGE, DROP, DROP, UNAVAILABLE, HANG] * 8

    async def run(url: str) -> None:
        async with open_post(url, "fairwork", seconds=0.2) as post:
            for _ in range(30):
                await post.deliver_what_is_due()
                post.clock.forward(minutes=15)

    with demo_receiver(*trouble) as receiver:
        asyncio.run(run(receiver.url))

    assert len(receiver.effects) == 40
    assert len(set(receiver.effects)) == 40
    assert {status for status, _ in statuses(store)} == {"delivered"}


def test_a_day_of_outage_loses_nothing_and_sounds_the_alarm_after_an_hour(
    store: Database, open_post: OpenPost
) -> None:
    store_deliveries(store, ["fairwork"] * 3)

    async def run() -> str:
        async with open_post("http://127.0.0.1:9/closed", "fairwork") as post:
            for _ in range(96):
                await post.deliver_what_is_due()
                post.clock.forward(minutes=15)
            return post.log.getvalue()

    log = asyncio.run(run())

    assert log.count("delivery_failed") == 3 * 4
    assert log.count("delivery_late") == 3 * 92
    assert {status for status, _ in statuses(store)} == {"waiting"}


@pytest.mark.parametrize(("trouble", "kind"), [(REFUSE, "answer_422"), (REDIRECT, "answer_307")])
def test_an_answer_that_will_not_change_waits_for_a_person(
    store: Database, open_post: OpenPost, trouble: str, kind: str
) -> None:
    store_deliveries(store, ["fairwork"])

    async def run(url: str) -> int:
        async with open_post(url, "fairwork") as post:
            await post.deliver_what_is_due()
            post.clock.forward(hours=5)
            return await post.deliver_what_is_due()

    with demo_receiver(trouble) as receiver:
        assert asyncio.run(run(receiver.url)) == 0

    assert len(receiver.notices) == 1
    assert statuses(store) == [("parked", kind)]


def test_an_organisation_without_system_and_without_desk_waits_for_a_person(
    store: Database, open_post: OpenPost
) -> None:
    store_deliveries(store, ["fairwork"])

    async def run() -> None:
        async with open_post("http://127.0.0.1:9/") as post:
            await post.deliver_what_is_due()

    asyncio.run(run())

    assert statuses(store) == [("parked", "not_connected")]


def test_a_receiver_that_could_not_open_the_referral_is_not_bothered(
    store: Database, open_post: OpenPost
) -> None:
    with store.transaction() as session:
        store_delivery(session, store_referral(session), "fairwork")

    async def run(url: str) -> None:
        async with open_post(url, "fairwork") as post:
            await post.deliver_what_is_due()

    with demo_receiver() as receiver:
        asyncio.run(run(receiver.url))

    assert receiver.notices == []
    assert statuses(store) == [("parked", "no_key")]


def test_no_moment_of_the_visit_is_left_once_it_was_delivered(
    store: Database, open_post: OpenPost
) -> None:
    store_deliveries(store, ["fairwork"])

    async def run(url: str) -> None:
        async with open_post(url, "fairwork") as post:
            await post.deliver_what_is_due()

    with demo_receiver() as receiver:
        asyncio.run(run(receiver.url))

    with store.reading() as session:
        row = session.scalars(select(DeliveryRow)).one()
    assert row.next_attempt_at.isoformat() == "2026-11-22T00:00:00+00:00"
    assert row.leased_until is None
