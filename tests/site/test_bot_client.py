"""The client of the bot, against a real server here; and the menu for when the bot is down."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr

from help_site import bot_client
from help_site.bot_answers import BotAnswersError, load_bot_answers
from help_site.bot_client import (
    BotLine,
    BotMessage,
    BotQuestion,
    BotReply,
    BotUnavailable,
    HttpBotClient,
    MenuBotClient,
    OptionChoice,
    TextMessage,
    TopicChoice,
)
from tests.site.small_server import Ready, SmallServer, small_server

TALK = "0123456789abcdef" * 2
REPLY: dict[str, object] = {
    "replies": [{"answer": "flow_intro", "choices": []}],
    "question": {"name": "needs", "options": ["shelter"], "skippable": True},
    "draft": None,
    "offerLanguage": "ar",
}


@pytest.fixture
def server() -> Iterator[SmallServer]:
    with small_server() as running:
        yield running


def sending(url: str, message: BotMessage) -> BotReply:
    async def run() -> BotReply:
        client = HttpBotClient(url, SecretStr("a secret token"))
        try:
            return await client.send(TALK, "nl", message)
        finally:
            await client.close()

    return asyncio.run(run())


def forgetting(url: str) -> None:
    async def run() -> None:
        client = HttpBotClient(url, SecretStr("a secret token"))
        try:
            await client.forget(TALK)
        finally:
            await client.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("message", "part"),
    [
        (TextMessage("/restart مرحبا"), {"text": "/restart مرحبا"}),
        (TopicChoice("shelter"), {"choice": {"intent": "shelter"}}),
        (OptionChoice("needs", "skip"), {"choice": {"question": "needs", "value": "skip"}}),
    ],
)
def test_words_and_buttons_travel_in_separate_fields(
    server: SmallServer, message: BotMessage, part: dict[str, object]
) -> None:
    server.ready = Ready(200, REPLY)

    reply = sending(server.url, message)

    assert reply == BotReply(
        replies=(BotLine(answer="flow_intro"),),
        question=BotQuestion(name="needs", options=("shelter",)),
        offer_language="ar",
    )
    (asked,) = server.asked
    assert asked.path == "/webhooks/site/message"
    assert asked.headers["authorization"] == "Bearer a secret token"
    assert asked.body == {"conversation": TALK, "language": "nl", **part}


def test_forgetting_is_one_request(server: SmallServer) -> None:
    server.ready = Ready(204)

    forgetting(server.url)

    assert server.asked[0].path == "/webhooks/site/forget"
    assert server.asked[0].body == {"conversation": TALK}


@pytest.mark.parametrize(
    "ready",
    [
        Ready(503, {"error": "model"}),
        Ready(200, {"replies": []}),
        Ready(200, []),
        Ready(200, raw=b"nonsense"),
        Ready(302, {}, {"location": "http://127.0.0.1:1/"}),
    ],
)
def test_anything_but_an_answer_is_unavailable(server: SmallServer, ready: Ready) -> None:
    server.ready = ready

    with pytest.raises(BotUnavailable):
        sending(server.url, TextMessage("hallo"))


def test_nobody_at_the_other_end_is_unavailable() -> None:
    with pytest.raises(BotUnavailable) as failure:
        sending("http://127.0.0.1:1", TextMessage("hallo"))

    assert failure.value.__suppress_context__


def test_a_slow_bot_is_given_up(server: SmallServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_client, "BOT_TIMEOUT", httpx2.Timeout(0.05))
    server.ready = Ready(200, REPLY, delay=0.3)

    with pytest.raises(BotUnavailable):
        sending(server.url, TextMessage("hallo"))


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (TextMessage("waar kan ik slapen"), "unavailable"),
        (TextMessage("🙂"), "too_short"),
        (TopicChoice("shelter"), "shelter"),
        (OptionChoice("needs", "shelter"), "unavailable"),
    ],
)
def test_the_menu_answers_topics_and_guesses_nothing(message: BotMessage, answer: str) -> None:
    menu = MenuBotClient(load_bot_answers(Path("content")))

    reply = asyncio.run(menu.send(TALK, "nl", message))

    assert [line.answer for line in reply.replies] == [answer]


def test_who_wants_to_ask_for_help_without_the_bot_is_led_to_the_form() -> None:
    menu = MenuBotClient(load_bot_answers(Path("content")))

    reply = asyncio.run(menu.send(TALK, "nl", TopicChoice("start_referral")))

    assert reply.replies[0].answer == "unavailable"
    assert reply.draft == {"kind": "own"}


def test_words_of_a_visitor_are_in_no_representation() -> None:
    assert "geheim" not in repr(TextMessage("geheim"))


def test_answers_that_cannot_be_read_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("topics: {}", encoding="utf-8")

    with pytest.raises(BotAnswersError, match=r"answers\.yaml"):
        load_bot_answers(tmp_path)
