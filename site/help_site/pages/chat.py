"""The chat: a page that answers, with and without script. The talk travels in the page itself."""

import re
import secrets
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from help_site.bot_client import (
    BotMessage,
    BotUnavailable,
    OptionChoice,
    TextMessage,
    TopicChoice,
)
from help_site.chat_answering import answer
from help_site.chat_turns import Answered, Turn, read_turns
from help_site.chat_words import ChatWords, is_option, is_topic
from help_site.forms import NOTHING_ARRIVED, TOO_LONG, Problem
from help_site.posted_form import FormTooLarge, PostedForm, read_posted_form
from help_site.rendering import language_of, render
from help_site.translatable import N_
from help_site.visitor_services import services_of
from help_site.website import website_of

router = APIRouter()

MESSAGE_LENGTH = 1000
_CONVERSATION = re.compile(r"[0-9a-f]{32}")
_GREETING: tuple[Turn, ...] = (Answered("greeting"),)
_ENDED: tuple[Turn, ...] = (Answered("ended"),)
_NOTHING_SAID = Problem("text", N_("Schrijf iets, of kies een knop."))
FORGOTTEN_LATER = N_(
    "Het gesprek is weg van deze pagina. De computer vergeet het binnen 30 minuten."
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as it is shown: `text` is what stays in the field, `new` the turns of this answer."""

    conversation: str
    turns: tuple[Turn, ...]
    new: tuple[Turn, ...] = ()
    text: str = ""
    problem: Problem | None = None
    remark: str = ""


@router.get("/chat")
async def begin(request: Request) -> Response:
    """A new talk: a computer says so at once."""
    return _page(request, Talk(_new_conversation(), _GREETING))


@router.post("/chat")
async def go_on(request: Request) -> Response:
    """One message, one button, another language, or the end of the talk."""
    services = services_of(request)
    if not services.trusts(request):
        talk = Talk(_new_conversation(), _GREETING, remark=NOTHING_ARRIVED)
        return _page(request, talk, status=403)
    try:
        posted = await read_posted_form(request)
    except FormTooLarge:
        return render(request, "pages/too_large.html", 413)
    conversation = posted.one("conversation")
    if not _CONVERSATION.fullmatch(conversation):
        conversation = _new_conversation()
    if posted.one("go") == "forget":
        return await _forget(request, conversation)
    turns = read_turns(posted.many("turn")) or _GREETING
    return await _answer(request, Talk(conversation, turns, text=posted.one("text")), posted)


async def _answer(request: Request, talk: Talk, posted: PostedForm) -> Response:
    if posted.one("go") == "stay":
        return _page(request, talk)
    message = _message(request, posted)
    if isinstance(message, Problem):
        return _respond(
            request, Talk(talk.conversation, talk.turns, text=talk.text, problem=message)
        )
    services = services_of(request)
    new = await answer(
        services.bot,
        services.menu,
        services.danger,
        talk.conversation,
        language_of(request).tag,
        message,
        talk.turns,
    )
    kept = "" if isinstance(message, TextMessage) else talk.text
    return _respond(request, Talk(talk.conversation, (*talk.turns, *new), new, kept))


def _message(request: Request, posted: PostedForm) -> BotMessage | Problem:
    kind, _, value = posted.one("choice").partition(":")
    if kind == "topic" and is_topic(value, services_of(request).answers):
        return TopicChoice(value)
    question, _, option = value.partition(":")
    if kind == "answer" and is_option(question, option):
        return OptionChoice(question, option)
    text = posted.one("text")
    if not text:
        return _NOTHING_SAID
    if len(text) > MESSAGE_LENGTH:
        return Problem("text", TOO_LONG, {"count": len(text), "most": MESSAGE_LENGTH})
    return TextMessage(text)


async def _forget(request: Request, conversation: str) -> Response:
    remark = ""
    try:
        await services_of(request).bot.forget(conversation)
    except BotUnavailable:
        remark = FORGOTTEN_LATER
    turns = () if remark else _ENDED
    return _page(request, Talk(_new_conversation(), turns, remark=remark))


def _respond(request: Request, talk: Talk) -> Response:
    """Only what is new when htmx asks, otherwise the whole page."""
    if request.headers.get("hx-request") == "true":
        return render(request, "fragments/chat_reply.html", **_context(request, talk, talk.new))
    return _page(request, talk)


def _page(request: Request, talk: Talk, status: int = 200) -> Response:
    return render(request, "pages/chat.html", status, **_context(request, talk, talk.turns))


def _context(request: Request, talk: Talk, shown: tuple[Turn, ...]) -> dict[str, Any]:
    services, website = services_of(request), website_of(request)
    words = ChatWords(services.answers, services.lists, website, language_of(request))
    return {
        "conversation": talk.conversation,
        "lines": words.lines(shown),
        "open": words.open(talk.turns),
        "text": talk.text,
        "problem": talk.problem,
        "remark": talk.remark,
    }


def _new_conversation() -> str:
    return secrets.token_hex(16)
