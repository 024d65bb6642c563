"""What staff see: a list of headers without decrypting, and one opened referral, on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from referral_api.domain.consent import Consent
from referral_api.domain.lifecycle import Status
from referral_api.domain.referral import Body, StoredReferral
from referral_api.persistence.referral_repository import Move, stored_referral
from referral_api.persistence.tables import ReferralRow
from referral_api.sealed_body import open_body
from referral_api.sealing import ContentKey
from referral_api.services.conversation import Message, open_messages
from referral_api.services.keep_staff_log import record_action
from referral_api.services.manage_keys import Unlocked
from referral_api.services.workplace import Store, Workplace


class ReferralNotVisible(Exception):
    """There is no such referral for this member of staff."""


@dataclass(frozen=True, slots=True)
class OpenedReferral:
    """A referral as staff read it; `body` is None when no key of theirs opens it any more."""

    stored: StoredReferral
    body: Body | None
    messages: tuple[Message, ...]
    consents: tuple[Consent, ...]
    moves: tuple[Move, ...]


def list_referrals(
    workplace: Workplace,
    unlocked: Unlocked,
    *,
    only_open: bool = True,
    statuses: Sequence[Status] = (),
    after: tuple[datetime | None, UUID] | None = None,
) -> list[StoredReferral]:
    """One page of what this member may see, most urgent first; nothing is decrypted.

    `after` is the (due_at, id) of the last line of the page before.
    """
    with workplace.database.reading() as session:
        store = Store(session, workplace.intake_organisation)
        return store.referrals.list_visible(
            unlocked.member, only_open=only_open, statuses=statuses, after=after
        )


def open_referral(workplace: Workplace, unlocked: Unlocked, referral_id: UUID) -> OpenedReferral:
    """Decrypt one referral with the member's unlocked key; the view is logged with it.

    Raises ReferralNotVisible.
    """
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        row = store.referrals.find_visible(unlocked.member, referral_id)
        if row is None:
            raise ReferralNotVisible
        key_ids = list(unlocked.private_keys)
        sealed = store.conversations.for_staff(row.id, key_ids)
        opened = OpenedReferral(
            stored=stored_referral(row),
            body=_open(store, unlocked, row),
            messages=open_messages(sealed, unlocked.private_key_for),
            consents=tuple(store.consents.all_of(row.id)),
            moves=tuple(store.referrals.moves(row.id)),
        )
        if unlocked.member.sees_all:
            store.conversations.mark_seen(row.id)
        record_action(store, workplace, unlocked.member, "opened", row.id)
        return opened


def open_content_key(store: Store, unlocked: Unlocked, row: ReferralRow) -> ContentKey | None:
    """The content key, if one of the member's private keys opens a copy of it."""
    for key_id, sealed in store.content_keys.sealed_keys(unlocked.member, row.id).items():
        private_key = unlocked.private_keys.get(key_id)
        if private_key is not None:
            return ContentKey.open(sealed, private_key)
    return None


def _open(store: Store, unlocked: Unlocked, row: ReferralRow) -> Body | None:
    key = open_content_key(store, unlocked, row)
    return open_body(row.sealed_body, key, row.id) if key else None
