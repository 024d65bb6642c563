"""The words of the bot, as the editors wrote them in Dutch."""

import re
from pathlib import Path

import pytest
import yaml

from help_site.bot_answers import Answer, BotAnswers, load_bot_answers
from help_site.directory import load_directory

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
LONGEST_SENTENCE = 15
MEAN_SENTENCE = 10
MOST_SENTENCES = 3
MOST_BUTTONS = 4
# These intents answer under the name of the moment instead of their own.
ANSWERED_AS = {
    "greet": "greeting",
    "affirm": "affirm_alone",
    "deny": "deny_alone",
    "stop": "stopped",
}
# A page of the site without Markdown: the place to type a code.
FUNCTION_PAGES = {"my-code"}
PHONE = re.compile(r"(?<![\d-])(?:11[23]|\d{3,4}-[\d ]*\d)(?![\d-])")
LOADED = load_bot_answers(CONTENT)
DIRECTORY = load_directory(CONTENT, require_rechecked=False)
STORED_PHONES = {
    channel.value
    for organisation in DIRECTORY.organisations.values()
    for channel in DIRECTORY.published(organisation)
    if channel.kind == "phone" and organisation.show_to_victims
}


@pytest.fixture(scope="module")
def answers() -> BotAnswers:
    return LOADED


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text.strip()) if sentence]


def bot_domain(file: str, key: str) -> list[str]:
    domain = yaml.safe_load((ROOT / "bot" / "domain" / file).read_text(encoding="utf-8"))
    return [str(name) for name in domain[key]]


def test_every_intent_of_the_bot_has_an_answer(answers: BotAnswers) -> None:
    for intent in bot_domain("domain.yml", "intents"):
        assert ANSWERED_AS.get(intent, intent) in answers.answers


def test_every_answer_that_the_bot_can_name_has_words(answers: BotAnswers) -> None:
    text = (ROOT / "bot" / "domain" / "answers.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\banswer: (\w+)", text))

    assert named
    assert named <= answers.answers.keys()


def test_every_topic_is_an_intent_of_the_bot(answers: BotAnswers) -> None:
    assert answers.topics.keys() <= set(bot_domain("domain.yml", "intents"))


def test_labels_fit_on_a_button_and_differ(answers: BotAnswers) -> None:
    assert all(len(label) <= 30 for label in answers.topics.values())
    assert len(set(answers.topics.values())) == len(answers.topics)


@pytest.mark.parametrize(("name", "answer"), LOADED.answers.items(), ids=LOADED.answers)
class TestEveryAnswer:
    def test_offers_only_buttons_that_have_a_label(self, name: str, answer: Answer) -> None:
        assert set(answer.choices) <= LOADED.topics.keys(), name
        assert len(set(answer.choices)) == len(answer.choices) <= MOST_BUTTONS, name
        assert name not in answer.choices

    def test_leads_to_a_page_that_exists(self, name: str, answer: Answer) -> None:
        if answer.card and answer.card not in FUNCTION_PAGES:
            assert (CONTENT / "pages" / f"{answer.card}.md").is_file(), name

    def test_is_two_or_three_short_sentences(self, name: str, answer: Answer) -> None:
        lengths = [len(sentence.split()) for sentence in sentences(answer.text)]

        assert 2 <= len(lengths) <= MOST_SENTENCES, name
        assert max(lengths) <= LONGEST_SENTENCE, name
        assert sum(lengths) / len(lengths) <= MEAN_SENTENCE, name

    def test_names_only_numbers_that_a_source_confirms(self, name: str, answer: Answer) -> None:
        assert set(PHONE.findall(answer.text)) <= STORED_PHONES, name

    def test_holds_no_other_row_of_digits(self, name: str, answer: Answer) -> None:
        rest = PHONE.sub("", answer.text)

        assert not re.search(r"\d{3}", rest), name

    def test_says_je_and_promises_nothing(self, name: str, answer: Answer) -> None:
        words = answer.text.lower()

        assert not re.search(r"\b(u|uw)\b", words), name
        assert not re.search(r"\b(beloven we|garanderen|je krijgt een plek|gegarandeerd)\b", words)


@pytest.mark.parametrize("name", ["danger_now", "ask_danger", "suicidal"])
def test_words_about_danger_are_a_question_with_a_number(answers: BotAnswers, name: str) -> None:
    text = answers.answers[name].text

    assert sentences(text)[0].endswith("?")
    assert PHONE.search(text)


def test_calling_112_is_the_persons_own_choice(answers: BotAnswers) -> None:
    for name in ("danger_now", "ask_danger"):
        assert "als je wilt" in answers.answers[name].text or (
            "als jij dat wilt" in answers.answers[name].text
        )


def test_whoever_wants_to_die_gets_113(answers: BotAnswers) -> None:
    assert {"113", "0800-0113"} <= set(PHONE.findall(answers.answers["suicidal"].text))


def test_the_greeting_says_what_it_is_and_what_it_keeps(answers: BotAnswers) -> None:
    text = answers.answers["greeting"].text

    assert all(part in text for part in ("computer", "30 minuten", "knop", "geen namen"))


@pytest.mark.parametrize("name", ["danger_now", "residence_permit", "shelter", "police_worry"])
def test_where_the_police_may_come_in_the_page_says_more(answers: BotAnswers, name: str) -> None:
    assert answers.answers[name].card


@pytest.mark.parametrize("name", ["shelter", "residence_permit"])
def test_a_place_or_a_stay_without_papers_names_who_must_be_spoken_to(
    answers: BotAnswers, name: str
) -> None:
    text = answers.answers[name].text

    assert "politie" in text
    assert "Arbeidsinspectie" in text
