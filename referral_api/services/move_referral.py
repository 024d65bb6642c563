"""Moves a referral through its life: offer, accept, decline, help arranged, close."""

import secrets
from uuid import UUID

from referral_api.clock import start_of
from referral_api.domain.code_lists import DeclineReason, Urgency
from referral_api.domain.lifecycle import ForbiddenMove, Standing, Status, move
from referral_api.domain.retention import due_at
from referral_api.persistence.referral_repository import Move, standing_of
from referral_api.persistence.tables import DeliveryRow, ReferralRow
from referral_api.services.keep_staff_log import record_action
from referral_api.services.manage_keys import Unlocked
from referral_api.services.read_referrals import ReferralNotVisible, open_content_key
from referral_api.services.workplace import Store, Workplace


class ConsentMissing(Exception):
    """This organisation may reach the police, and the person has not named it."""


class NotYours(Exception):
    """Only whom a referral is on offer to can accept or decline; only its owner can move it."""


def move_referral(
    workplace: Workplace,
    unlocked: Unlocked,
    referral_id: UUID,
    wanted: Status,
    reason: DeclineReason | None = None,
) -> Standing:
    """Accept, decline, report help, close. Raises ReferralNotVisible, NotYours, ForbiddenMove."""
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = _find(store, unlocked, referral_id)
        before = standing_of(row)
        _require_right(unlocked, before, wanted)
        standing = move(before, wanted)
        if wanted is Status.DECLINED and before.offered_to is not None:
            store.content_keys.take_back(row.id, before.offered_to)
        _record(store, workplace, unlocked, row, standing, before.offered_to, reason)
        return standing


def offer_referral(
    workplace: Workplace, unlocked: Unlocked, referral_id: UUID, organisation_id: str
) -> Standing:
    """Offer a referral to an organisation: its own sealed key, and a row in the outbox.

    Raises ReferralNotVisible, NotYours, ForbiddenMove, ConsentMissing.
    """
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = _find(store, unlocked, referral_id)
        before = standing_of(row)
        _require_right(unlocked, before, Status.OFFERED)
        standing = move(before, Status.OFFERED, offered_to=organisation_id)
        needs_consent = store.organisations.needs_consent(organisation_id)
        consent_id = store.consents.active_id(row.id, organisation_id)
        if needs_consent is None or (needs_consent and consent_id is None):
            raise ConsentMissing
        _seal_for(store, unlocked, row, organisation_id, needs_consent, consent_id)
        store.outbox.add(
            DeliveryRow(
                referral_id=row.id,
                organisation_id=organisation_id,
                needs_consent=needs_consent,
                consent_id=consent_id,
                idempotency_key=secrets.token_urlsafe(24),
                next_attempt_at=start_of(workplace.today()),
                created_day=workplace.today(),
            )
        )
        _record(store, workplace, unlocked, row, standing, organisation_id, None)
        return standing


def _find(store: Store, unlocked: Unlocked, referral_id: UUID) -> ReferralRow:
    row = store.referrals.find_visible(unlocked.member, referral_id, to_change=True)
    if row is None:
        raise ReferralNotVisible
    return row


def _require_right(unlocked: Unlocked, standing: Standing, wanted: Status) -> None:
    """Whom it is offered to answers the offer; all other moves are the owner's or the desk's."""
    mine = unlocked.member.organisation_id
    if wanted is Status.WITHDRAWN:
        raise ForbiddenMove(standing.status, wanted)
    if standing.status is Status.OFFERED and wanted in (Status.ACCEPTED, Status.DECLINED):
        if mine != standing.offered_to:
            raise NotYours
    elif mine != standing.owner and not unlocked.member.sees_all:
        raise NotYours


def _seal_for(
    store: Store,
    unlocked: Unlocked,
    row: ReferralRow,
    organisation_id: str,
    needs_consent: bool,
    consent_id: UUID | None,
) -> None:
    key = open_content_key(store, unlocked, row)
    public_key = store.organisations.active_key(organisation_id)
    if key is None or public_key is None:
        # Without a key pair the organisation reads through the desk's own words only.
        return
    if store.content_keys.is_sealed_for(row.id, public_key.id):
        return
    store.content_keys.seal_for(
        row.id,
        organisation_id,
        public_key.id,
        key.seal_to(public_key.public_key),
        needs_consent=needs_consent,
        consent_id=consent_id,
    )


def _record(
    store: Store,
    workplace: Workplace,
    unlocked: Unlocked,
    row: ReferralRow,
    standing: Standing,
    organisation: str | None,
    reason: DeclineReason | None,
) -> None:
    today = workplace.today()
    clock_runs = standing.status.is_open and standing.status is not Status.ACCEPTED
    due = due_at(Urgency.of(row.urgency), workplace.now()) if clock_runs else None
    store.referrals.change(row, standing, today, due)
    store.referrals.record(
        row.id,
        Move(
            status=standing.status,
            owner=standing.owner,
            day=today,
            organisation=organisation,
            reason=reason.value if reason else None,
            staff_id=unlocked.member.id,
        ),
    )
    record_action(store, workplace, unlocked.member, standing.status.value, row.id)
