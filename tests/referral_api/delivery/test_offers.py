"""A receiver fetches and opens what it is offered; anybody else finds nothing."""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from nacl.bindings import sodium_unpad
from nacl.public import PrivateKey, SealedBox
from nacl.secret import Aead
from pydantic import SecretStr
from sqlalchemy import update
from starlette.testclient import TestClient

from referral_api.domain.code_lists import Kind, Mode, Need
from referral_api.domain.referral import Body, Facts
from referral_api.main import create_app
from referral_api.persistence.database import Database
from referral_api.persistence.tables import ConsentRow, DeliveryRow, ReferralRow
from referral_api.sealed_body import seal_body
from referral_api.sealing import ContentKey, make_key_pair
from referral_api.settings import Settings
from tests.factories.stored import (
    TODAY,
    store_consent,
    store_content_key,
    store_delivery,
    store_referral,
)
from tests.fakes.demo_receiver import SECRET, TOKEN

OTHER_TOKEN = TOKEN.replace("demo", "other")
SITE_TOKEN = "token-of-the-site-0123456789-0123456789"
STORY = "Ik slaap in de keuken."


@dataclass(frozen=True)
class Offered:
    """A referral on offer, and the key pair of whom it is offered to."""

    delivery: UUID
    referral: UUID
    private_key: PrivateKey
    consent: UUID | None


def offer(store: Database, organisation: str, *, named: bool = False) -> Offered:
    """Offer a referral; `named` gives it a consent for this organisation."""
    key, private_key = ContentKey.make(), make_key_pair()
    with store.transaction() as session:
        referral = store_referral(session)
        consent = store_consent(session, referral, organisation) if named else None
        body = Body(Facts(Kind.OWN, Mode.ANONYMOUS, (Need.SHELTER,), "ar"), story=STORY)
        sealed = seal_body(body, key, referral)
        session.execute(
            update(ReferralRow).where(ReferralRow.id == referral).values(sealed_body=sealed)
        )
        store_content_key(session, referral, organisation, key, private_key, consent)
        delivery = store_delivery(
            session, referral, organisation, needs_consent=named, consent=consent
        )
    return Offered(delivery, referral, private_key, consent)


@pytest.fixture
def client(tmp_path: Path, store: Database) -> Iterator[TestClient]:
    entries = [
        {"organisation": name, "url": "http://127.0.0.1:9/", "webhook_secret": SECRET, "token": key}
        for name, key in (("veilig-thuis", TOKEN), ("fairwork", OTHER_TOKEN))
    ]
    receivers = tmp_path / "receivers.yaml"
    receivers.write_text(yaml.safe_dump({"receivers": entries}))
    settings = Settings(
        database_url=str(store.engine.url),
        site_token=SecretStr(SITE_TOKEN),
        pepper=SecretStr("pepper-0123456789-0123456789-012345"),
        receivers_file=receivers,
    )
    with TestClient(create_app(settings)) as opened:
        yield opened


def fetch(client: TestClient, delivery: object, token: str) -> tuple[int, dict[str, Any]]:
    """Status and answer of fetching an offer."""
    answer = client.get(f"/v1/offers/{delivery}", headers={"authorization": f"Bearer {token}"})
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


def test_the_receiver_opens_what_it_fetched_with_its_own_key_alone(
    client: TestClient, store: Database
) -> None:
    offered = offer(store, "fairwork")

    status, answer = fetch(client, offered.delivery, OTHER_TOKEN)

    assert status == 200
    assert STORY not in json.dumps(answer, ensure_ascii=False)
    key = SealedBox(offered.private_key).decrypt(b64decode(answer["sealedKey"]))
    belongs_to = UUID(answer["referral"]).bytes
    padded = Aead(key).decrypt(b64decode(answer["sealedBody"]), belongs_to)
    assert json.loads(sodium_unpad(padded, 1024))["story"] == STORY


def test_nobody_else_finds_an_offer(client: TestClient, store: Database) -> None:
    offered = offer(store, "fairwork")

    assert fetch(client, offered.delivery, TOKEN)[0] == 404
    assert fetch(client, offered.delivery, SITE_TOKEN)[0] == 403
    assert fetch(client, offered.delivery, "nobody")[0] == 401
    assert fetch(client, uuid4(), OTHER_TOKEN)[0] == 404
    assert fetch(client, "no-number", OTHER_TOKEN)[0] == 404


def test_a_receiver_cannot_submit_or_open_a_conversation(client: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}

    for path in ("referrals", "conversations/_open", "routes/_explain"):
        assert client.post(f"/v1/{path}", headers=headers, json={}).status_code == 403


def test_a_consent_that_was_revoked_after_the_notice_closes_the_offer(
    client: TestClient, store: Database
) -> None:
    offered = offer(store, "veilig-thuis", named=True)
    assert fetch(client, offered.delivery, TOKEN)[0] == 200

    with store.transaction() as session:
        session.execute(
            update(ConsentRow).where(ConsentRow.id == offered.consent).values(revoked_day=TODAY)
        )

    assert fetch(client, offered.delivery, TOKEN)[0] == 404


def test_an_offer_that_was_withdrawn_says_that_it_must_be_deleted(
    client: TestClient, store: Database
) -> None:
    offered = offer(store, "fairwork")
    with store.transaction() as session:
        session.execute(
            update(ReferralRow).where(ReferralRow.id == offered.referral).values(status="withdrawn")
        )

    status, problem = fetch(client, offered.delivery, OTHER_TOKEN)

    assert status == 410
    assert problem["type"].endswith("/offer-withdrawn")


def test_a_cancelled_offer_is_gone(client: TestClient, store: Database) -> None:
    offered = offer(store, "fairwork")
    with store.transaction() as session:
        session.execute(
            update(DeliveryRow).where(DeliveryRow.id == offered.delivery).values(status="cancelled")
        )

    assert fetch(client, offered.delivery, OTHER_TOKEN)[0] == 404


def test_the_description_tells_how_to_fetch_an_offer(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()

    operation = document["paths"]["/offers/{offer}"]["get"]
    assert set(operation["responses"]) == {"200", "401", "403", "404", "410", "500", "503"}
    assert "requestBody" not in operation
