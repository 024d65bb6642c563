"""The site's door to the bot: shared token, random conversation ids, nobody's words in a log."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from components.conversations import ConversationStore
from components.language_offer import LanguageOffer
from components.quiet_log import OWN_LOGGER, seal_log
from components.readiness import understanding_of
from components.wire import Incoming, Refused, conversation_of, incoming, outgoing

LEAST_TOKEN_CHARACTERS = 16
SWEEP_SECONDS = 60.0
log = logging.getLogger(OWN_LOGGER)

Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class TokenMissing(RuntimeError):
    """BOT_TOKEN is not set, or shorter than 16 characters: anybody on this machine could talk."""


class NotReady(RuntimeError):
    """The model is not loaded, does not understand, or keeps conversations elsewhere."""


class NothingSaid(RuntimeError):
    """The dialogue ended without an answer; the site then shows its own page with 112."""


class SpokenLines(OutputChannel):
    """Collects what the dialogue says, as it says it."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "site"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.lines.append(message["custom"])


class SiteChannel(InputChannel):
    """Three addresses: message, forget, health. A failure is 503 and a kind, never `[]`."""

    def __init__(self, token: str) -> None:
        if len(token) < LEAST_TOKEN_CHARACTERS:
            raise TokenMissing("BOT_TOKEN needs at least 16 characters")
        self._token = token
        self._offer = LanguageOffer()
        self._turns: dict[str, asyncio.Lock] = {}
        self._understanding: str | None = None

    @classmethod
    def name(cls) -> str:
        return "site"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> SiteChannel:
        return cls(os.environ.get("BOT_TOKEN", ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("site_channel", __name__)

        async def message(request: Request) -> HTTPResponse:
            sent = incoming(request.body)
            return response.json(await self._answer(sent, _agent(request), on_new_message))

        async def forget(request: Request) -> HTTPResponse:
            conversation = conversation_of(request.body)
            async with self._turn_of(conversation):
                _store(_agent(request)).forget(conversation)
            return response.empty()

        async def health(request: Request) -> HTTPResponse:
            understanding = await self._ready(_agent(request))
            return response.json({"status": "ready", "understanding": understanding})

        routes.add_route(self._guarded(message), "/message", methods=["POST"])
        routes.add_route(self._guarded(forget), "/forget", methods=["POST"])
        routes.add_route(_answered(health), "/health", methods=["GET"])
        routes.listener("after_server_start")(_sweep_for_ever)
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        expected = f"Bearer {self._token}".encode()

        async def guarded(request: Request) -> HTTPResponse:
            seal_log()
            given = request.headers.get("authorization", "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, expected):
                return response.json({"error": "token"}, status=401)
            return await handler(request)

        guarded.__name__ = handler.__name__
        return _answered(guarded)

    async def _answer(
        self, sent: Incoming, agent: Agent, handle: Callable[[UserMessage], Awaitable[Any]]
    ) -> dict[str, Any]:
        await self._ready(agent)
        spoken = SpokenLines()
        async with self._turn_of(sent.conversation):
            await handle(_user_message(sent, spoken))
        offer = self._offer.other_language(sent.text, sent.language)
        reply = outgoing(spoken.lines, offer)
        if not reply["replies"]:
            raise NothingSaid
        return reply

    def _turn_of(self, conversation: str) -> _Turn:
        return _Turn(self._turns, conversation)

    async def _ready(self, agent: Agent | None) -> str:
        """Checked once, with real messages; a model that fails is asked again, never trusted."""
        if agent is None:
            raise NotReady
        if self._understanding is None:
            _keep_nothing_elsewhere(agent)
            self._understanding = await understanding_of(agent)
        if self._understanding is None:
            raise NotReady
        return self._understanding


class _Turn:
    """One message of a conversation at a time; the lock goes when nobody waits for it."""

    def __init__(self, locks: dict[str, asyncio.Lock], conversation: str) -> None:
        self._locks = locks
        self._conversation = conversation
        self._lock = locks.setdefault(conversation, asyncio.Lock())

    async def __aenter__(self) -> None:
        await self._lock.acquire()

    async def __aexit__(self, *_: object) -> None:
        self._lock.release()
        waiting = getattr(self._lock, "_waiters", None)
        if not waiting and self._locks.get(self._conversation) is self._lock:
            del self._locks[self._conversation]


def _user_message(sent: Incoming, spoken: SpokenLines) -> UserMessage:
    metadata = {"language": sent.language, "topic": sent.topic, "option": sent.option}
    parsed = None
    if not sent.text:
        # A button is no text: it goes around the classifier, and around Rasa's "/intent".
        name = sent.topic or "out_of_scope"
        intent = {"name": name, "confidence": 1.0 if sent.topic else 0.0}
        parsed = {"text": "", "intent": intent, "entities": [], "intent_ranking": []}
    return UserMessage(
        sent.text,
        spoken,
        sender_id=sent.conversation,
        parse_data=parsed,
        input_channel=SiteChannel.name(),
        metadata=metadata,
    )


def _answered(handler: Handler) -> Handler:
    """Every failure becomes a status and a fixed word; the log gets the class of the error."""

    async def answered(request: Request) -> HTTPResponse:
        try:
            return await handler(request)
        except Refused as refusal:
            return response.json({"error": refusal.kind}, status=400)
        except NotReady:
            return response.json({"error": "not_ready"}, status=503)
        except Exception as error:  # whatever it was, its message may hold the visitor's words
            log.error("message failed: %s", type(error).__name__)
            return response.json({"error": "failed"}, status=503)

    answered.__name__ = handler.__name__
    return answered


def _agent(request: Request) -> Agent:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise NotReady
    return agent


def _store(agent: Agent) -> ConversationStore:
    store = agent.tracker_store
    if not isinstance(store, ConversationStore):
        raise NotReady
    return store


def _keep_nothing_elsewhere(agent: Agent) -> None:
    """Takes Rasa's wrapper off: on an error it would keep texts in a second store for ever."""
    inner = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(inner, ConversationStore) or agent.processor is None:
        raise NotReady
    agent.tracker_store = agent.processor.tracker_store = inner


async def _sweep_for_ever(app: Any, _loop: Any) -> None:
    async def sweep() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            agent = getattr(app.ctx, "agent", None)
            if agent is not None and isinstance(agent.tracker_store, ConversationStore):
                agent.tracker_store.drop_expired()

    app.add_task(sweep())
