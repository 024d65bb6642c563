"""Conversations live in memory for thirty minutes and hold no word that was said."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.conversations import LIFETIME_SECONDS, ConversationStore
from components.policy import MEMORY_SLOT
from components.turns import Memory

DOMAIN = Domain.load(str(Path(__file__).resolve().parent.parent / "domain"))
ID = "0123456789abcdef" * 2
MEMORY = Memory(in_flow=True, answers={"safeNow": ["yes"]})


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def store_with(clock: Clock, *conversations: str) -> ConversationStore:
    store = ConversationStore(DOMAIN, clock=clock)
    for conversation in conversations:
        asyncio.run(store.save(said(conversation)))
    return store


def said(conversation: str) -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events(conversation, [], slots=DOMAIN.slots)
    tracker.update(UserUttered("mijn baas heet kanarievogel", {"name": "greet"}), DOMAIN)
    tracker.update(SlotSet(MEMORY_SLOT, MEMORY.plain()), DOMAIN)
    return tracker


def memory_of(store: ConversationStore, conversation: str = ID) -> Memory | None:
    tracker = asyncio.run(store.retrieve(conversation))
    return Memory.read(tracker.get_slot(MEMORY_SLOT)) if tracker else None


def test_what_is_kept_is_the_memory_and_not_the_words() -> None:
    store = store_with(Clock(), ID)

    assert memory_of(store) == MEMORY
    assert "kanarievogel" not in str(vars(store)["_kept"])
    tracker = asyncio.run(store.retrieve(ID))
    assert tracker is not None
    assert not [event for event in tracker.events if isinstance(event, UserUttered)]


@pytest.mark.parametrize(
    ("passed", "lives"), [(LIFETIME_SECONDS - 1, True), (LIFETIME_SECONDS, False)]
)
def test_a_conversation_ends_after_thirty_minutes_of_silence(passed: int, lives: bool) -> None:
    clock = Clock()
    store = store_with(clock, ID)
    clock.now += passed

    assert (memory_of(store) is not None) is lives


def test_every_message_begins_the_thirty_minutes_again() -> None:
    clock = Clock()
    store = store_with(clock, ID)
    clock.now += LIFETIME_SECONDS - 1
    asyncio.run(store.save(said(ID)))
    clock.now += LIFETIME_SECONDS - 1

    assert memory_of(store) == MEMORY


def test_what_has_ended_is_gone_from_memory_without_being_asked_for() -> None:
    clock = Clock()
    store = store_with(clock, "a" * 32, "b" * 32)
    clock.now += LIFETIME_SECONDS

    store.drop_expired()

    assert vars(store)["_kept"] == {}


def test_an_older_one_ends_while_a_younger_one_lives() -> None:
    clock = Clock()
    store = store_with(clock, "a" * 32)
    clock.now += LIFETIME_SECONDS / 2
    asyncio.run(store.save(said("b" * 32)))
    clock.now += LIFETIME_SECONDS / 2

    assert list(asyncio.run(store.keys())) == ["b" * 32]


def test_forgetting_is_at_once() -> None:
    store = store_with(Clock(), ID)

    store.forget(ID)
    store.forget(ID)

    assert memory_of(store) is None


def test_the_rebuilt_conversation_waits_for_a_message() -> None:
    tracker = asyncio.run(store_with(Clock(), ID).retrieve(ID))

    assert tracker is not None
    assert tracker.latest_action_name == "action_listen"
    assert len(tracker.events) < 10
