"""Coming back with the code: reading, writing, withdrawing."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from referral_api.persistence.tables import ContentKeyRow, DeliveryRow, MessageKeyRow, MessageRow
from referral_api.services.answer_reporter import answer_reporter
from referral_api.services.read_referrals import list_referrals
from tests.factories.api import Api, make_settings, open_api
from tests.factories.referrals import make_consented_referral, make_key

UNKNOWN = "0000 0000 0000 0000"


def count(api: Api, table: Any) -> int:
    with api.workplace.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def reply(api: Api, code: str, text: str, key: str | None = None) -> Any:
    return api.post("/v1/conversations/_reply", {"code": code, "text": text}, key or make_key())


def withdraw(api: Api, code: str) -> Any:
    return api.post("/v1/conversations/_withdraw", {"code": code})


@pytest.mark.parametrize("action", ["_open", "_reply", "_withdraw"])
def test_nobody_without_a_token_may_try_codes(api: Api, action: str) -> None:
    code = api.submit()["code"]

    answer = api.client.post(f"/v1/conversations/{action}", json={"code": code, "text": "x"})

    assert answer.status_code == 401


@pytest.mark.parametrize("action", ["_open", "_withdraw"])
def test_an_unknown_code_is_told_kindly(api: Api, action: str) -> None:
    api.submit()

    answer = api.post(f"/v1/conversations/{action}", {"code": UNKNOWN})

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/problems/unknown-code")


def test_a_new_referral_has_an_empty_conversation(api: Api) -> None:
    code = api.submit()["code"]

    assert api.open(code).json() == {
        "status": "received",
        "statusSince": "2026-11-23",
        "language": "ar",
        "messages": [],
        "mayWithdraw": True,
    }


def test_the_code_may_be_typed_in_every_script(api: Api) -> None:
    code = api.submit()["code"]
    arabic = "".join(chr(0x0660 + int(digit)) for digit in code)
    devanagari = "".join(chr(0x0966 + int(digit)) for digit in code)
    grouped = f"{code[:4]} {code[4:8]}-{code[8:12]}\u00a0{code[12:]}"

    for typed in (code, arabic, devanagari, grouped, f"\u202a{code}\u202c"):
        assert api.open(typed).status_code == 200


@pytest.mark.parametrize(
    "typed", ["", "123", "12345678901234567", "١٢٣", "a" * 16, 1234567890123456]
)
def test_what_is_no_code_is_an_error_in_that_field(api: Api, typed: object) -> None:
    answer = api.post("/v1/conversations/_open", {"code": typed})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/code"


def test_reporter_and_desk_read_each_other(api: Api) -> None:
    code = api.submit()["code"]
    referral = list_referrals(api.workplace, api.desk)[0].id

    sent = reply(api, code, "Kan ik bellen?")
    answer_reporter(api.workplace, api.desk.member, referral, "Ja, vandaag.", make_key())

    assert sent.status_code == 201
    assert api.open(code).json()["messages"] == [
        {"from": "reporter", "text": "Kan ik bellen?", "day": "2026-11-23"},
        {"from": "desk", "text": "Ja, vandaag.", "day": "2026-11-23"},
    ]


def test_a_resent_reply_is_one_message(api: Api) -> None:
    code, key = api.submit()["code"], make_key()

    first = reply(api, code, "Ik ben er nog.", key)
    again = reply(api, code, "Ik ben er nog.", key)
    other = reply(api, code, "Iets anders.", key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json() == again.json()
    assert count(api, MessageRow) == 1


def test_a_reply_needs_words_and_a_key(api: Api) -> None:
    code = api.submit()["code"]

    empty = reply(api, code, " \n ")
    long = reply(api, code, "a" * 2001)
    without_key = api.post("/v1/conversations/_reply", {"code": code, "text": "hallo"})

    assert empty.json()["errors"][0]["pointer"] == "/text"
    assert long.json()["errors"][0]["code"] == "too_long"
    assert without_key.json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert count(api, MessageRow) == 0


def test_withdrawing_destroys_every_key(api: Api) -> None:
    code = api.submit(make_consented_referral(("intake-desk", "fairwork")))["code"]
    reply(api, code, "Nog iets.")

    assert withdraw(api, code).json() == {"status": "withdrawn"}

    assert count(api, ContentKeyRow) == 0
    assert count(api, MessageKeyRow) == 0
    opened = api.open(code).json()
    assert opened["status"] == "withdrawn"
    assert opened["messages"] == []
    assert opened["mayWithdraw"] is False


def test_withdrawing_twice_is_fine(api: Api) -> None:
    code = api.submit()["code"]

    assert [withdraw(api, code).status_code for _ in range(2)] == [200, 200]


def test_after_withdrawing_nothing_can_be_added(api: Api) -> None:
    code = api.submit()["code"]
    withdraw(api, code)

    answer = reply(api, code, "Toch nog iets.")

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/problems/already-withdrawn")


def test_withdrawing_stops_what_waits_and_tells_only_whom_it_reached(api: Api) -> None:
    waiting = api.submit(make_consented_referral(("intake-desk", "fairwork")))["code"]
    tried = api.submit(make_consented_referral(("intake-desk", "politie")))["code"]
    with api.workplace.database.transaction() as session:
        for row in session.scalars(
            select(DeliveryRow).where(DeliveryRow.organisation_id == "politie")
        ):
            row.attempts = 1

    withdraw(api, waiting)
    withdraw(api, tried)

    with api.workplace.database.reading() as session:
        rows = session.execute(
            select(DeliveryRow.organisation_id, DeliveryRow.purpose, DeliveryRow.status)
        )
        assert sorted(tuple(row) for row in rows) == [
            ("fairwork", "offer", "cancelled"),
            ("politie", "offer", "cancelled"),
            ("politie", "withdrawal", "waiting"),
        ]


def test_too_many_look_ups_are_asked_to_wait(tmp_path: Path, small_directory: Path) -> None:
    slow = make_settings(
        tmp_path,
        small_directory,
        hashing_memory_kib=64 * 1024,
        hashing_time_cost=2,
        lookup_slots=1,
        lookup_queue=0,
    )
    with open_api(slow) as api:
        code = api.submit()["code"]

        answers = api.post_at_once("/v1/conversations/_open", {"code": code}, None, copies=8)
        refused = [answer for answer in answers if answer.status_code == 503]

        assert any(answer.status_code == 200 for answer in answers)
        assert refused
        assert refused[0].headers["retry-after"] == "60"
        assert refused[0].json()["type"].endswith("/problems/too-busy")
