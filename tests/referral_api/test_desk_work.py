"""What staff can do: see headers, open on record, answer, offer, accept; and what they cannot."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update

from referral_api.domain.code_lists import DeclineReason
from referral_api.domain.lifecycle import ForbiddenMove, Status
from referral_api.persistence.tables import ContentKeyRow, DeliveryRow, ReferralRow, StaffLogRow
from referral_api.sealing import CannotOpen, WrongPassword
from referral_api.services.answer_reporter import answer_reporter
from referral_api.services.keep_staff_log import LogBroken, check_staff_log
from referral_api.services.manage_keys import Unlocked, unlock
from referral_api.services.move_referral import (
    ConsentMissing,
    NotYours,
    move_referral,
    offer_referral,
)
from referral_api.services.read_referrals import (
    ReferralNotVisible,
    list_referrals,
    open_referral,
)
from tests.factories.api import PASSWORD, Api
from tests.factories.referrals import make_consented_referral, make_key, make_referral


def only_referral(api: Api) -> UUID:
    (referral,) = list_referrals(api.workplace, api.desk)
    return referral.id


def test_the_list_shows_headers_without_any_key(api: Api) -> None:
    api.submit()
    blind = Unlocked(api.desk.member, {})

    (line,) = list_referrals(api.workplace, blind)

    assert line.header.region == "groningen"
    assert line.status is Status.RECEIVED
    assert line.owner == "intake-desk"


def test_what_is_due_first_stands_on_top_and_pages_follow_on(api: Api) -> None:
    for safe in ("yes", "no", "unsure", "no"):
        api.submit(make_referral(safeNow=safe))

    lines = list_referrals(api.workplace, api.desk)
    rest = list_referrals(api.workplace, api.desk, after=(lines[1].due_at, lines[1].id))

    assert [line.header.urgency for line in lines[:2]] == ["acute", "acute"]
    assert [line.id for line in rest] == [line.id for line in lines[2:]]


def test_opening_decrypts_what_the_person_wrote(api: Api) -> None:
    api.submit(make_consented_referral())

    opened = open_referral(api.workplace, api.desk, only_referral(api))

    assert opened.body is not None
    assert opened.body.story == "Zij hebben mijn paspoort."
    assert opened.body.facts.residence == "no_permit"
    assert [channel.value for channel in opened.body.usable_contact] == ["06 12345678"]
    assert [consent.organisation_id for consent in opened.consents] == ["intake-desk"]


def test_what_the_reporter_wrote_counts_as_unread_until_it_is_opened(api: Api) -> None:
    code = api.submit()["code"]
    api.post("/v1/conversations/_reply", {"code": code, "text": "Hallo?"}, make_key())

    before = list_referrals(api.workplace, api.desk)[0].unread_messages
    opened = open_referral(api.workplace, api.desk, only_referral(api))
    after = list_referrals(api.workplace, api.desk)[0].unread_messages

    assert (before, after) == (1, 0)
    assert opened.messages[0].text == "Hallo?"


def test_somebody_elses_referral_does_not_exist(api: Api) -> None:
    api.submit()
    referral = only_referral(api)
    stranger = api.staff_of("fairwork")

    assert list_referrals(api.workplace, stranger) == []
    with pytest.raises(ReferralNotVisible):
        open_referral(api.workplace, stranger, referral)
    with pytest.raises(ReferralNotVisible):
        answer_reporter(api.workplace, stranger.member, referral, "hallo", make_key())
    with pytest.raises(ReferralNotVisible):
        move_referral(api.workplace, stranger, referral, Status.CLOSED)
    with pytest.raises(ReferralNotVisible):
        open_referral(api.workplace, api.desk, uuid4())


def test_an_offer_lets_the_receiver_read_and_accepting_makes_it_the_owner(api: Api) -> None:
    api.submit()
    receiver = api.staff_of("fairwork")
    referral = only_referral(api)

    offered = offer_referral(api.workplace, api.desk, referral, "fairwork")
    read = open_referral(api.workplace, receiver, referral)
    accepted = move_referral(api.workplace, receiver, referral, Status.ACCEPTED)

    assert (offered.owner, offered.offered_to) == ("intake-desk", "fairwork")
    assert read.body is not None
    assert (accepted.owner, accepted.offered_to) == ("fairwork", None)
    moves = open_referral(api.workplace, api.desk, referral).moves
    assert [move.status for move in moves] == ["received", "offered", "accepted"]


def test_after_declining_the_receiver_can_read_nothing_any_more(api: Api) -> None:
    api.submit()
    receiver = api.staff_of("fairwork")
    referral = only_referral(api)
    offer_referral(api.workplace, api.desk, referral, "fairwork")

    standing = move_referral(
        api.workplace, receiver, referral, Status.DECLINED, DeclineReason.NO_ROOM
    )

    assert standing.owner == "intake-desk"
    with pytest.raises(ReferralNotVisible):
        open_referral(api.workplace, receiver, referral)
    with api.workplace.database.reading() as session:
        assert session.scalars(select(ContentKeyRow.organisation_id)).all() == ["intake-desk"]


def test_only_whom_it_is_offered_to_answers_an_offer(api: Api) -> None:
    api.submit()
    api.staff_of("fairwork")
    referral = only_referral(api)
    offer_referral(api.workplace, api.desk, referral, "fairwork")

    with pytest.raises(NotYours):
        move_referral(api.workplace, api.desk, referral, Status.ACCEPTED)


@pytest.mark.parametrize("organisation", ["politie", "veilig-thuis"])
def test_the_desk_cannot_offer_past_the_persons_consent(api: Api, organisation: str) -> None:
    api.submit()
    api.staff_of(organisation)
    referral = only_referral(api)

    with pytest.raises(ConsentMissing):
        offer_referral(api.workplace, api.desk, referral, organisation)
    with api.workplace.database.reading() as session:
        assert session.scalars(select(DeliveryRow.id)).all() == []


def test_the_desk_can_offer_what_the_person_named(api: Api) -> None:
    api.submit(make_consented_referral(("intake-desk", "veilig-thuis")))
    api.staff_of("veilig-thuis")

    offer_referral(api.workplace, api.desk, only_referral(api), "veilig-thuis")

    with api.workplace.database.reading() as session:
        assert session.scalars(select(DeliveryRow.needs_consent)).all() == [True]


def test_staff_cannot_withdraw_for_the_person(api: Api) -> None:
    api.submit()

    with pytest.raises(ForbiddenMove):
        move_referral(api.workplace, api.desk, only_referral(api), Status.WITHDRAWN)


def test_the_hour_of_the_clock_goes_when_somebody_accepts(api: Api) -> None:
    api.submit()
    referral = only_referral(api)

    move_referral(api.workplace, api.desk, referral, Status.ACCEPTED)

    with api.workplace.database.reading() as session:
        assert session.scalars(select(ReferralRow.due_at)).one() is None


def test_the_password_opens_the_key_and_another_does_not(api: Api) -> None:
    cost = api.settings.hashing_cost

    unlocked = unlock(api.workplace, "intake-desk-1", PASSWORD, cost)

    assert unlocked.member.sees_all
    assert unlocked.private_keys.keys() == api.desk.private_keys.keys()
    for username, password in (("intake-desk-1", "wrong"), ("nobody", PASSWORD)):
        with pytest.raises(WrongPassword):
            unlock(api.workplace, username, password, cost)


def test_every_view_is_on_record(api: Api) -> None:
    api.submit()
    referral = only_referral(api)

    open_referral(api.workplace, api.desk, referral)
    answer_reporter(api.workplace, api.desk.member, referral, "Dag.", make_key())

    assert check_staff_log(api.workplace) == 2
    with api.workplace.database.reading() as session:
        rows = session.execute(select(StaffLogRow.action, StaffLogRow.referral_id)).all()
    assert [tuple(row) for row in rows] == [("opened", referral), ("answered", referral)]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE staff_log SET action = 'nothing' WHERE sequence = 2",
        "DELETE FROM staff_log WHERE sequence = 2",
        "UPDATE staff_log SET sequence = sequence + 10",
    ],
)
def test_a_changed_or_missing_line_of_the_record_is_found(api: Api, harm: str) -> None:
    api.submit()
    for _ in range(3):
        open_referral(api.workplace, api.desk, only_referral(api))

    with api.workplace.database.transaction() as session:
        session.execute(text(harm))

    with pytest.raises(LogBroken):
        check_staff_log(api.workplace)


def test_a_body_moved_to_another_referral_does_not_open(api: Api) -> None:
    api.submit(make_referral(story="een"))
    api.submit(make_referral(story="twee"))
    first, second = (line.id for line in list_referrals(api.workplace, api.desk))
    with api.workplace.database.transaction() as session:
        body = session.scalars(select(ReferralRow.sealed_body).where(ReferralRow.id == first)).one()
        session.execute(
            update(ReferralRow).where(ReferralRow.id == second).values(sealed_body=body)
        )

    with pytest.raises(CannotOpen):
        open_referral(api.workplace, api.desk, second)
