"""Writes an answer that the reporter reads with the code."""

from uuid import UUID

from referral_api.domain.staff import StaffMember
from referral_api.services.conversation import seal_message
from referral_api.services.keep_staff_log import record_action
from referral_api.services.read_referrals import ReferralNotVisible
from referral_api.services.workplace import Store, Workplace


def answer_reporter(
    workplace: Workplace, member: StaffMember, referral_id: UUID, text: str
) -> None:
    """Add an answer of the desk. Needs no private key: it is sealed for reporter and desk.

    Raises ReferralNotVisible, WithdrawnReferral, ConversationIsFull.
    """
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_visible(member, referral_id, to_change=True)
        if row is None:
            raise ReferralNotVisible
        store.conversations.add(seal_message(store, workplace, row, "desk", text))
        row.movement_day = workplace.today()
        record_action(store, workplace, member, "answered", row.id)
