"""Takes a referral back: stops deliveries, tells who has it, destroys the keys."""

import secrets

from referral_api.clock import start_of
from referral_api.domain.lifecycle import Status, move
from referral_api.persistence.referral_repository import Move, standing_of
from referral_api.persistence.tables import DeliveryRow
from referral_api.sealing import ReporterSecrets
from referral_api.services.open_conversation import CodeNotKnown
from referral_api.services.workplace import Store, Workplace


def withdraw_referral(workplace: Workplace, reporter: ReporterSecrets) -> None:
    """Withdraw what belongs to this code; doing it twice is fine. Raises CodeNotKnown."""
    today = workplace.today()
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_by_lookup(reporter.lookup, to_change=True)
        if row is None:
            raise CodeNotKnown
        if row.status == Status.WITHDRAWN.value:
            return
        standing = move(standing_of(row), Status.WITHDRAWN)
        for organisation, needs_consent, consent_id in store.outbox.cancel(row.id):
            store.outbox.add(
                DeliveryRow(
                    referral_id=row.id,
                    organisation_id=organisation,
                    needs_consent=needs_consent,
                    consent_id=consent_id,
                    purpose="withdrawal",
                    idempotency_key=secrets.token_urlsafe(24),
                    next_attempt_at=start_of(today),
                    created_day=today,
                )
            )
        store.content_keys.shred(row.id)
        store.consents.revoke_all(row.id, today)
        store.referrals.change(row, standing, today, due_at=None)
        store.referrals.record(row.id, Move(Status.WITHDRAWN, standing.owner, today))
