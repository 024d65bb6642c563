"""Writes an answer that the reporter reads with the code."""

from dataclasses import replace
from uuid import UUID

from referral_api.domain.staff import StaffMember
from referral_api.sealing import keyed_hash
from referral_api.services.conversation import seal_message
from referral_api.services.keep_staff_log import record_action
from referral_api.services.read_referrals import ReferralNotVisible
from referral_api.services.workplace import Store, Workplace


def answer_reporter(
    workplace: Workplace,
    member: StaffMember,
    referral_id: UUID,
    text: str,
    form_key: str | None = None,
) -> None:
    """Add an answer of the desk. Needs no private key: it is sealed for reporter and desk.

    `form_key` is random and made with the form: the same form sent twice is one answer.
    Raises ReferralNotVisible, WithdrawnReferral, ConversationIsFull.
    """
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_visible(member, referral_id, to_change=True)
        if row is None:
            raise ReferralNotVisible
        key_hash = _hash(workplace, row.id, form_key)
        if key_hash is not None and store.conversations.find_reply(key_hash) is not None:
            return
        message = seal_message(store, workplace, row, "desk", text)
        store.conversations.add(replace(message, reply_key_hash=key_hash))
        row.movement_day = workplace.today()
        record_action(store, workplace, member, "answered", row.id)


def _hash(workplace: Workplace, referral_id: UUID, form_key: str | None) -> bytes | None:
    if form_key is None:
        return None
    return keyed_hash(workplace.pepper_bytes, "desk answer", referral_id.bytes, form_key)
