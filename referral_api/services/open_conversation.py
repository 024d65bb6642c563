"""Opens the conversation for whoever has the code; no code gives the same work for nothing."""

from uuid import uuid4

from referral_api.domain.lifecycle import Status
from referral_api.persistence.tables import ReferralRow
from referral_api.sealing import ContentKey, ReporterSecrets
from referral_api.services.conversation import Conversation, open_messages
from referral_api.services.workplace import Store, Workplace


class CodeNotKnown(Exception):
    """No referral belongs to this code."""


def open_conversation(workplace: Workplace, reporter: ReporterSecrets) -> Conversation:
    """Status and messages. Raises CodeNotKnown."""
    with workplace.database.reading() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_by_lookup(reporter.lookup)
        if row is None:
            _work_as_if_found(store, reporter)
            raise CodeNotKnown
        return read_conversation(store, row, reporter)


def read_conversation(store: Store, row: ReferralRow, reporter: ReporterSecrets) -> Conversation:
    """The conversation of a referral that was found by its code."""
    messages = store.conversations.for_reporter(row.id)
    return Conversation(
        status=Status.of(row.status),
        status_since=row.status_day,
        language=row.language,
        messages=open_messages(messages, reporter.private_key_for),
    )


def _work_as_if_found(store: Store, reporter: ReporterSecrets) -> None:
    """The queries and the decryption of a short conversation, so that time tells nothing."""
    nowhere = uuid4()
    store.conversations.for_reporter(nowhere)
    key = ContentKey.make()
    sealed_key, sealed = key.seal_to(reporter.public_key), key.encrypt(b"", nowhere)
    ContentKey.open(sealed_key, reporter.private_key).decrypt(sealed, nowhere)
