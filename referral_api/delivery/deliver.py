"""Takes one delivery that is due through the police gate, to its receiver, and marks the result."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from referral_api.clock import Clock, start_of
from referral_api.delivery.backoff import wait_before_next
from referral_api.delivery.police_gate import DeliveryRefused, refuse_unless_allowed
from referral_api.delivery.webhook import Answer, NotEver, NotNow, Sent, Transport
from referral_api.domain.directory import Directory
from referral_api.event_log import Event, EventLog
from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import OFFER, ClaimedDelivery, DeliveryRepository
from referral_api.persistence.offer_repository import OfferRepository
from referral_api.receivers import Receivers

# Longer than one try can take (30 s), so that a living worker never loses its claim.
LEASE = timedelta(seconds=60)
ALARM_AFTER = timedelta(hours=1)


@dataclass(slots=True)
class Deliverer:
    """Claims and delivers; holds no private key and never opens what it delivers."""

    database: Database
    directory: Directory
    receivers: Receivers
    transport: Transport
    log: EventLog
    clock: Clock
    # First failure seen by this process; the database keeps no moment so near to a visit.
    _failing_since: dict[UUID, datetime] = field(default_factory=dict[UUID, datetime])

    def claim(self, busy: Collection[str]) -> ClaimedDelivery | None:
        """The next delivery that is due, for an organisation we are not talking to already."""
        now = self.clock()
        with self.database.reading() as session:
            wait = DeliveryRepository(session).seconds_until_next(now)
        if wait is None or wait > 0:
            return None
        with self.database.transaction() as session:
            return DeliveryRepository(session).claim(now, now + LEASE, busy)

    async def deliver(self, delivery: ClaimedDelivery) -> None:
        """Try once and mark what came of it."""
        try:
            await asyncio.to_thread(self._check, delivery)
        except DeliveryRefused as refusal:
            await asyncio.to_thread(self._cancel, delivery, refusal.kind)
            return
        answer = await self._send(delivery)
        await asyncio.to_thread(self._mark, delivery, answer)

    def _check(self, delivery: ClaimedDelivery) -> None:
        with self.database.reading() as session:
            repository = DeliveryRepository(session)
            refuse_unless_allowed(
                delivery,
                self.directory,
                repository.consent_state(delivery),
                withdrawn=repository.is_withdrawn(delivery.referral_id),
            )

    async def _send(self, delivery: ClaimedDelivery) -> Answer:
        receiver = self.receivers.find(delivery.organisation_id)
        if receiver is not None:
            if not await asyncio.to_thread(self._can_open, delivery):
                return NotEver("no_key")
            return await self.transport.send(delivery, receiver)
        # An organisation without a system of its own reads at the desk: it has it already.
        if await asyncio.to_thread(self._reads_at_desk, delivery.organisation_id):
            return Sent()
        return NotEver("not_connected")

    def _reads_at_desk(self, organisation: str) -> bool:
        with self.database.reading() as session:
            return DeliveryRepository(session).reads_at_desk(organisation)

    def _can_open(self, delivery: ClaimedDelivery) -> bool:
        """Knocking for a referral that the receiver has no key to would only confuse it."""
        if delivery.purpose != OFFER:
            return True
        with self.database.reading() as session:
            offers = OfferRepository(session)
            return offers.has_key(delivery.organisation_id, delivery.referral_id)

    def _mark(self, delivery: ClaimedDelivery, answer: Answer) -> None:
        now = self.clock()
        midnight = start_of(now.date())
        with self.database.transaction() as session:
            repository = DeliveryRepository(session)
            if isinstance(answer, Sent):
                repository.mark_delivered(delivery, midnight)
            elif isinstance(answer, NotEver):
                repository.mark_parked(delivery, midnight, answer.kind)
            else:
                again_at = now + wait_before_next(delivery.attempts)
                repository.mark_waiting(delivery, again_at, answer.kind)
        self._tell(delivery, answer, now)

    def _cancel(self, delivery: ClaimedDelivery, kind: str) -> None:
        with self.database.transaction() as session:
            midnight = start_of(self.clock().date())
            DeliveryRepository(session).mark_cancelled(delivery, midnight, kind)
        self._failing_since.pop(delivery.id, None)
        self.log.write(Event.DELIVERY_REFUSED, organisation=delivery.organisation_id, kind=kind)

    def _tell(self, delivery: ClaimedDelivery, answer: Answer, now: datetime) -> None:
        name = delivery.organisation_id
        if not isinstance(answer, NotNow):
            self._failing_since.pop(delivery.id, None)
            if isinstance(answer, Sent):
                self.log.write(Event.DELIVERY_SENT, organisation=name, attempts=delivery.attempts)
            else:
                self.log.write(Event.DELIVERY_PARKED, organisation=name, kind=answer.kind)
            return
        since = self._failing_since.setdefault(delivery.id, now)
        late = now - since >= ALARM_AFTER
        self.log.write(
            Event.DELIVERY_LATE if late else Event.DELIVERY_FAILED,
            organisation=name,
            attempts=delivery.attempts,
            kind=answer.kind,
        )
