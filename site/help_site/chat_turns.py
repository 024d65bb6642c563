"""The turns of a talk as the page carries them: no session, and shown in any language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl, urlencode

from help_site.bot_client import BotReply

# Older turns fall off, so that a long talk never becomes a page too large to send.
MOST_TURNS = 120
_NAME = re.compile(r"[A-Za-z0-9_+-]{1,60}")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the visitor."""

    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """The visitor pressed a topic."""

    intent: str


@dataclass(frozen=True, slots=True)
class Chose:
    """The visitor pressed an answer to a question."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of the bot, by its name, and the topics offered with it."""

    answer: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the bot, with the answers that are offered as buttons."""

    question: str
    options: tuple[str, ...] = ()
    skippable: bool = True


@dataclass(frozen=True, slots=True)
class Drafted:
    """Coded answers, ready to be looked at and sent on the check page."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OfferedLanguage:
    """The bot thinks that the visitor writes another language of ours."""

    tag: str


Turn = Said | Picked | Chose | Answered | Asked | Drafted | OfferedLanguage


def written(turn: Turn) -> str:
    """A turn as the value of a hidden field."""
    match turn:
        case Said(text):
            return f"said|{text}"
        case Picked(intent):
            return f"picked|{intent}"
        case Chose(question, value):
            return f"chose|{question}|{value}"
        case Answered(answer, choices):
            return f"answered|{answer}|{','.join(choices)}"
        case Asked(question, options, skippable):
            return f"asked|{question}|{','.join(options)}|{'skip' if skippable else ''}"
        case Drafted(fields):
            return f"drafted|{urlencode(fields)}"
        case OfferedLanguage(tag):
            return f"offered|{tag}"


def read_turns(values: Iterable[str]) -> tuple[Turn, ...]:
    """The turns in posted hidden fields; what is no turn is left out."""
    turns = (_read(value) for value in values)
    return tuple(turn for turn in turns if turn is not None)[-MOST_TURNS:]


def _read(value: str) -> Turn | None:
    kind, _, rest = value.partition("|")
    if kind == "said":
        return Said(rest)
    if kind == "drafted":
        return Drafted(tuple(parse_qsl(rest)))
    parts = rest.split("|")
    if not _NAME.fullmatch(parts[0]):
        return None
    match kind, parts:
        case "picked", [intent]:
            return Picked(intent)
        case "chose", [question, option]:
            return Chose(question, option)
        case "answered", [answer, choices]:
            return Answered(answer, _names(choices))
        case "asked", [question, options, skip]:
            return Asked(question, _names(options), skip == "skip")
        case "offered", [tag]:
            return OfferedLanguage(tag)
        case _:
            return None


def _names(joined: str) -> tuple[str, ...]:
    return tuple(name for name in joined.split(",") if _NAME.fullmatch(name))


def turns_of(reply: BotReply) -> tuple[Turn, ...]:
    """A reply of the bot as turns."""
    turns: list[Turn] = [Answered(line.answer, line.choices) for line in reply.replies]
    if reply.question is not None:
        asked = reply.question
        turns.append(Asked(asked.name, asked.options, asked.skippable))
    if reply.draft is not None:
        turns.append(Drafted(_fields(reply.draft.items())))
    if reply.offer_language is not None:
        turns.append(OfferedLanguage(reply.offer_language))
    return tuple(turns)


def _fields(draft: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    for name, value in draft:
        if isinstance(value, bool):
            fields.append((name, "yes" if value else "no"))
        elif isinstance(value, str):
            fields.append((name, value))
        elif isinstance(value, list):
            several = cast("list[object]", value)
            fields += [(name, one) for one in several if isinstance(one, str)]
    return tuple(fields)


def draft_from_choices(talk: Iterable[Turn]) -> Drafted | None:
    """The answers given by button so far, when the bot is gone in the middle of its questions."""
    chosen = tuple(
        (turn.question, turn.value)
        for turn in talk
        if isinstance(turn, Chose) and turn.value not in ("skip", "stop", "done")
    )
    return Drafted((("kind", "own"), *chosen)) if chosen else None


def since_last_visitor(talk: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """What the bot said last: from these turns come the buttons that are open now."""
    for place in range(len(talk) - 1, -1, -1):
        if isinstance(talk[place], Said | Picked | Chose):
            return talk[place + 1 :]
    return talk
