"""Whatever is said or tapped, in any state and language, there is an answer that the site knows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from components.referral_flow import QUESTIONS
from components.vocabulary import INTENTS, TOPICS
from tests.running_bot import Answered, RunningBot, Talk

PROJECT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("nl", "en", "ar")
CONTENT = yaml.safe_load((PROJECT / "content" / "answers.yaml").read_text(encoding="utf-8"))
HELP = {
    "nl": "kunnen jullie hulp voor mij regelen",
    "en": "can you arrange help for me please",
    "ar": "أريد أن أطلب المساعدة",
}
STATES = (
    "fresh",
    "safeNow",
    "needs",
    "collecting",
    "stillInSituation",
    "ageBand",
    "danger",
    "missed",
)
TURNS = 1500


def talk_in(bot: RunningBot, language: str, state: str) -> Talk:
    talk = bot.talk(language)
    if state == "danger":
        talk.say("hij slaat me nu en de deur is op slot")
    elif state == "missed":
        talk.say("xqzv wrkl pfft")
    elif state != "fresh":
        talk.tap("start_referral")
        steps = {"safeNow": 0, "needs": 1, "collecting": 1, "stillInSituation": 2, "ageBand": 3}
        for question in QUESTIONS[: steps[state]]:
            talk.choose(question.name, "skip")
        if state == "collecting":
            talk.choose("needs", "shelter")
    return talk


def assert_an_answer(answered: Answered) -> None:
    assert answered.status == 200
    assert answered.answers
    assert set(answered.answers) <= set(CONTENT["answers"])
    for line in answered.body["replies"]:
        assert set(line["choices"]) <= set(CONTENT["topics"])
        assert len(line["choices"]) <= 4
    question = answered.body["question"]
    if question:
        assert question["name"] in {each.name for each in QUESTIONS}
        assert question["options"]
        assert question["skippable"] is True
    draft = answered.body["draft"]
    if draft is not None:
        assert set(draft) <= {"kind", *(each.name for each in QUESTIONS)}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_is_answered_in_every_state(
    bot: RunningBot, language: str, state: str
) -> None:
    for intent in sorted(INTENTS):
        assert_an_answer(talk_in(bot, language, state).tap(intent))


@pytest.mark.parametrize("state", STATES)
def test_every_option_is_answered_in_every_state(bot: RunningBot, state: str) -> None:
    for question in QUESTIONS:
        for value in (*question.options, "skip", "stop"):
            assert_an_answer(talk_in(bot, "nl", state).choose(question.name, value))


@pytest.mark.parametrize("intent", sorted(TOPICS - {"start_referral"}))
def test_a_topic_by_button_is_its_answer_with_the_editors_buttons(
    bot: RunningBot, intent: str
) -> None:
    (line,) = bot.talk().tap(intent).body["replies"]

    assert line == {"answer": intent, "choices": CONTENT["answers"][intent]["choices"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_flow_in_words_ends_in_a_draft(bot: RunningBot, language: str) -> None:
    talk = bot.talk(language)
    words = {
        "nl": ("ja", "ik heb een slaapplek nodig", "klaar", "weet ik niet", "ik ben 22"),
        "en": ("yes", "i need a place to sleep", "that's all", "not sure", "i am 22"),
        "ar": ("نعم", "أحتاج إلى مكان آمن للنوم", "هذا كل شيء", "لا أعرف", "عمري ٢٢"),
    }[language]
    begun = talk.say(HELP[language])
    if begun.asks is None:
        begun = talk.tap("start_referral")
    answered = [talk.say(text) for text in words]

    assert begun.asks == "safeNow"
    assert [each.asks for each in answered] == [
        "needs",
        "needs",
        "stillInSituation",
        "ageBand",
        None,
    ]
    assert answered[-1].body["draft"] == {
        "kind": "own",
        "safeNow": "yes",
        "needs": ["shelter"],
        "stillInSituation": "unsure",
        "ageBand": "21-23",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_in_the_middle_of_a_flow_comes_first(bot: RunningBot, language: str) -> None:
    danger = {
        "nl": "hij slaat me nu, help",
        "en": "he is beating me right now",
        "ar": "هو يضربني الآن ساعدوني",
    }[language]
    talk = talk_in(bot, language, "collecting")

    asked = talk.say(danger)
    calm = talk.say({"nl": "nee", "en": "no", "ar": "لا"}[language])

    assert asked.answers[0] == "ask_danger"
    assert asked.asks is None
    assert (calm.answers, calm.asks) == (["flow_interrupted"], "needs")


def test_suggestions_come_with_something_else(bot: RunningBot) -> None:
    talk = bot.talk()
    answered = talk.say("mijn baas betaalt niet")
    if answered.answers == ["did_you_mean"]:
        choices = answered.body["replies"][0]["choices"]
        assert choices[-1] == "out_of_scope"
        assert 2 <= len(choices) <= 4


def test_a_long_random_talk_never_meets_silence(bot: RunningBot) -> None:
    chance = random.Random(20261122)
    texts = ["ja", "nee", "klaar", "stop", "👍", "16", "hulp", "xqzv", "/restart", "لا", "skip"]
    talk = bot.talk("nl")
    for _ in range(TURNS):
        kind = chance.random()
        if kind < 0.3:
            answered = talk.say(chance.choice(texts))
        elif kind < 0.65:
            answered = talk.tap(chance.choice(sorted(INTENTS)))
        else:
            question = chance.choice(QUESTIONS)
            answered = talk.choose(
                question.name, chance.choice((*question.options, "skip", "stop"))
            )
        assert_an_answer(answered)
