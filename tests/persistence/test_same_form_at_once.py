"""Copies of one form in the same instant are one referral on both databases."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from referral_api.persistence.tables import DeliveryRow, MessageRow, ReferralRow
from referral_api.settings import Settings
from tests.factories.api import open_api
from tests.factories.referrals import make_consented_referral, make_key


def test_fifty_copies_give_one_referral_and_one_code(settings: Settings) -> None:
    key, body = make_key(), make_consented_referral(("intake-desk", "fairwork"))
    with open_api(settings) as api:
        answers = api.post_at_once("/v1/referrals", body, key, copies=50)

        assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
        assert len({answer.content for answer in answers}) == 1
        with api.workplace.database.reading() as session:
            for table in (ReferralRow, DeliveryRow):
                assert session.scalar(select(func.count()).select_from(table)) == 1


def test_different_replies_at_once_are_all_kept_in_order(settings: Settings) -> None:
    with open_api(settings) as api:
        code = api.submit()["code"]

        def write(number: int) -> int:
            body = {"code": code, "text": f"bericht {number}"}
            answer = api.post("/v1/conversations/_reply", body, make_key())
            status: int = answer.status_code
            return status

        with ThreadPoolExecutor(10) as threads:
            assert set(threads.map(write, range(20))) == {201}

        assert len(api.open(code).json()["messages"]) == 20
        with api.workplace.database.reading() as session:
            positions = session.scalars(select(MessageRow.position)).all()
        assert sorted(positions) == list(range(20))
