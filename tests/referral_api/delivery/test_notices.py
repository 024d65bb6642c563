"""What a notice says, how it is signed, and how long the worker waits between knocks."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from referral_api.delivery.backoff import LONGEST_SECONDS, SHORTEST_SECONDS, wait_before_next
from referral_api.delivery.envelope import OFFERED, WITHDRAWN, build_envelope
from referral_api.delivery.signing import sign
from referral_api.persistence.delivery_repository import ClaimedDelivery
from tests.factories.stored import NOON, TODAY
from tests.fakes.demo_receiver import SECRET

DELIVERY = UUID("00000000-0000-4000-8000-000000000001")
REFERRAL = UUID("00000000-0000-4000-8000-000000000002")
SOURCE = "urn:nld:oin:00000000000000000000:systeem:infopunt"


def claimed(purpose: str = "offer", attempts: int = 1) -> ClaimedDelivery:
    """A delivery to FairWork."""
    return ClaimedDelivery(
        DELIVERY, REFERRAL, "fairwork", False, purpose, "key-1", attempts, TODAY, leased_until=NOON
    )


def test_an_offer_says_where_to_fetch_it_and_nothing_about_the_person() -> None:
    event = json.loads(build_envelope(claimed(), SOURCE, "https://api.example/v1"))

    assert event == {
        "specversion": "1.0",
        "id": "key-1",
        "source": SOURCE,
        "type": OFFERED,
        "subject": str(REFERRAL),
        "time": "2026-11-22T00:00:00Z",
        "datacontenttype": "application/json",
        "dataref": f"https://api.example/v1/offers/{DELIVERY}",
    }


def test_a_withdrawal_has_nothing_to_fetch() -> None:
    event = json.loads(build_envelope(claimed("withdrawal"), SOURCE, "https://api.example/v1"))

    assert event["type"] == WITHDRAWN
    assert "dataref" not in event


def test_every_attempt_sends_the_same_bytes() -> None:
    first, later = claimed(attempts=1), claimed(attempts=9)

    assert build_envelope(first, SOURCE, "u") == build_envelope(later, SOURCE, "u")


def test_a_receiver_that_verifies_accepts_ours_and_refuses_a_changed_one() -> None:
    body = build_envelope(claimed(), SOURCE, "https://api.example/v1")
    headers = sign(body, SecretStr(SECRET), "key-1", datetime.now(UTC))

    assert Webhook(SECRET).verify(body, headers)["id"] == "key-1"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"key-1", b"key-2"), headers)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_wait_is_never_shorter_than_a_second_nor_longer_than_a_quarter(
    attempts: int, share: float
) -> None:
    wait = wait_before_next(attempts, lambda low, high: low + share * (high - low))

    assert SHORTEST_SECONDS <= wait.total_seconds() <= LONGEST_SECONDS


def test_the_longest_wait_doubles_with_every_attempt() -> None:
    ceilings = [
        wait_before_next(attempts, lambda _low, high: high).total_seconds()
        for attempts in range(1, 13)
    ]

    assert ceilings == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
