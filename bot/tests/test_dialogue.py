"""What the bot decides to say, message by message, without Rasa and without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from components.dialogue import Dialogue
from components.phrases import Phrases
from components.turns import Heard, Memory, Thresholds, Turn
from components.vocabulary import TOPICS

BOT_FOLDER = Path(__file__).resolve().parent.parent
DIALOGUE = Dialogue(
    Thresholds(**yaml.safe_load((BOT_FOLDER / "thresholds.yml").read_text(encoding="utf-8"))),
    Phrases.load(BOT_FOLDER / "phrases"),
    TOPICS,
)
FRESH = Memory()
IN_FLOW = Memory(in_flow=True)
AT_NEEDS = Memory(in_flow=True, answers={"safeNow": ["yes"]})
AT_AGE = Memory(
    in_flow=True, answers={"safeNow": ["yes"], "needs": ["shelter"], "stillInSituation": ["no"]}
)


def say(text: str, memory: Memory = FRESH, *, language: str = "nl", **shares: float) -> Turn:
    ranking = tuple(sorted(shares.items(), key=lambda pair: -pair[1]))
    heard = Heard(text=text, language=language, ranking=ranking or (("out_of_scope", 0.1),))
    return DIALOGUE.turn(heard, memory)


def tap(intent: str, memory: Memory = FRESH) -> Turn:
    return DIALOGUE.turn(Heard(topic=intent), memory)


def choose(question: str, value: str, memory: Memory) -> Turn:
    return DIALOGUE.turn(Heard(option=(question, value)), memory)


# --- topics


def test_a_sure_topic_is_answered() -> None:
    assert say("waar kan ik slapen", shelter=0.9).answers == ("shelter",)


def test_an_unsure_topic_is_asked_with_the_three_likeliest() -> None:
    turn = say("baas", labour_exploitation=0.4, money_help=0.3, greet=0.1, rights=0.05, minor=0.04)

    assert turn.answers == ("did_you_mean",)
    assert turn.memory.offered == ("labour_exploitation", "money_help", "rights")


def test_something_else_is_admitted() -> None:
    assert say("recept voor soep", out_of_scope=0.9).answers == ("out_of_scope",)


def test_a_guess_without_ground_is_the_menu() -> None:
    assert say("xyz abc", shelter=0.1).answers == ("menu",)


def test_not_understood_twice_in_a_row_is_the_menu_with_a_person() -> None:
    first = say("xyz abc", shelter=0.1)
    second = say("xyz abc", first.memory, out_of_scope=0.9)
    third = say("xyz abc", second.memory, shelter=0.1)

    assert second.answers == ("menu_again",)
    assert third.answers == ("menu",)


def test_an_understood_message_starts_the_count_again() -> None:
    first = say("xyz abc", shelter=0.1)
    understood = say("waar slaap ik", first.memory, shelter=0.9)

    assert say("xyz abc", understood.memory, shelter=0.1).answers == ("menu",)


def test_something_else_as_a_button_opens_the_menu() -> None:
    assert tap("out_of_scope").answers == ("menu",)


def test_yes_to_the_only_suggestion_answers_it() -> None:
    asked = say("bed", shelter=0.5)

    assert say("ja", asked.memory, affirm=0.9).answers == ("shelter",)


def test_no_to_the_suggestions_opens_the_menu() -> None:
    asked = say("bed", shelter=0.5)

    assert say("nee", asked.memory, deny=0.9).answers == ("menu",)


@pytest.mark.parametrize("text", ["", "a", "👍", "!?", "😭😭"])
def test_fewer_than_two_letters_are_not_guessed(text: str) -> None:
    assert say(text, shelter=0.99).answers == ("too_short",)


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("greet", "greeting"),
        ("goodbye", "goodbye"),
        ("thanks", "thanks"),
        ("affirm", "affirm_alone"),
        ("deny", "deny_alone"),
        ("stop", "stopped"),
        ("bot_challenge", "bot_challenge"),
        ("insult", "insult"),
        ("change_language", "change_language"),
        ("report_signal", "report_signal"),
    ],
)
def test_small_talk_has_its_own_answers(intent: str, answer: str) -> None:
    assert say("zomaar wat", **{intent: 0.8}).answers == (answer,)


# --- life first


@pytest.mark.parametrize("first", ["shelter", "greet", "out_of_scope", "start_referral"])
def test_danger_is_asked_whatever_came_first(first: str) -> None:
    assert say("hij komt eraan", **{first: 0.7, "danger_now": 0.25}).answers[0] == "ask_danger"


@pytest.mark.parametrize("first", ["shelter", "greet", "out_of_scope", "start_referral"])
def test_wanting_to_die_is_answered_whatever_came_first(first: str) -> None:
    assert say("ik kan niet meer", **{first: 0.7, "suicidal": 0.25}).answers[0] == "suicidal"


def test_both_dangers_are_both_answered() -> None:
    assert say("help", danger_now=0.5, suicidal=0.4).answers == ("ask_danger", "suicidal")


def test_a_sure_topic_is_answered_beside_the_question_about_danger() -> None:
    assert say("slaapplek", shelter=0.75, danger_now=0.22).answers == ("ask_danger", "shelter")


def test_yes_to_danger_shows_what_to_do() -> None:
    asked = say("hij komt", danger_now=0.9)

    assert say("ja", asked.memory, affirm=0.9).answers == ("danger_now",)


def test_no_to_danger_is_believed() -> None:
    asked = say("hij komt", danger_now=0.9)
    turn = say("nee", asked.memory, deny=0.9)

    assert turn.answers == ("deny_alone",)
    assert not turn.memory.danger_asked


def test_danger_named_again_is_not_asked_again() -> None:
    asked = say("hij komt", danger_now=0.9)

    assert say("hij slaat me", asked.memory, danger_now=0.9).answers == ("danger_now",)


def test_danger_in_the_middle_of_the_questions_keeps_the_answers() -> None:
    asked = say("hij staat voor de deur", AT_NEEDS, danger_now=0.9)
    turn = say("nee", asked.memory, deny=0.9)

    assert (asked.answers, asked.question) == (("ask_danger",), False)
    assert (turn.answers, turn.question) == (("flow_interrupted",), True)
    assert turn.memory.answers == AT_NEEDS.answers


def test_yes_to_danger_in_the_questions_is_also_the_answer_to_being_safe() -> None:
    asked = say("hij staat voor de deur", IN_FLOW, danger_now=0.9)
    turn = say("ja", asked.memory, affirm=0.9)

    assert turn.answers == ("danger_now", "flow_interrupted")
    assert turn.memory.answers["safeNow"] == ["no"]


def test_no_to_danger_starts_the_help_that_was_asked_for() -> None:
    asked = say("help mij nu", start_referral=0.75, danger_now=0.22)
    turn = say("nee", asked.memory, deny=0.9)

    assert (turn.answers, turn.question) == (("flow_intro",), True)


# --- the questions of a referral


def test_asking_for_help_begins_with_safety() -> None:
    turn = say("ik wil hulp vragen", start_referral=0.9)

    assert (turn.answers, turn.question) == (("flow_intro",), True)
    assert turn.memory.in_flow


def test_not_safe_shows_112_first_and_goes_on() -> None:
    turn = choose("safeNow", "no", IN_FLOW)

    assert (turn.answers, turn.question) == (("danger_now",), True)


def test_needs_are_collected_until_the_person_is_done() -> None:
    first = choose("needs", "shelter", AT_NEEDS)
    second = say("een dokter", first.memory, medical_help=0.9)
    again = choose("needs", "shelter", second.memory)
    done = say("klaar", again.memory, out_of_scope=0.3)

    assert done.memory.answers["needs"] == ["shelter", "medical"]
    assert not done.memory.collecting


@pytest.mark.parametrize("word", ["sla over", "SKIP", "تخطي", "weet ik niet"])
def test_every_question_can_be_skipped_in_words(word: str) -> None:
    turn = say(word, AT_NEEDS, language="ar")

    assert turn.memory.answers == {"safeNow": ["yes"], "needs": []}


@pytest.mark.parametrize("word", ["stop", "Stoppen!", "cancel", "توقف"])
def test_the_questions_can_be_stopped_in_words(word: str) -> None:
    turn = say(word, AT_NEEDS, language="ar")

    assert (turn.answers, turn.memory) == (("flow_stopped",), Memory())


def test_the_questions_can_be_stopped_by_button() -> None:
    assert choose("needs", "stop", AT_NEEDS).answers == ("flow_stopped",)
    assert tap("stop", AT_NEEDS).answers == ("flow_stopped",)


def test_a_question_of_ones_own_is_answered_and_then_we_go_on() -> None:
    turn = say("wie leest dit", AT_NEEDS, anonymity=0.9)

    assert (turn.answers, turn.question) == (("anonymity", "flow_interrupted"), True)
    assert turn.memory.answers == AT_NEEDS.answers


def test_what_was_not_understood_loses_no_answer() -> None:
    turn = say("xyz abc", AT_NEEDS, shelter=0.1)

    assert (turn.answers, turn.question) == (("menu", "flow_interrupted"), True)
    assert turn.memory.answers == AT_NEEDS.answers


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("16", "9-17"),
        ("ik ben ٢٢ jaar", "21-23"),
        ("i am 18", "18-20"),
        ("48", "48+"),
        ("8", "0-8"),
        ("90", "48+"),
    ],
)
def test_an_age_in_digits_of_any_script_becomes_a_band(text: str, band: str) -> None:
    turn = say(text, AT_AGE)

    assert turn.draft is not None
    assert turn.draft["ageBand"] == band


@pytest.mark.parametrize("text", ["1990", "ik ben 16 of 17", "999999999"])
def test_a_number_that_is_no_age_is_not_taken_for_one(text: str) -> None:
    assert say(text, AT_AGE, out_of_scope=0.9).draft is None


def test_under_18_hears_of_the_doors_for_children() -> None:
    assert choose("ageBand", "9-17", AT_AGE).answers == ("minor", "flow_done")


def test_the_flow_ends_in_a_draft_of_codes_and_forgets_it() -> None:
    turn = choose("ageBand", "skip", AT_AGE)

    assert turn.answers == ("flow_done",)
    assert turn.draft == {
        "kind": "own",
        "safeNow": "yes",
        "needs": ["shelter"],
        "stillInSituation": "no",
    }
    assert turn.memory == Memory()


def test_skipping_everything_gives_an_empty_draft() -> None:
    memory = tap("start_referral").memory
    for name in ("safeNow", "needs", "stillInSituation"):
        memory = choose(name, "skip", memory).memory

    assert choose("ageBand", "skip", memory).draft == {"kind": "own"}


def test_an_old_button_is_no_error() -> None:
    assert choose("ageBand", "18-20", Memory()).question
    assert choose("safeNow", "yes", AT_AGE).question


def test_asking_for_help_twice_does_not_begin_again() -> None:
    turn = tap("start_referral", AT_NEEDS)

    assert turn.answers == ("flow_interrupted",)
    assert turn.memory.answers == AT_NEEDS.answers


def test_the_memory_holds_codes_and_names_only() -> None:
    memory = say("mijn naam is Fatima 0612345678", AT_NEEDS, documents_taken=0.9).memory

    assert "Fatima" not in str(memory.plain())
    assert "0612345678" not in str(memory.plain())
    assert Memory.read(memory.plain()) == memory


def test_a_memory_of_another_make_is_read_as_far_as_it_goes() -> None:
    assert Memory.read({"in_flow": True, "unknown": 1}) == Memory(in_flow=True)
    assert Memory.read(None) == Memory()
