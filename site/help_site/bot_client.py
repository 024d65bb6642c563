"""The only door to the bot: a Protocol, the HTTP client, the menu for when it is down, a fake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx2
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.alias_generators import to_camel

from help_site.bot_answers import BotAnswers
from help_site.visitor_text import signs_in

BOT_TIMEOUT = httpx2.Timeout(2.5)
# One letter or only emoji: nobody can tell what it means, so nobody guesses.
FEWEST_SIGNS = 2
_ASKING = "start_referral"


class BotUnavailable(Exception):
    """The bot gave no usable answer in time."""


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Words of the visitor; never in a representation, so never in a log."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A button with a topic."""

    intent: str


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """A button that answers a question; `value` may also be `skip` or `stop`."""

    question: str
    value: str


BotMessage = TextMessage | TopicChoice | OptionChoice


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)


class BotLine(_Wire):
    """One answer by name; the page finds the words."""

    answer: str
    choices: tuple[str, ...] = ()


class BotQuestion(_Wire):
    """A question of the referral, by its name on the wire."""

    name: str
    options: tuple[str, ...] = ()
    skippable: bool = True


class BotReply(_Wire):
    """What the bot says; `draft` holds coded fields, `offer_language` a language tag."""

    replies: tuple[BotLine, ...] = Field(min_length=1)
    question: BotQuestion | None = None
    draft: Mapping[str, object] | None = None
    offer_language: str | None = None


class BotClient(Protocol):
    """Everything the website may ask of the bot. Every method raises BotUnavailable."""

    async def send(self, conversation: str, language: str, message: BotMessage) -> BotReply:
        """Understands a message and answers it; `conversation` is 32 hex digits."""
        ...

    async def forget(self, conversation: str) -> None:
        """Deletes the conversation at once."""
        ...

    async def close(self) -> None:
        """Lets go of what the client holds open."""
        ...


class HttpBotClient:
    """Speaks with the bot's own channel; follows no redirect and uses no proxy."""

    def __init__(
        self, url: str, token: SecretStr, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._http = httpx2.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token.get_secret_value()}"},
            timeout=BOT_TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    async def send(self, conversation: str, language: str, message: BotMessage) -> BotReply:
        """See BotClient."""
        body = {"conversation": conversation, "language": language, **_on_wire(message)}
        answer = await self._post("message", body, 200)
        try:
            return BotReply.model_validate_json(answer)
        except ValidationError:
            raise BotUnavailable from None

    async def forget(self, conversation: str) -> None:
        """See BotClient."""
        await self._post("forget", {"conversation": conversation}, 204)

    async def close(self) -> None:
        """See BotClient."""
        await self._http.aclose()

    async def _post(self, what: str, body: Mapping[str, object], expected: int) -> bytes:
        try:
            answer = await self._http.post(f"/webhooks/site/{what}", json=dict(body))
        except (httpx2.HTTPError, httpx2.InvalidURL):
            # Without the cause: it could carry the visitor's words into a traceback.
            raise BotUnavailable from None
        if answer.status_code != expected:
            raise BotUnavailable
        return answer.content


def _on_wire(message: BotMessage) -> dict[str, object]:
    if isinstance(message, TextMessage):
        return {"text": message.text}
    if isinstance(message, TopicChoice):
        return {"choice": {"intent": message.intent}}
    return {"choice": {"question": message.question, "value": message.value}}


class MenuBotClient:
    """Answers without a bot: the same topics as a menu, honest that nobody understood the words."""

    def __init__(self, answers: BotAnswers) -> None:
        self._answers = answers

    async def send(self, conversation: str, language: str, message: BotMessage) -> BotReply:
        """See BotClient; never fails."""
        if message == TopicChoice(_ASKING):
            # Nobody is there to ask the questions, so the form does it: an empty draft opens it.
            return BotReply(replies=(BotLine(answer="unavailable"),), draft={"kind": "own"})
        if isinstance(message, TopicChoice) and message.intent in self._answers.answers:
            return BotReply(replies=(BotLine(answer=message.intent),))
        if isinstance(message, TextMessage) and signs_in(message.text) < FEWEST_SIGNS:
            return BotReply(replies=(BotLine(answer="too_short"),))
        menu = self._answers.answers.get("menu")
        choices = menu.choices if menu else ()
        return BotReply(replies=(BotLine(answer="unavailable", choices=choices),))

    async def forget(self, conversation: str) -> None:
        """See BotClient; there is nothing to forget."""

    async def close(self) -> None:
        """See BotClient."""


@dataclass(slots=True)
class FakeBotClient:
    """Gives the reply that was put ready for a text, an intent or an option; for tests."""

    replies: dict[BotMessage, BotReply] = field(default_factory=dict[BotMessage, BotReply])
    otherwise: BotReply = BotReply(replies=(BotLine(answer="menu"),))
    available: bool = True
    heard: list[tuple[str, str, BotMessage]] = field(
        default_factory=list[tuple[str, str, BotMessage]]
    )
    forgotten: list[str] = field(default_factory=list[str])

    async def send(self, conversation: str, language: str, message: BotMessage) -> BotReply:
        """See BotClient."""
        self._require_available()
        self.heard.append((conversation, language, message))
        return self.replies.get(message, self.otherwise)

    async def forget(self, conversation: str) -> None:
        """See BotClient."""
        self._require_available()
        self.forgotten.append(conversation)

    async def close(self) -> None:
        """See BotClient."""

    def _require_available(self) -> None:
        if not self.available:
            raise BotUnavailable
