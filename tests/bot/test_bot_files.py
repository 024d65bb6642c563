"""The bot's data files fit together: intents, rules, answers, words, languages; no Rasa needed."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from help_site.bot_answers import load_bot_answers
from help_site.languages import LANGUAGES
from help_site.questions import question_named

PROJECT = Path(__file__).parents[2]
BOT = PROJECT / "bot"
MEANINGS = {"yes", "no", "unsure", "skip", "done", "stop"}
LIVE = [language.tag for language in LANGUAGES]
LEAST_EXAMPLES = 15
NOT_WORDS = {"utter_question", "utter_draft"}


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


DOMAIN = loaded(BOT / "domain" / "domain.yml")
ANSWERS = loaded(BOT / "domain" / "answers.yml")["responses"]
RULES = [
    rule
    for path in sorted((BOT / "data" / "rules").glob("*.yml"))
    for rule in loaded(path)["rules"]
]
INTENTS = set(DOMAIN["intents"])
CONTENT = load_bot_answers(PROJECT / "content")
TRAINING = sorted((BOT / "data" / "nlu").rglob("*.yml"))


def examples_in(path: Path) -> dict[str, list[str]]:
    return {
        entry["intent"]: [line.removeprefix("- ") for line in entry["examples"].splitlines()]
        for entry in loaded(path)["nlu"]
    }


def test_every_intent_has_exactly_one_rule_with_one_answer() -> None:
    said = [rule["steps"][0]["intent"] for rule in RULES]

    assert sorted(said) == sorted(INTENTS)
    assert all(len(rule["steps"]) == 2 for rule in RULES)


def test_every_answer_of_a_rule_exists() -> None:
    assert {rule["steps"][1]["action"] for rule in RULES} <= set(ANSWERS)


def test_every_answer_has_words_for_the_site() -> None:
    names = {action.removeprefix("utter_") for action in set(ANSWERS) - NOT_WORDS}

    assert names <= set(CONTENT.answers)


def test_every_button_the_editors_chose_is_an_intent() -> None:
    assert set(CONTENT.topics) <= INTENTS
    for answer in CONTENT.answers.values():
        assert set(answer.choices) <= INTENTS


def test_an_answer_is_a_name_and_never_a_text() -> None:
    for action, variations in ANSWERS.items():
        assert len(variations) == 1
        assert set(variations[0]) == {"custom"}
        if action not in NOT_WORDS:
            assert variations[0]["custom"] == {"answer": action.removeprefix("utter_")}


def test_no_slot_is_filled_from_what_people_say() -> None:
    assert set(DOMAIN["slots"]) == {"memory", "turn"}
    for slot in DOMAIN["slots"].values():
        assert slot["mappings"] == [{"type": "custom"}]
        assert slot["influence_conversation"] is False


def test_conversations_are_stored_by_our_own_store_and_reported_to_nobody() -> None:
    endpoints = loaded(BOT / "endpoints.yml")

    assert set(endpoints) == {"tracker_store", "nlg"}
    assert endpoints["tracker_store"]["type"] == "components.conversations.ConversationStore"


def test_the_only_channel_is_the_sites() -> None:
    assert loaded(BOT / "credentials.yml") == {"components.channel.SiteChannel": {}}


def test_thresholds_are_probabilities_and_in_order() -> None:
    thresholds = loaded(BOT / "thresholds.yml")

    assert all(0 < value < 1 for value in thresholds.values())
    assert thresholds["suggested"] < thresholds["suggest"] < thresholds["direct"]
    assert thresholds["danger"] <= 0.2


@pytest.mark.parametrize("path", TRAINING, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples_belong_to_an_intent_and_are_not_repeated(path: Path) -> None:
    examples = examples_in(path)
    texts = [text for held in examples.values() for text in held]

    assert set(examples) <= INTENTS
    assert len(texts) == len(set(texts))
    assert all(text.strip() for text in texts)
    assert not [text for text in texts if text.startswith("/")]


@pytest.mark.parametrize("tag", LIVE)
def test_a_live_language_has_examples_of_every_intent(tag: str) -> None:
    counts = dict.fromkeys(INTENTS, 0)
    for path in TRAINING:
        if path.stem == tag:
            for intent, texts in examples_in(path).items():
                counts[intent] += len(texts)

    assert {intent for intent, count in counts.items() if count < LEAST_EXAMPLES} == set()


@pytest.mark.parametrize("tag", LIVE)
def test_a_live_language_has_its_short_phrases(tag: str) -> None:
    phrases = loaded(BOT / "phrases" / f"{tag}.yml")

    assert set(phrases) == MEANINGS
    for name, texts in phrases.items():
        assert texts, name
        assert all(isinstance(text, str) for text in texts), name


@pytest.mark.parametrize("tag", LIVE)
def test_no_short_phrase_means_two_things(tag: str) -> None:
    phrases = loaded(BOT / "phrases" / f"{tag}.yml")
    folded = [
        unicodedata.normalize("NFKC", text).casefold() for held in phrases.values() for text in held
    ]

    assert len(folded) == len(set(folded))


def test_the_readiness_messages_are_not_training_examples() -> None:
    checks = loaded(BOT / "readiness.yml")
    known = {text for path in TRAINING for held in examples_in(path).values() for text in held}

    assert set(checks.values()) <= INTENTS
    assert len(checks) >= 12
    assert not set(checks) & known


@pytest.mark.parametrize("name", ["safeNow", "needs", "stillInSituation", "ageBand"])
def test_bot_and_form_ask_the_same_questions_with_the_same_codes(name: str) -> None:
    source = (BOT / "components" / "referral_flow.py").read_text(encoding="utf-8")
    question = question_named(name)

    assert question is not None
    assert f'"{name}"' in source
    for option in question.options:
        assert f'"{option.value}"' in source
