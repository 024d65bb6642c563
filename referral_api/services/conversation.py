"""The conversation as its two sides see it, and how a message is sealed for both."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from nacl.public import PrivateKey

from referral_api.domain.lifecycle import Status
from referral_api.persistence.conversation_repository import NewMessage, SealedMessage
from referral_api.persistence.tables import ReferralRow
from referral_api.sealing import ContentKey
from referral_api.services.workplace import Store, Workplace

# Enough for months of writing; without an end one code could fill the disk.
MOST_MESSAGES = 500


class ConversationIsFull(Exception):
    """The conversation holds MOST_MESSAGES messages."""


class WithdrawnReferral(Exception):
    """The keys are destroyed; nothing can be read or added."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, readable; `sender` is "reporter" or "desk"."""

    sender: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the holder of a code sees."""

    status: Status
    status_since: date
    language: str
    messages: tuple[Message, ...]

    @property
    def may_withdraw(self) -> bool:
        """Taking back is possible at every moment, once."""
        return self.status is not Status.WITHDRAWN


def seal_message(
    store: Store, workplace: Workplace, row: ReferralRow, sender: str, text: str
) -> NewMessage:
    """A message that the reporter, the intake desk and the owner can read; nobody else.

    Needs public keys only. Raises WithdrawnReferral, ConversationIsFull.
    """
    if row.status == Status.WITHDRAWN.value:
        raise WithdrawnReferral
    if store.conversations.count(row.id) >= MOST_MESSAGES:
        raise ConversationIsFull
    key, message_id = ContentKey.make(), uuid4()
    sealed: dict[UUID | None, bytes] = {None: key.seal_to(row.reporter_public_key)}
    for organisation in {workplace.intake_organisation, row.owner_id}:
        public_key = store.organisations.active_key(organisation)
        if public_key is not None:
            sealed[public_key.id] = key.seal_to(public_key.public_key)
    return NewMessage(
        id=message_id,
        referral_id=row.id,
        sender=sender,
        day=workplace.today(),
        sealed_text=key.encrypt(text.encode(), message_id),
        sealed_keys=sealed,
    )


def open_messages(
    sealed: Iterable[SealedMessage], private_key_for: Callable[[UUID | None], PrivateKey | None]
) -> tuple[Message, ...]:
    """The messages that the reader's private keys open; one sealed before their time is left out.

    `private_key_for` gives the private key for an organisation key, the reporter's for None.
    """
    opened: list[Message] = []
    for message in sealed:
        for key_id, sealed_key in message.sealed_keys.items():
            private_key = private_key_for(key_id)
            if private_key is not None:
                key = ContentKey.open(sealed_key, private_key)
                text = key.decrypt(message.sealed_text, message.id).decode()
                opened.append(Message(message.sender, text, message.day))
                break
    return tuple(opened)
