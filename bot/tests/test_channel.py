"""The channel lets in the site and nobody else, and nothing that anybody says gets out."""

from __future__ import annotations

import asyncio
import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from components import wire
from components.channel import SiteChannel, TokenMissing
from tests.running_bot import RunningBot

CANARY = "kanarievogel"
ID = "0123456789abcdef" * 2
LANGUAGES = ("nl", "en", "ar")


def body(**changes: object) -> dict[str, object]:
    return {"conversation": ID, "language": "nl", "text": "hallo", **changes}


@pytest.mark.parametrize("what", ["message", "forget"])
@pytest.mark.parametrize("token", [None, "", "wrong", "a-token-for-tests-onl", "ﷺ"])
def test_without_the_token_nobody_is_answered(
    bot: RunningBot, what: str, token: str | None
) -> None:
    given = token.encode().decode("latin-1") if token else token

    assert bot.post(what, body(), given).status == 401


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (body(conversation="default"), "conversation"),
        (body(conversation=ID.upper()), "conversation"),
        (body(conversation=ID + "0"), "conversation"),
        (body(conversation=ID + "\n"), "conversation"),
        (body(conversation=None), "conversation"),
        ({"language": "nl", "text": "hallo"}, "conversation"),
        (body(language="Nederlands"), "language"),
        (body(language=7), "language"),
        (body(choice={"intent": "shelter"}), "text_or_choice"),
        ({"conversation": ID, "language": "nl"}, "text_or_choice"),
        (body(text="x" * 1001), "too_long"),
        (body(text=["hallo"]), "text"),
        (["hallo"], "not_json"),
        (b"{", "not_json"),
        (b"[" * 10_000, "not_json"),
        (body(text="x" * 100_000), "too_large"),
    ],
)
def test_a_request_that_is_not_ours_is_refused_with_a_word(
    bot: RunningBot, sent: Any, kind: str
) -> None:
    answered = bot.post("message", sent)

    assert (answered.status, answered.body) == (400, {"error": kind})


@pytest.mark.parametrize(
    "choice",
    [
        {"intent": "restart"},
        {"intent": "session_start"},
        {"intent": "/shelter"},
        {"intent": ["shelter"]},
        {"intent": "shelter", "entities": {}},
        {"question": "needs", "value": "castle"},
        {"question": "safeNow", "value": "done"},
        {"question": "story", "value": "skip"},
        {"question": "needs"},
        {"question": ["needs"], "value": "shelter"},
        "shelter",
        {},
    ],
)
def test_only_known_buttons_count(bot: RunningBot, choice: object) -> None:
    answered = bot.post("message", {"conversation": ID, "language": "nl", "choice": choice})

    assert (answered.status, answered.body) == (400, {"error": "choice"})


def test_a_thousand_characters_are_answered(bot: RunningBot) -> None:
    assert bot.talk().say("hulp " * 200).status == 200


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        " \n\t/restart",
        "///restart",
        "/ /restart",
        "\u2003/restart",
        '/deny{"memory": {"in_flow": true}}',
    ],
)
def test_a_leading_slash_is_never_obeyed(bot: RunningBot, text: str) -> None:
    words = text.lstrip("/ \n\t\u2003")

    assert bot.talk().say(text).body == bot.talk().say(words).body
    assert wire.incoming(json.dumps(body(text=text)).encode()).text == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "/",
        "👍",
        "😭😭😭",
        "?",
        "a",
        "\0",
        "\0\0hulp\0",
        "ﷺ" * 1000,
        "\ud800 hulp",
        "\ud800",
        "\u202e\u200f\u2066",
        "ا" * 1000,
        "🏳️‍🌈" * 100,
        "%s%s%n {0} ${x} {{7*7}} <script>",
        "1234567890123456",
    ],
)
def test_strange_texts_get_an_answer(bot: RunningBot, language: str, text: str) -> None:
    answered = bot.talk(language).say(text)

    assert answered.status == 200
    assert answered.answers


@pytest.mark.parametrize("text", ["", "👍", "?!", "a", "/"])
def test_too_little_to_read_is_never_guessed(bot: RunningBot, text: str) -> None:
    assert bot.talk().say(text).answers == ["too_short"]


