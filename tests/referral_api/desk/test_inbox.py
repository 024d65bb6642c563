"""The list: what needs somebody first on top, and nothing of it decrypted."""

import re

import pytest
from sqlalchemy import update

import referral_api.sealing
from referral_api.domain.lifecycle import Status
from referral_api.persistence.inbox_repository import PAGE_SIZE
from referral_api.persistence.tables import DeliveryRow
from referral_api.services.move_referral import move_referral, offer_referral
from referral_api.services.read_referrals import list_referrals
from tests.factories.api import Api
from tests.factories.referrals import make_consented_referral, make_key, make_referral
from tests.referral_api.desk.conftest import Coordinator, text_of

NAME = re.compile(r'<h2><a href="/referrals/([0-9a-f-]{36})">\s*([^<]+?)\s*</a>')


def names(coordinator: Coordinator, path: str = "/") -> list[str]:
    """The referrals on the list, from the top."""
    return [name for _, name in NAME.findall(coordinator.get(path).text)]


class OpenedTooMuch(AssertionError):
    """Something was decrypted that should have stayed closed."""


def test_the_list_decrypts_nothing(
    api: Api, signed_in: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.submit(make_referral(story="Heel geheim"))

    def refuse(*_given: object) -> None:
        raise OpenedTooMuch

    monkeypatch.setattr(referral_api.sealing.ContentKey, "open", refuse)
    monkeypatch.setattr(referral_api.sealing.ContentKey, "decrypt", refuse)
    page = signed_in.get("/")

    assert page.status_code == 200
    assert "Een plek om te slapen, werk" in text_of(page)
    assert "Heel geheim" not in page.text


def test_acute_comes_first_then_unread_messages_then_what_waits_longest(
    api: Api, signed_in: Coordinator
) -> None:
    calm = {"safeNow": "yes", "ageBand": "30-38", "stillInSituation": "no"}
    api.submit(make_referral(needs=["legal"], **calm))
    api.clock.forward(hours=30)
    api.submit(make_referral(needs=["money"], **calm))
    written = api.submit(make_referral(needs=["talk"], **calm))
    api.post("/v1/conversations/_reply", {"code": written["code"], "text": "Hallo?"}, make_key())
    api.submit(make_referral(needs=["medical"], safeNow="no"))

    signed_in.signs_in()

    assert names(signed_in) == [
        "Een dokter",
        "Met iemand praten",
        "Een advocaat of juridisch advies",
        "Geld",
    ]
    assert "1 nieuw bericht" in text_of(signed_in.get("/"))


def test_a_child_and_an_unknown_age_are_marked(api: Api, signed_in: Coordinator) -> None:
    api.submit(make_referral(ageBand="9-17"))
    api.submit(make_referral(ageBand="unknown"))

    page = text_of(signed_in.get("/"))

    assert "Onder 18" in page
    assert "Leeftijd onbekend" in page


def test_a_delivery_that_is_stuck_asks_for_a_look(api: Api, signed_in: Coordinator) -> None:
    api.submit(make_consented_referral(("intake-desk", "comensha")))
    with api.workplace.database.transaction() as session:
        session.execute(update(DeliveryRow).values(status="parked"))

    assert "Afleveren lukt niet" in text_of(signed_in.get("/"))


def test_what_is_late_says_so(api: Api, signed_in: Coordinator) -> None:
    api.submit(make_referral(safeNow="no"))
    assert "reageer binnen 2 uur" in text_of(signed_in.get("/"))

    api.clock.forward(hours=5)
    signed_in.signs_in()

    assert "3 uur te laat" in text_of(signed_in.get("/"))


def test_a_long_list_has_pages(api: Api, signed_in: Coordinator) -> None:
    for _ in range(PAGE_SIZE + 2):
        api.submit()

    first, second = signed_in.get("/"), signed_in.get("/?view=mine&page=2")

    assert len(NAME.findall(first.text)) == PAGE_SIZE
    assert len(NAME.findall(second.text)) == 2
    assert "Pagina 2 van 2" in text_of(second)
    assert {line[0] for line in NAME.findall(first.text)}.isdisjoint(
        line[0] for line in NAME.findall(second.text)
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "²"])
def test_an_unknown_page_or_view_is_the_first(signed_in: Coordinator, page: str) -> None:
    assert signed_in.get(f"/?view=nothing&page={page}").status_code == 200


def test_what_others_took_and_what_is_done_have_lists_of_their_own(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit(make_referral(needs=["legal"]))
    api.submit(make_referral(needs=["money"]))
    first, second = list_referrals(api.workplace, api.desk)
    fairwork = api.staff_of("fairwork")
    offer_referral(api.workplace, api.desk, first.id, "fairwork")
    move_referral(api.workplace, fairwork, first.id, Status.ACCEPTED)
    move_referral(api.workplace, api.desk, second.id, Status.CLOSED)

    assert names(signed_in) == []
    assert len(names(signed_in, "/?view=elsewhere")) == 1
    assert "FairWork" in text_of(signed_in.get("/?view=elsewhere"))
    assert len(names(signed_in, "/?view=done")) == 1


def test_whom_a_referral_is_offered_to_finds_it_on_the_list(
    api: Api, coordinator: Coordinator
) -> None:
    api.submit()
    (line,) = list_referrals(api.workplace, api.desk)
    api.staff_of("fairwork")
    offer_referral(api.workplace, api.desk, line.id, "fairwork")

    coordinator.signs_in("fairwork-1")

    assert len(names(coordinator)) == 1
