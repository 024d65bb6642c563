"""The figures say what they claim to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.evaluate import BARS, examples_in, near_copies
from evaluation.measures import Example, Outcome, by_intent, calibration_error, figures
from evaluation.page import page_of


def outcome(
    intent: str, first: str, *answers: str, sure: float = 0.9, listed: bool = False
) -> Outcome:
    example = Example("tekst", intent, frozenset({intent}))
    return Outcome(example, ((first, sure), ("rights", 0.05)), answers, listed)


RIGHT = outcome("shelter", "shelter", "shelter")
WRONG = outcome("shelter", "money_help", "money_help")
ASKED = outcome("shelter", "money_help", "did_you_mean", sure=0.4)
CAUGHT = outcome("danger_now", "shelter", "ask_danger", "shelter")
LISTED = outcome("danger_now", "shelter", "shelter", listed=True)
MISSED = outcome("danger_now", "shelter", "did_you_mean")
NEEDLESS = outcome("shelter", "shelter", "ask_danger", "shelter")
OUTSIDE = outcome("out_of_scope", "out_of_scope", "out_of_scope")
STRAYED = outcome("out_of_scope", "shelter", "shelter")


def test_an_answer_that_was_not_asked_for_counts_and_a_question_does_not() -> None:
    assert figures([RIGHT, WRONG, ASKED, OUTSIDE])["wrong_direct"] == 0.25


def test_danger_counts_when_the_list_or_the_model_sees_it() -> None:
    assert figures([CAUGHT, LISTED, MISSED])["danger_caught"] == pytest.approx(2 / 3)


def test_a_needless_question_is_one_to_somebody_not_in_danger() -> None:
    assert figures([RIGHT, NEEDLESS, CAUGHT])["danger_needless"] == 0.5


def test_out_of_scope_is_kept_when_no_topic_is_answered() -> None:
    assert figures([OUTSIDE, STRAYED])["out_of_scope_kept"] == 0.5


def test_a_set_without_danger_has_no_figure_for_it() -> None:
    assert figures([RIGHT])["danger_caught"] is None


def test_small_talk_under_its_own_answer_is_right() -> None:
    assert not outcome("greet", "greet", "greeting").wrong_direct
    assert not outcome("start_referral", "start_referral", "flow_intro").wrong_direct


def test_somebody_as_sure_as_right_has_no_calibration_error() -> None:
    assert calibration_error([outcome("shelter", "shelter", "shelter", sure=1.0)]) == 0


def test_the_hardest_intent_comes_first_with_what_it_is_taken_for() -> None:
    first = by_intent([RIGHT, WRONG, OUTSIDE])[0]

    assert (first["intent"], first["right"], first["taken_for"]) == ("shelter", 0.5, ["money_help"])


def test_a_copy_of_a_training_example_is_found() -> None:
    sets = {"nl": [Example("Ik zoek een BED!", "shelter", frozenset({"shelter"}))]}

    assert len(near_copies(sets, ["ik zoek een bed", "iets anders", "ik wil weg"])) == 1
    assert near_copies(sets, ["hij heeft mijn paspoort", "mijn paspoort"]) == []


def test_an_intent_with_a_typing_error_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nl.yaml"
    path.write_text("- {text: hoi, intent: greeet}\n", encoding="utf-8")

    with pytest.raises(ValueError, match="greeet"):
        examples_in(path)


def test_the_page_marks_what_is_below_its_bar() -> None:
    found = figures([WRONG, MISSED])
    page = page_of(
        {
            "understanding": "embeddings",
            "thresholds": {"direct": 0.7},
            "languages": {"nl": found},
            "trained": found,
            "untrained": None,
            "bars": BARS,
            "direct_thresholds": [],
            "intents": by_intent([WRONG]),
            "calibration": [],
            "near_copies": [],
        }
    )

    assert "0.0 % (!)" in page
