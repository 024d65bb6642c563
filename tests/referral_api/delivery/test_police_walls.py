"""Delivery and database refuse the police on their own, whatever a plan says."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from referral_api.delivery.police_gate import DeliveryRefused, refuse_unless_allowed
from referral_api.directory_files import RoutingContent, read_routing_content
from referral_api.domain.directory import Directory, MayReachPolice, Organisation
from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import ClaimedDelivery, ConsentState
from referral_api.persistence.tables import ConsentRow, DeliveryRow, OrganisationRow
from tests.factories.stored import (
    NOON,
    TODAY,
    store_consent,
    store_deliveries,
    store_delivery,
    store_referral,
)
from tests.fakes.demo_receiver import demo_receiver
from tests.referral_api.delivery.conftest import OpenPost
from tests.referral_api.delivery.test_exactly_once import statuses

DIRECTORY = read_routing_content(Path("content")).directory
NAMES = sorted(DIRECTORY.organisations)
NATIONAL = Organisation("comensha", "CoMensha", False, MayReachPolice.ONLY_WITH_CONSENT)


def claimed(organisation: str, *, flag: bool, purpose: str) -> ClaimedDelivery:
    """A delivery as a hand-edited plan could have made it."""
    return ClaimedDelivery(
        uuid4(), uuid4(), organisation, flag, purpose, "key", 1, TODAY, leased_until=NOON
    )


@settings(max_examples=2000, deadline=None)
@given(
    investigates=st.booleans(),
    link=st.sampled_from(list(MayReachPolice)),
    consent=st.sampled_from(list(ConsentState)),
    flag=st.booleans(),
    withdrawn=st.booleans(),
)
def test_the_gate_opens_to_the_police_only_for_a_consent_that_still_stands(
    *,
    investigates: bool,
    link: MayReachPolice,
    consent: ConsentState,
    flag: bool,
    withdrawn: bool,
) -> None:
    organisation = Organisation("x", "X", investigates, link)
    directory = Directory({"comensha": NATIONAL, "x": organisation})
    try:
        refuse_unless_allowed(
            claimed("x", flag=flag, purpose="offer"), directory, consent, withdrawn=withdrawn
        )
    except DeliveryRefused:
        return

    assert not withdrawn
    assert not organisation.needs_police_consent or consent is ConsentState.ACTIVE


def test_the_gate_does_not_know_who_is_not_in_the_directory() -> None:
    with pytest.raises(DeliveryRefused, match="not_in_directory"):
        refuse_unless_allowed(
            claimed("gone", flag=False, purpose="offer"),
            Directory({"comensha": NATIONAL}),
            ConsentState.ACTIVE,
            withdrawn=False,
        )


def test_whoever_had_consent_still_hears_that_the_referral_was_taken_back() -> None:
    police = Organisation("politie", "Politie", True, MayReachPolice.ALWAYS)
    directory = Directory({"comensha": NATIONAL, "politie": police})
    notice = claimed("politie", flag=True, purpose="withdrawal")

    refuse_unless_allowed(notice, directory, ConsentState.REVOKED, withdrawn=True)
    with pytest.raises(DeliveryRefused, match="no_consent"):
        refuse_unless_allowed(notice, directory, ConsentState.NONE, withdrawn=True)


def revoke(store: Database, consent: UUID) -> None:
    """Take a consent back."""
    with store.transaction() as session:
        session.execute(
            update(ConsentRow).where(ConsentRow.id == consent).values(revoked_day=TODAY)
        )


def test_a_revoked_consent_stops_what_was_waiting(store: Database, open_post: OpenPost) -> None:
    with store.transaction() as session:
        referral = store_referral(session, mode="consented")
        consent = store_consent(session, referral, "politie")
        store_delivery(session, referral, "politie", needs_consent=True, consent=consent)
    revoke(store, consent)

    async def run(url: str) -> str:
        async with open_post(url, "politie") as post:
            await post.deliver_what_is_due()
            return post.log.getvalue()

    with demo_receiver() as receiver:
        log = asyncio.run(run(receiver.url))

    assert receiver.notices == []
    assert statuses(store) == [("cancelled", "no_consent")]
    assert "delivery_refused" in log


def test_a_row_for_an_organisation_that_came_nearer_to_the_police_is_not_sent(
    store: Database, open_post: OpenPost, content: RoutingContent
) -> None:
    store_deliveries(store, ["fairwork"])

    async def run(url: str) -> None:
        async with open_post(url, "fairwork") as post:
            changed = dict(content.directory.organisations)
            changed["fairwork"] = Organisation(
                "fairwork", "FairWork", False, MayReachPolice.POSSIBLY
            )
            post.deliverer.directory = Directory(changed)
            await post.deliver_what_is_due()

    with demo_receiver() as receiver:
        asyncio.run(run(receiver.url))

    assert receiver.notices == []
    assert statuses(store) == [("cancelled", "no_consent")]


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("organisation", ["politie", "arbeidsinspectie", "veilig-thuis"])
def test_the_database_refuses_a_delivery_to_the_police_without_consent(
    store: Database, organisation: str, *, flag: bool
) -> None:
    with pytest.raises(IntegrityError), store.transaction() as session:
        store_delivery(session, store_referral(session), organisation, needs_consent=flag)


CONSENTS = ("right", "of another referral", "for another organisation", "made up", "none")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(NAMES), kind=st.sampled_from(CONSENTS), flag=st.booleans())
def test_whatever_is_written_no_row_near_the_police_stands_without_its_consent(
    store: Database, name: str, kind: str, *, flag: bool
) -> None:
    with store.transaction() as session:
        mine, other = store_referral(session), store_referral(session)
        consents = {
            "right": store_consent(session, mine, name),
            "of another referral": store_consent(session, other, name),
            "for another organisation": store_consent(session, mine, "intake-desk"),
            "made up": uuid4(),
            "none": None,
        }
    try:
        with store.transaction() as session:
            store_delivery(session, mine, name, needs_consent=flag, consent=consents[kind])
    except IntegrityError:
        return

    organisation = DIRECTORY.organisations[name]
    assert not organisation.needs_police_consent or kind == "right"


def test_the_database_refuses_the_consent_of_another_referral_or_organisation(
    store: Database,
) -> None:
    with store.transaction() as session:
        mine, other = store_referral(session), store_referral(session)
        of_other = store_consent(session, other, "politie")
        for_veilig_thuis = store_consent(session, mine, "veilig-thuis")

    for consent in (of_other, for_veilig_thuis, uuid4()):
        with pytest.raises(IntegrityError), store.transaction() as session:
            store_delivery(session, mine, "politie", needs_consent=True, consent=consent)


def test_the_database_refuses_to_bend_a_delivery_that_stands(store: Database) -> None:
    [delivery] = store_deliveries(store, ["fairwork"])

    with pytest.raises(IntegrityError), store.transaction() as session:
        session.execute(
            update(DeliveryRow).where(DeliveryRow.id == delivery).values(organisation_id="politie")
        )
    with pytest.raises(IntegrityError), store.transaction() as session:
        session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == "fairwork")
            .values(needs_consent=True)
        )


def test_the_database_takes_a_delivery_with_the_right_consent(store: Database) -> None:
    with store.transaction() as session:
        referral = store_referral(session, mode="consented")
        consent = store_consent(session, referral, "politie")
        store_delivery(session, referral, "politie", needs_consent=True, consent=consent)

    assert statuses(store) == [("waiting", None)]
