"""What a visitor may answer, and what is said when something must be mended."""

from urllib.parse import urlencode

import pytest

from help_site.form_lists import create_form_lists
from help_site.forms import (
    NO_EMAIL_ADDRESS,
    NO_PHONE_NUMBER,
    NOT_SAFE,
    TOO_LONG,
    UNREADABLE,
    Answers,
    first_screen_with_problems,
    problems_on,
    read_answers,
)
from help_site.posted_form import parse_posted_form
from help_site.questions import SCREENS, questions_of

LISTS = create_form_lists({"utrecht": "Utrecht", "fryslan": "Friesland"})
REACHABLE = {
    "mode": "consented",
    "contactChannel": "phone",
    "contactValue": "06 12345678",
    "contactSafe": "yes",
    "givenBy": "self",
}


def answered(*pairs: tuple[str, str], **fields: str) -> Answers:
    body = urlencode([*pairs, *fields.items()], errors="surrogatepass").encode()
    return read_answers(parse_posted_form(body), LISTS)


def problems(screen: str, answers: Answers) -> dict[str, str]:
    found = next(s for s in SCREENS["own"] if s.name == screen)
    return {problem.question: problem.message for problem in problems_on(found, answers)}


def test_only_known_questions_and_codes_are_read() -> None:
    answers = answered(
        ("needs", "shelter"), ("needs", "helicopter"), safeNow="perhaps", evil="1", region="utrecht"
    )

    assert answers.given == {"needs": ("shelter",), "region": ("utrecht",)}


def test_unknown_says_nothing_next_to_something_known() -> None:
    both = answered(("exploitation", "unknown"), ("exploitation", "ForcedLabour"))

    assert both.many("exploitation") == ("ForcedLabour",)
    assert answered(exploitation="unknown").many("exploitation") == ("unknown",)


def test_one_need_is_the_only_thing_that_must_be_answered() -> None:
    assert set(problems("safety", answered())) == {"needs"}
    assert first_screen_with_problems(answered(needs="talk")) is None


def test_a_story_of_a_thousand_letters_fits_and_one_more_is_told_kindly() -> None:
    fits, too_long = answered(story="é" * 1000), answered(story="é" * 1001)

    assert problems("place", fits) == {}
    assert problems("place", too_long) == {"story": TOO_LONG}
    assert too_long.one("story") == "é" * 1001


def test_letters_that_were_lost_are_asked_about() -> None:
    assert problems("place", answered(story="caf\ufffd")) == {"story": UNREADABLE}


def test_without_a_name_nothing_about_contact_is_asked() -> None:
    assert problems("contact", answered(contactSafe="no", contactValue="x")) == {}


def test_to_be_reached_four_things_are_needed() -> None:
    missing = problems("contact", answered(mode="consented"))

    assert set(missing) == {"contactChannel", "contactValue", "contactSafe", "givenBy"}
    assert problems("contact", answered(**REACHABLE)) == {}


def test_a_way_that_is_not_safe_is_not_used() -> None:
    assert problems("contact", answered(**{**REACHABLE, "contactSafe": "no"})) == {
        "contactSafe": NOT_SAFE
    }


@pytest.mark.parametrize(
    ("channel", "value", "message"),
    [
        ("phone", "12", NO_PHONE_NUMBER),
        ("whatsapp", "mijn zus", NO_PHONE_NUMBER),
        ("email", "naam.nl", NO_EMAIL_ADDRESS),
    ],
)
def test_a_value_that_cannot_be_used_is_told(channel: str, value: str, message: str) -> None:
    posted = {**REACHABLE, "contactChannel": channel, "contactValue": value}

    assert problems("contact", answered(**posted)) == {"contactValue": message}


def test_a_number_is_kept_as_it_will_be_dialled() -> None:
    assert answered(contactValue="٠٦ ١٢٣٤٥٦٧٨").one("contactValue") == "06 12345678"


def test_hidden_fields_hold_every_answer_of_the_other_screens() -> None:
    answers = answered(("needs", "shelter"), ("needs", "money"), story="a", safeNow="no")

    hidden = list(answers.hidden_besides("place"))

    assert sorted(hidden) == [("needs", "money"), ("needs", "shelter"), ("safeNow", "no")]
    assert ("story", "a") in list(answers.hidden_besides("safety"))


def test_every_question_has_words_and_options_of_its_own_form() -> None:
    for question in questions_of("own"):
        assert question.text
        has_options = bool(LISTS.options_of(question))
        assert has_options == (question.form in ("one", "many", "list")), question.name


def test_names_of_questions_are_unique() -> None:
    names = [question.name for question in questions_of("own")]

    assert len(names) == len(set(names))
