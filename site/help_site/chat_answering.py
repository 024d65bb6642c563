"""Answers one message of a visitor: danger first, then the bot, and without the bot the menu."""

from help_site.bot_client import (
    BotClient,
    BotMessage,
    BotReply,
    BotUnavailable,
    MenuBotClient,
    OptionChoice,
    TextMessage,
    TopicChoice,
)
from help_site.chat_turns import (
    Answered,
    Chose,
    Picked,
    Said,
    Turn,
    draft_from_choices,
    turns_of,
)
from help_site.danger import Danger, DangerWords

# The bot's own answers that already ask about the same danger.
_ASKS: dict[Danger, tuple[str, ...]] = {
    "danger": ("ask_danger", "danger_now"),
    "suicidal": ("suicidal",),
}


async def answer(
    bot: BotClient,
    menu: MenuBotClient,
    danger: DangerWords,
    conversation: str,
    language: str,
    message: BotMessage,
    talk: tuple[Turn, ...],
) -> tuple[Turn, ...]:
    """The new turns: the visitor's own, then what is answered; never without an answer."""
    own = visitor_turn(message)
    try:
        reply = await bot.send(conversation, language, message)
        answered = turns_of(reply)
    except BotUnavailable:
        reply = await menu.send(conversation, language, message)
        answered = turns_of(reply) + _saved(message, (*talk, own))
    seen = danger.seen_in(message.text) if isinstance(message, TextMessage) else None
    return (own, *(danger_first(seen, reply, answered) if seen else answered))


def visitor_turn(message: BotMessage) -> Turn:
    """What the visitor did, as it stays visible in the talk."""
    match message:
        case TextMessage(text):
            return Said(text)
        case TopicChoice(intent):
            return Picked(intent)
        case OptionChoice(question, value):
            return Chose(question, value)


def danger_first(seen: Danger, reply: BotReply, answered: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The question about danger before everything else, once."""
    asks = _ASKS[seen]
    first = [t for t in answered if isinstance(t, Answered) and t.answer in asks]
    if not first:
        first = [Answered(asks[0])]
    return (*first, *(turn for turn in answered if turn not in first))


def _saved(message: BotMessage, talk: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Answers given by button are not lost when the bot goes away: they make a draft."""
    if not isinstance(message, OptionChoice) or message.value == "stop":
        return ()
    draft = draft_from_choices(talk)
    return (draft,) if draft else ()
