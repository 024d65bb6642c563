"""One delivery is ever in one pair of hands, and a dead worker's hands let go."""

import threading
from datetime import timedelta

from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import ClaimedDelivery, DeliveryRepository
from tests.factories.stored import NOON, store_deliveries

MINUTE = timedelta(minutes=1)


def claim(
    store: Database, now: object = NOON, busy: tuple[str, ...] = ()
) -> ClaimedDelivery | None:
    """Claim as a worker does."""
    assert isinstance(now, type(NOON))
    with store.transaction() as session:
        return DeliveryRepository(session).claim(now, now + MINUTE, busy)


def test_two_workers_never_hold_the_same_delivery(store: Database) -> None:
    expected = set(store_deliveries(store, ["fairwork"] * 30))
    barrier = threading.Barrier(6)
    claimed: list[ClaimedDelivery] = []

    def work() -> None:
        barrier.wait()
        while (delivery := claim(store)) is not None:
            claimed.append(delivery)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(claimed) == 30
    assert {delivery.id for delivery in claimed} == expected


def test_a_claim_lasts_until_its_lease_runs_out(store: Database) -> None:
    [delivery] = store_deliveries(store, ["fairwork"])

    first = claim(store)
    meanwhile = claim(store, NOON + timedelta(seconds=59))
    later = claim(store, NOON + MINUTE)

    assert first is not None
    assert later is not None
    assert meanwhile is None
    assert first.id == later.id == delivery
    assert first.idempotency_key == later.idempotency_key
    assert (first.attempts, later.attempts) == (1, 2)


def test_a_worker_whose_lease_ran_out_cannot_undo_what_the_next_one_did(store: Database) -> None:
    store_deliveries(store, ["fairwork"])
    slow, fast = claim(store), claim(store, NOON + MINUTE)
    assert slow is not None
    assert fast is not None

    with store.transaction() as session:
        DeliveryRepository(session).mark_delivered(fast, NOON)
    with store.transaction() as session:
        DeliveryRepository(session).mark_waiting(slow, NOON, "too_slow")
        DeliveryRepository(session).mark_parked(slow, NOON, "answer_400")

    assert claim(store, NOON + timedelta(days=1)) is None


def test_an_organisation_we_are_talking_to_is_left_out(store: Database) -> None:
    store_deliveries(store, ["fairwork", "fier"])

    delivery = claim(store, busy=("fairwork",))

    assert delivery is not None
    assert delivery.organisation_id == "fier"
    assert claim(store, busy=("fairwork", "fier")) is None


def test_nothing_waiting_means_nothing_to_wait_for(store: Database) -> None:
    with store.reading() as session:
        assert DeliveryRepository(session).seconds_until_next(NOON) is None
