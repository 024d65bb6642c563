"""Handing in a referral: who may, what comes back, and that a resend changes nothing."""

import secrets
from typing import Any

import pytest
from sqlalchemy import func, select

from referral_api.persistence.tables import (
    ConsentRow,
    ContentKeyRow,
    DeliveryRow,
    MoveRow,
    ReferralRow,
)
from tests.factories.api import Api
from tests.factories.referrals import make_consented_referral, make_key, make_referral


def count(api: Api, table: Any) -> int:
    with api.workplace.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_nobody_without_a_token_hands_in_a_referral(api: Api) -> None:
    answer = api.client.post("/v1/referrals", json=make_referral())

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert count(api, ReferralRow) == 0


@pytest.mark.parametrize("authorization", ["Bearer wrong", "Basic abc", "Bearer", "é", "Bearer \t"])
def test_a_wrong_token_hands_in_nothing(api: Api, authorization: str) -> None:
    raw = authorization.encode("utf-8")

    answer = api.client.post("/v1/referrals", json=make_referral(), headers={b"Authorization": raw})

    assert answer.status_code == 401
    assert count(api, ReferralRow) == 0


def test_the_least_that_works_is_one_need_and_a_language(api: Api) -> None:
    body = {"kind": "own", "mode": "anonymous", "needs": ["talk"], "language": "ti"}

    answer = api.post("/v1/referrals", body, make_key())

    assert answer.status_code == 201
    receipt = answer.json()
    assert receipt | {"code": ""} == {
        "code": "",
        "status": "received",
        "receivedOn": "2026-11-23",
        "lead": "comensha",
        "urgency": "normal",
    }
    assert len(receipt["code"]) == 16
    assert receipt["code"].isdigit()


def test_the_same_form_gives_the_same_code_and_one_row(api: Api) -> None:
    key = make_key()

    first = api.post("/v1/referrals", make_referral(), key)
    again = [api.post("/v1/referrals", make_referral(), key) for _ in range(5)]

    assert first.status_code == 201
    assert {answer.status_code for answer in again} == {200}
    assert {answer.content for answer in again} == {first.content}
    assert count(api, ReferralRow) == 1
    assert count(api, MoveRow) == 1


def test_twenty_copies_at_the_same_moment_are_one_referral(api: Api) -> None:
    key = make_key()
    body = make_consented_referral(("intake-desk", "fairwork"))

    answers = api.post_at_once("/v1/referrals", body, key, copies=20)

    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert count(api, ReferralRow) == 1
    assert count(api, DeliveryRow) == 1


def test_the_same_key_with_another_body_is_refused(api: Api) -> None:
    key = make_key()
    api.submit(key=key)

    answer = api.post("/v1/referrals", make_referral(needs=["money"]), key)

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/problems/key-used-for-other-body")
    assert count(api, ReferralRow) == 1


def test_a_copy_written_differently_is_still_the_same_form(api: Api) -> None:
    key = make_key()
    body = make_referral(needs=["shelter", "work"])
    first = api.submit(body, key)

    turned = dict(reversed(list(body.items()))) | {"needs": ["shelter", "work", "shelter"]}

    assert api.submit(turned, key) == first


def test_a_resend_after_withdrawing_shows_that_it_was_withdrawn(api: Api) -> None:
    key = make_key()
    receipt = api.submit(key=key)
    api.post("/v1/conversations/_withdraw", {"code": receipt["code"]})

    again = api.submit(key=key)

    assert again["code"] == receipt["code"]
    assert again["status"] == "withdrawn"


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "with space in it, 22+ long", "é" * 22])
def test_a_key_must_be_long_and_url_safe(api: Api, key: str) -> None:
    answer = api.client.post(
        "/v1/referrals",
        json=make_referral(needs=[]),
        headers={
            b"Authorization": f"Bearer {api.settings.site_token.get_secret_value()}".encode(),
            b"Idempotency-Key": key.encode(),
        },
    )

    assert answer.status_code == 400
    pointers = [error["pointer"] for error in answer.json()["errors"]]
    assert pointers == ["/Idempotency-Key", "/needs"]


def test_an_anonymous_referral_goes_to_the_intake_desk_alone(api: Api) -> None:
    api.submit()

    assert count(api, DeliveryRow) == 0
    assert count(api, ConsentRow) == 0
    with api.workplace.database.reading() as session:
        holders = session.scalars(select(ContentKeyRow.organisation_id)).all()
    assert holders == ["intake-desk"]


def test_whom_the_person_named_and_the_plan_wants_gets_it_at_once(api: Api) -> None:
    api.submit(make_consented_referral(("intake-desk", "fairwork", "fier")))

    with api.workplace.database.reading() as session:
        recipients = session.scalars(select(DeliveryRow.organisation_id)).all()
        consents = session.scalars(select(ConsentRow.organisation_id)).all()
    assert recipients == ["fairwork"]
    assert sorted(consents) == ["fairwork", "fier", "intake-desk"]


@pytest.mark.parametrize("age", ["0-8", "9-17", "unknown"])
def test_the_consent_of_a_child_is_checked_by_the_desk_first(api: Api, age: str) -> None:
    api.submit(make_consented_referral(("intake-desk", "fairwork"), ageBand=age))

    assert count(api, ReferralRow) == 1
    assert count(api, ConsentRow) == 2
    assert count(api, DeliveryRow) == 0


def test_the_police_gets_it_only_when_named(api: Api) -> None:
    api.submit(make_consented_referral(("intake-desk", "fairwork")))
    api.submit(make_consented_referral(("intake-desk", "politie")))

    with api.workplace.database.reading() as session:
        rows = session.execute(select(DeliveryRow.organisation_id, DeliveryRow.consent_id)).all()
    assert sorted(row[0] for row in rows) == ["fairwork", "politie"]
    assert all(row[1] is not None for row in rows)


def test_the_outbox_does_not_tell_the_hour_of_the_visit(api: Api) -> None:
    api.submit(make_consented_referral(("intake-desk", "fairwork")))

    with api.workplace.database.reading() as session:
        moment = session.scalars(select(DeliveryRow.next_attempt_at)).one()
    assert (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def test_without_a_key_pair_of_the_desk_nothing_is_taken(api: Api) -> None:
    with api.workplace.database.transaction() as session:
        session.execute(
            ReferralRow.metadata.tables["organisation_keys"]
            .update()
            .values(retired_day=api.clock.now.date())
        )

    answer = api.post("/v1/referrals", make_referral(), secrets.token_urlsafe(24))

    assert answer.status_code == 503
    assert count(api, ReferralRow) == 0
