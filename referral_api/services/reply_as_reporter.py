"""Adds what a reporter writes; a resend adds nothing and gets the same answer."""

from dataclasses import dataclass, replace
from secrets import compare_digest

from referral_api.persistence.tables import ReferralRow
from referral_api.sealing import ReporterSecrets, keyed_hash
from referral_api.services.conversation import Conversation, seal_message
from referral_api.services.open_conversation import CodeNotKnown, read_conversation
from referral_api.services.submit_referral import DifferentBody
from referral_api.services.workplace import Store, Workplace


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller hands in for the holder of a code."""

    caller: str
    idempotency_key: str
    text: str


def reply_as_reporter(
    workplace: Workplace, reply: Reply, reporter: ReporterSecrets
) -> tuple[Conversation, bool]:
    """The conversation with the reply in it, and whether the reply is new.

    Raises CodeNotKnown, DifferentBody, WithdrawnReferral, ConversationIsFull.
    """
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_by_lookup(reporter.lookup, to_change=True)
        if row is None:
            raise CodeNotKnown
        is_new = _add(workplace, store, row, reply)
        return read_conversation(store, row, reporter), is_new


def _add(workplace: Workplace, store: Store, row: ReferralRow, reply: Reply) -> bool:
    pepper, text = workplace.pepper_bytes, reply.text
    # The referral is part of both: a key that somebody else used tells nothing here.
    key_hash = keyed_hash(pepper, "reply", row.id.bytes, reply.caller, reply.idempotency_key)
    fingerprint = keyed_hash(pepper, "reply text", row.id.bytes, text)
    earlier = store.conversations.find_reply(key_hash)
    if earlier is not None:
        if not compare_digest(earlier[1] or b"", fingerprint):
            raise DifferentBody
        return False
    message = seal_message(store, workplace, row, "reporter", text)
    store.conversations.add(
        replace(message, reply_key_hash=key_hash, reply_fingerprint=fingerprint)
    )
    row.movement_day = workplace.today()
    return True
