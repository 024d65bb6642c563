"""What the site may send and what it gets back; nothing that is not on this list goes further."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from components.referral_flow import BY_NAME, DONE, SKIP, STOP
from components.vocabulary import INTENTS

MOST_CHARACTERS = 1000
MOST_BYTES = 20_000  # 1,000 characters, escaped, with the rest of the envelope
CONVERSATION = re.compile(r"[0-9a-f]{32}")
LANGUAGE = re.compile(r"[a-z]{2,3}")


class Refused(ValueError):
    """The request is not one of ours; `kind` says why and never repeats what was sent."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Incoming:
    """One message: either text, or a topic, or an option of a question."""

    conversation: str
    language: str
    text: str = field(default="", repr=False)
    topic: str | None = None
    option: tuple[str, str] | None = None


def incoming(body: bytes) -> Incoming:
    """Raises Refused with a fixed word."""
    sent = _object(body)
    conversation = conversation_in(sent)
    language = sent.get("language")
    if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        raise Refused("language")
    if ("text" in sent) == ("choice" in sent):
        raise Refused("text_or_choice")
    if "text" in sent:
        return Incoming(conversation, language, text=_text(sent["text"]))
    topic, option = _choice(sent["choice"])
    return Incoming(conversation, language, topic=topic, option=option)


def conversation_of(body: bytes) -> str:
    """The conversation that a request to forget names. Raises Refused."""
    return conversation_in(_object(body))


def conversation_in(sent: Mapping[str, Any]) -> str:
    """128 random bits in hex, nothing else: an id can be neither guessed nor chosen."""
    conversation = sent.get("conversation")
    if not isinstance(conversation, str) or not CONVERSATION.fullmatch(conversation):
        raise Refused("conversation")
    return conversation


def outgoing(said: Sequence[Mapping[str, Any]], offer: str | None) -> dict[str, Any]:
    """The answer on the wire, from what the dialogue said in order."""
    reply: dict[str, Any] = {
        "replies": [line for line in said if "answer" in line],
        "question": None,
        "draft": None,
        "offerLanguage": offer,
    }
    for line in said:
        for part in ("question", "draft"):
            if part in line:
                reply[part] = line[part]
    return reply


def _object(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise Refused("too_large")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("not_json") from None
    if not isinstance(sent, dict):
        raise Refused("not_json")
    return sent


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise Refused("text")
    if len(text) > MOST_CHARACTERS:
        raise Refused("too_long")
    readable = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    # Rasa obeys "/intent" from anybody, after white space too: no text may begin with it.
    while readable[:1] == "/" or readable[:1].isspace():
        readable = readable[1:]
    return readable.rstrip()


def _choice(choice: object) -> tuple[str | None, tuple[str, str] | None]:
    if not isinstance(choice, dict):
        raise Refused("choice")
    intent = choice.get("intent")
    if set(choice) == {"intent"} and isinstance(intent, str) and intent in INTENTS:
        return intent, None
    if set(choice) != {"question", "value"}:
        raise Refused("choice")
    name, value = choice["question"], choice["value"]
    if not isinstance(name, str) or not isinstance(value, str) or name not in BY_NAME:
        raise Refused("choice")
    question = BY_NAME[name]
    ways = {SKIP, STOP, DONE} if question.many else {SKIP, STOP}
    if value not in ways and value not in question.options:
        raise Refused("choice")
    return None, (name, value)