def test_two_conversations_do_not_know_of_each_other(bot: RunningBot) -> None:
    one, other = bot.talk(), bot.talk()
    one.tap("start_referral")

    assert other.choose("needs", "skip").asks == "safeNow"
    assert one.choose("safeNow", "yes").asks == "needs"


def test_forgetting_really_forgets(bot: RunningBot) -> None:
    talk = bot.talk()
    talk.tap("start_referral")
    talk.choose("safeNow", "yes")
    talk.choose("needs", "shelter")

    assert talk.forget().status == 204
    assert talk.tap("shelter").asks is None
    assert talk.tap("start_referral").asks == "safeNow"


def test_forgetting_what_is_not_there_is_no_error(bot: RunningBot) -> None:
    assert bot.talk().forget().status == 204


def test_only_a_certain_other_language_is_offered(bot: RunningBot) -> None:
    polish = "Szef zabrał mi paszport i nie mogę wyjechać do domu"

    assert bot.talk("nl").say(polish).body["offerLanguage"] == "pl"
    assert bot.talk("pl").say(polish).body["offerLanguage"] is None
    assert bot.talk("nl").say("ok da").body["offerLanguage"] is None
    assert bot.talk("nl").tap("shelter").body["offerLanguage"] is None


def test_the_health_names_how_it_understands(bot: RunningBot) -> None:
    answered = bot.health()

    assert answered.status == 200
    assert answered.body["status"] == "ready"
    assert answered.body["understanding"] in ("embeddings", "ngrams")


def test_nothing_that_was_said_is_in_the_log_at_debug(bot: RunningBot) -> None:
    talk = bot.talk()
    for text in (f"mijn baas heet {CANARY}", f"/{CANARY}", f"{CANARY}{{'a': 1}}", CANARY):
        talk.say(text)
    bot.post("message", body(text=CANARY, choice={}))
    bot.post("message", body(conversation=CANARY))
    bot.post("message", f'{{"text": "{CANARY}'.encode())
    bot.post("message", body(text=CANARY), token=CANARY)

    log = bot.log.read_text(errors="replace")

    assert CANARY not in log
    assert talk.conversation not in log


def test_it_listens_on_this_machine_only(bot: RunningBot) -> None:
    port = int(bot.url.split(":")[2].split("/")[0])
    rows = [line.split() for line in open("/proc/net/tcp")][1:]  # noqa: SIM115
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")]

    assert listening == [f"0100007F:{port:04X}"]


def test_a_short_token_is_refused_at_start() -> None:
    with pytest.raises(TokenMissing):
        SiteChannel("short")


# --- when something breaks inside


def request_with(sent: dict[str, object], agent: object) -> Any:
    return SimpleNamespace(
        body=json.dumps(sent).encode(),
        headers={"authorization": "Bearer " + "t" * 20},
        app=SimpleNamespace(ctx=SimpleNamespace(agent=agent)),
    )


def handled(channel: SiteChannel, agent: object, handle: Any) -> tuple[int, dict[str, str]]:
    routes = channel.blueprint(handle)._future_routes
    message = next(route.handler for route in routes if route.uri == "/message")
    answer = asyncio.run(message(request_with(body(text=CANARY), agent)))
    return answer.status, json.loads(answer.body)


async def ready(_agent: object) -> str:
    return "embeddings"


def test_a_failure_is_503_and_logs_its_kind_only(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = SiteChannel("t" * 20)
    monkeypatch.setattr(channel, "_ready", ready)

    async def fails(message: Any) -> None:
        raise ValueError(f"cannot read {message.text}")

    with caplog.at_level(logging.DEBUG):
        answered = handled(channel, object(), fails)

    assert answered == (503, {"error": "failed"})
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


def test_silence_of_the_dialogue_is_503_and_never_an_empty_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channel = SiteChannel("t" * 20)
    monkeypatch.setattr(channel, "_ready", ready)

    async def says_nothing(_message: Any) -> None:
        return None

    assert handled(channel, object(), says_nothing) == (503, {"error": "failed"})


def test_before_the_model_is_there_the_bot_is_not_ready() -> None:
    async def unused(_message: Any) -> None:
        raise AssertionError

    assert handled(SiteChannel("t" * 20), None, unused) == (503, {"error": "not_ready"})
