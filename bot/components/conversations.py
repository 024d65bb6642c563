"""Keeps conversations in memory only, for thirty minutes, and never a word that was said."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from components.policy import MEMORY_SLOT

LIFETIME_SECONDS = 30 * 60


class ConversationStore(TrackerStore):
    """Stores the dialogue's memory (coded values) instead of Rasa's tracker (texts and rankings).

    So no text outlives its own answer, a conversation costs the same at message 5 and 500, and
    nothing remains after thirty minutes of silence. `clock` gives seconds.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._clock = clock
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.drop_expired()
        memory = tracker.get_slot(MEMORY_SLOT)
        if memory:
            self._kept.pop(tracker.sender_id, None)
            self._kept[tracker.sender_id] = (self._clock() + LIFETIME_SECONDS, memory)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        self.drop_expired()
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in (
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            SlotSet(MEMORY_SLOT, kept[1]),
            ActionExecuted(ACTION_LISTEN_NAME),
        ):
            tracker.update(event, self.domain)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        return await self.retrieve(conversation_id)

    async def keys(self) -> Iterable[str]:
        self.drop_expired()
        return list(self._kept)

    def forget(self, sender_id: str) -> None:
        """Deletes one conversation now; one that is not there is forgotten already."""
        self._kept.pop(sender_id, None)

    def drop_expired(self) -> None:
        """The oldest stand first, so this stops at the first that still lives."""
        now = self._clock()
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest][0] > now:
                return
            del self._kept[oldest]
