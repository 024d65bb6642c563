"""Takes a referral: all of it in one transaction, and the same answer for every resend."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from referral_api.clock import start_of
from referral_api.domain.consent import Consent, ConsentGiven, must_be_checked_first
from referral_api.domain.lifecycle import start
from referral_api.domain.referral import Body, Header, StoredReferral
from referral_api.domain.retention import due_at
from referral_api.domain.routing import Plan
from referral_api.persistence.referral_repository import Move, stored_referral
from referral_api.persistence.tables import DeliveryRow, ReferralRow
from referral_api.sealed_body import seal_body
from referral_api.sealing import ContentKey, ReporterSecrets, keyed_hash
from referral_api.services.workplace import DeskNotReady, Store, Workplace


class DifferentBody(Exception):
    """This Idempotency-Key came before, with another body."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a caller hands in. `canonical` is the checked request, written in one fixed way."""

    caller: str
    idempotency_key: str
    canonical: bytes
    body: Body
    consent: ConsentGiven | None = None


def find_earlier(workplace: Workplace, submission: Submission) -> StoredReferral | None:
    """The referral of an earlier copy of this form; costs no slow derivation.

    Raises DifferentBody.
    """
    with workplace.database.reading() as session:
        return _earlier(Store(session, workplace.intake_organisation), workplace, submission)


def submit_referral(
    workplace: Workplace, submission: Submission, reporter: ReporterSecrets
) -> tuple[StoredReferral, bool]:
    """Store a referral, sealed; and whether it is new.

    Referral, keys, consents, first move and outbox rows stand or fall together. A copy of the
    same form waits for the first and gets the same referral. Raises DifferentBody, DeskNotReady.
    """
    plan = workplace.router(submission.body.facts, _routable_consents(submission))
    key, referral_id = ContentKey.make(), uuid4()
    row = _row(workplace, submission, reporter, plan, referral_id)
    row.sealed_body = seal_body(submission.body, key, referral_id)
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        if not store.referrals.add_unless_submitted(row):
            earlier = _earlier(store, workplace, submission)
            assert earlier is not None  # noqa: S101 - the insert has just met it
            return earlier, False
        consents = _record_consents(store, referral_id, submission, row.received_day)
        _seal_for_desk(store, workplace, referral_id, key)
        for recipient in _automatic_recipients(plan, submission):
            _offer(store, referral_id, recipient, consents.get(recipient), key, row.received_day)
        store.referrals.record(
            referral_id, Move(start(row.owner_id).status, row.owner_id, row.received_day)
        )
    return stored_referral(row), True


def submission_hash(workplace: Workplace, submission: Submission) -> bytes:
    """What is stored of an Idempotency-Key: worthless without the pepper."""
    return keyed_hash(
        workplace.pepper_bytes, "submission", submission.caller, submission.idempotency_key
    )


def _fingerprint(workplace: Workplace, submission: Submission) -> bytes:
    # Keyed, because a short form could otherwise be guessed and compared.
    return keyed_hash(workplace.pepper_bytes, "fingerprint", submission.canonical)


def _earlier(store: Store, workplace: Workplace, submission: Submission) -> StoredReferral | None:
    found = store.referrals.find_submission(submission_hash(workplace, submission))
    if found is None:
        return None
    referral, fingerprint = found
    if not secrets.compare_digest(fingerprint, _fingerprint(workplace, submission)):
        raise DifferentBody
    return referral


def _row(
    workplace: Workplace,
    submission: Submission,
    reporter: ReporterSecrets,
    plan: Plan,
    referral_id: UUID,
) -> ReferralRow:
    header, today = Header.of(submission.body.facts), workplace.today()
    standing = start(workplace.intake_organisation)
    return ReferralRow(
        id=referral_id,
        kind=header.kind.value,
        mode=header.mode.value,
        needs=[need.value for need in header.needs],
        exploitation=[form.value for form in header.exploitation],
        child=header.child.value,
        region=header.region,
        language=header.language,
        urgency=header.urgency.value,
        status=standing.status.value,
        status_day=today,
        owner_id=standing.owner,
        lead_id=plan.lead,
        received_day=today,
        movement_day=today,
        due_at=due_at(header.urgency, workplace.now()),
        lookup=reporter.lookup,
        reporter_public_key=reporter.public_key,
        sealed_body=b"",
        submission_key_hash=submission_hash(workplace, submission),
        submission_fingerprint=_fingerprint(workplace, submission),
    )


def _routable_consents(submission: Submission) -> frozenset[str]:
    """Whom the plan may count on: nobody while a coordinator still has to check the consent."""
    consent = submission.consent
    if consent is None or must_be_checked_first(consent.given_by, submission.body.facts.child):
        return frozenset()
    return frozenset(consent.recipients)


def _automatic_recipients(plan: Plan, submission: Submission) -> list[str]:
    """Who gets the referral at once: in the plan and named by the person; the desk offers the rest.

    Nothing is sent that was not shown on the check page, so an anonymous referral goes to the
    intake desk alone. The desk itself reads here and needs no delivery.
    """
    named = _routable_consents(submission)
    return [recipient for recipient in plan.recipients if recipient in named]


def _record_consents(
    store: Store, referral_id: UUID, submission: Submission, today: date
) -> dict[str, UUID]:
    given = submission.consent
    if given is None:
        return {}
    return {
        recipient: store.consents.add(
            referral_id,
            Consent(recipient, given.given_by, given.text_version, given.text_language, today),
        )
        for recipient in dict.fromkeys(given.recipients)
    }


def _seal_for_desk(store: Store, workplace: Workplace, referral_id: UUID, key: ContentKey) -> None:
    desk = store.organisations.active_key(workplace.intake_organisation)
    if desk is None:
        raise DeskNotReady
    store.content_keys.seal_for(
        referral_id,
        desk.organisation_id,
        desk.id,
        key.seal_to(desk.public_key),
        needs_consent=False,
        consent_id=None,
    )


def _offer(
    store: Store,
    referral_id: UUID,
    recipient: str,
    consent_id: UUID | None,
    key: ContentKey,
    today: date,
) -> None:
    needs_consent = store.organisations.needs_consent(recipient)
    if needs_consent is None:
        return
    public_key = store.organisations.active_key(recipient)
    if public_key is not None:
        store.content_keys.seal_for(
            referral_id,
            recipient,
            public_key.id,
            key.seal_to(public_key.public_key),
            needs_consent=needs_consent,
            consent_id=consent_id,
        )
    store.outbox.add(
        DeliveryRow(
            referral_id=referral_id,
            organisation_id=recipient,
            needs_consent=needs_consent,
            consent_id=consent_id,
            idempotency_key=secrets.token_urlsafe(24),
            # Midnight: the outbox must not tell the hour of the visit.
            next_attempt_at=start_of(today),
            created_day=today,
        )
    )
