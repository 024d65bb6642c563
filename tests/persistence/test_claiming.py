"""One delivery is ever in one pair of hands, and a dead worker's hands let go."""

import threading
from datetime import timedelta

import pytest

from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import ClaimedDelivery, DeliveryRepository
from tests.factories.stored import NOON, store_deliveries, store_organisations

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def organisations(database: Database) -> None:
    store_organisations(database, {"comensha": False, "fairwork": False, "fier": False})


def claim(
    database: Database, now: object = NOON, busy: tuple[str, ...] = ()
) -> ClaimedDelivery | None:
    """Claim as a worker does."""
    assert isinstance(now, type(NOON))
    with database.transaction() as session:
        return DeliveryRepository(session).claim(now, now + MINUTE, busy)


def test_two_workers_never_hold_the_same_delivery(database: Database) -> None:
    expected = set(store_deliveries(database, ["fairwork"] * 30))
    barrier = threading.Barrier(6)
    claimed: list[ClaimedDelivery] = []

    def work() -> None:
        barrier.wait()
        while (delivery := claim(database)) is not None:
            claimed.append(delivery)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(claimed) == 30
    assert {delivery.id for delivery in claimed} == expected


def test_a_claim_lasts_until_its_lease_runs_out(database: Database) -> None:
    [delivery] = store_deliveries(database, ["fairwork"])

    first = claim(database)
    meanwhile = claim(database, NOON + timedelta(seconds=59))
    later = claim(database, NOON + MINUTE)

    assert first is not None
    assert later is not None
    assert meanwhile is None
    assert first.id == later.id == delivery
    assert first.idempotency_key == later.idempotency_key
    assert (first.attempts, later.attempts) == (1, 2)


def test_a_worker_whose_lease_ran_out_cannot_undo_what_the_next_one_did(database: Database) -> None:
    store_deliveries(database, ["fairwork"])
    slow, fast = claim(database), claim(database, NOON + MINUTE)
    assert slow is not None
    assert fast is not None

    with database.transaction() as session:
        DeliveryRepository(session).mark_delivered(fast, NOON)
    with database.transaction() as session:
        DeliveryRepository(session).mark_waiting(slow, NOON, "too_slow")
        DeliveryRepository(session).mark_parked(slow, NOON, "answer_400")

    assert claim(database, NOON + timedelta(days=1)) is None


def test_an_organisation_we_are_talking_to_is_left_out(database: Database) -> None:
    store_deliveries(database, ["fairwork", "fier"])

    delivery = claim(database, busy=("fairwork",))

    assert delivery is not None
    assert delivery.organisation_id == "fier"
    assert claim(database, busy=("fairwork", "fier")) is None


def test_nothing_waiting_means_nothing_to_wait_for(database: Database) -> None:
    with database.reading() as session:
        assert DeliveryRepository(session).seconds_until_next(NOON) is None
