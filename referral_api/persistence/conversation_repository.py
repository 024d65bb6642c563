"""Every query on the messages between a reporter and the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from referral_api.persistence.tables import MessageKeyRow, MessageRow


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """One message as stored; `sealed_keys` holds only the reader's own, by organisation key.

    The reporter's own key stands under None.
    """

    id: UUID
    sender: str
    day: date
    sealed_text: bytes
    sealed_keys: Mapping[UUID | None, bytes]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to store; `reply_key_hash` makes a resend harmless, None at the desk."""

    id: UUID
    referral_id: UUID
    sender: str
    day: date
    sealed_text: bytes
    sealed_keys: Mapping[UUID | None, bytes]
    reply_key_hash: bytes | None = None
    reply_fingerprint: bytes | None = None


class ConversationRepository:
    """Messages of one referral; the caller has checked who is looking."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: NewMessage) -> None:
        """Store a message after the ones that are there; the referral row is locked by then."""
        self._session.add(
            MessageRow(
                id=message.id,
                referral_id=message.referral_id,
                position=self.count(message.referral_id),
                sender=message.sender,
                day=message.day,
                sealed_text=message.sealed_text,
                reply_key_hash=message.reply_key_hash,
                reply_fingerprint=message.reply_fingerprint,
            )
        )
        self._session.flush()
        for key_id, sealed_key in message.sealed_keys.items():
            self._session.add(
                MessageKeyRow(
                    message_id=message.id,
                    referral_id=message.referral_id,
                    organisation_key_id=key_id,
                    sealed_key=sealed_key,
                )
            )
        self._session.flush()

    def count(self, referral_id: UUID) -> int:
        """How many messages a referral has."""
        return (
            self._session.scalar(select(func.count()).where(MessageRow.referral_id == referral_id))
            or 0
        )

    def find_reply(self, key_hash: bytes) -> tuple[UUID, bytes | None] | None:
        """The referral and fingerprint of a reply that was stored before."""
        found = self._session.execute(
            select(MessageRow.referral_id, MessageRow.reply_fingerprint).where(
                MessageRow.reply_key_hash == key_hash
            )
        ).one_or_none()
        return (found[0], found[1]) if found else None

    def for_reporter(self, referral_id: UUID) -> list[SealedMessage]:
        """All messages, each with the key that the reporter's code opens."""
        return self._messages(referral_id, None)

    def for_staff(self, referral_id: UUID, key_ids: Sequence[UUID]) -> list[SealedMessage]:
        """All messages, each with the keys sealed to these organisation keys."""
        return self._messages(referral_id, key_ids)

    def mark_seen(self, referral_id: UUID) -> None:
        """The desk has read what the reporter wrote."""
        self._session.execute(
            update(MessageRow)
            .where(MessageRow.referral_id == referral_id, MessageRow.sender == "reporter")
            .values(seen_by_desk=True)
        )

    def _messages(self, referral_id: UUID, key_ids: Sequence[UUID] | None) -> list[SealedMessage]:
        whose = (
            MessageKeyRow.organisation_key_id.is_(None)
            if key_ids is None
            else MessageKeyRow.organisation_key_id.in_(key_ids)
        )
        keys: dict[UUID, dict[UUID | None, bytes]] = {}
        for row in self._session.scalars(
            select(MessageKeyRow).where(MessageKeyRow.referral_id == referral_id, whose)
        ):
            keys.setdefault(row.message_id, {})[row.organisation_key_id] = row.sealed_key
        rows = self._session.scalars(
            select(MessageRow)
            .where(MessageRow.referral_id == referral_id)
            .order_by(MessageRow.position)
        )
        return [
            SealedMessage(row.id, row.sender, row.day, row.sealed_text, keys.get(row.id, {}))
            for row in rows
        ]
