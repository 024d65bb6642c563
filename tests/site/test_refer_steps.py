"""Which page comes next, for every button on every page."""

from typing import Any

import pytest

from help_site.forms import Answers
from help_site.refer_steps import CONSENT_MISSING, Pressed, Shown, next_page

ANSWERED = Answers("own", {"needs": ("shelter",)})
IN_DANGER = Answers("own", {"needs": ("shelter",), "safeNow": ("no",)})
REACHABLE = Answers(
    "own",
    {
        "needs": ("talk",),
        "mode": ("consented",),
        "contactChannel": ("phone",),
        "contactValue": ("0612345678",),
        "contactSafe": ("yes",),
        "givenBy": ("self",),
    },
)
EMPTY = Answers("own", {})


def screen_after(answers: Answers, screen: str, go: str, **more: Any) -> str:
    return next_page(answers, Pressed(screen, go, **more)).screen


def test_the_form_goes_forward_through_four_screens_to_the_check_page() -> None:
    seen = ["start"]
    while seen[-1] != "check":
        seen.append(screen_after(ANSWERED, seen[-1], "begin" if len(seen) == 1 else "next"))

    assert seen == ["start", "safety", "situation", "place", "contact", "check"]


def test_and_back_again() -> None:
    seen = ["check"]
    while seen[-1] != "start":
        seen.append(screen_after(ANSWERED, seen[-1], "back"))

    assert seen == ["check", "contact", "place", "situation", "safety", "start"]


def test_who_is_not_safe_sees_112_first_and_then_goes_on() -> None:
    assert screen_after(IN_DANGER, "safety", "next") == "danger"
    assert screen_after(IN_DANGER, "danger", "next") == "situation"
    assert screen_after(IN_DANGER, "danger", "back") == "safety"


def test_a_screen_with_a_problem_stays_and_names_it() -> None:
    shown = next_page(EMPTY, Pressed("safety", "next"))

    assert shown.screen == "safety"
    assert [problem.question for problem in shown.problems] == ["needs"]


def test_going_back_never_asks_for_anything() -> None:
    assert next_page(EMPTY, Pressed("situation", "back")) == Shown("safety")


def test_a_change_leads_to_the_question_and_back_to_the_check_page() -> None:
    changing = next_page(ANSWERED, Pressed("check", "change:place:story"))

    assert changing == Shown("place", focus="story")
    assert screen_after(ANSWERED, "place", "next", checked=True) == "check"


def test_a_change_to_not_safe_still_shows_112_before_the_check_page() -> None:
    assert screen_after(IN_DANGER, "safety", "next", checked=True) == "danger"
    assert screen_after(IN_DANGER, "danger", "next", checked=True) == "check"


def test_a_draft_from_the_chat_goes_straight_to_the_check_page() -> None:
    assert screen_after(ANSWERED, "", "check") == "check"
    assert next_page(EMPTY, Pressed("", "check")) == Shown("safety")


@pytest.mark.parametrize("screen", ["start", "safety", "danger", "place", "contact", "check"])
def test_another_language_stays_on_the_same_page_without_complaints(screen: str) -> None:
    assert next_page(ANSWERED, Pressed(screen, "stay")) == Shown(screen)


def test_sending_needs_every_screen_to_be_right() -> None:
    assert screen_after(ANSWERED, "check", "send") == "send"
    assert screen_after(EMPTY, "check", "send") == "safety"


def test_sending_with_a_name_needs_consent() -> None:
    assert next_page(REACHABLE, Pressed("check", "send")) == Shown("check", (CONSENT_MISSING,))
    assert screen_after(REACHABLE, "check", "send", consent=True) == "send"


@pytest.mark.parametrize("go", ["", "nonsense", "change:nowhere", "change:", "next"])
@pytest.mark.parametrize("screen", ["", "nowhere", "safety", "danger", "check"])
def test_whatever_is_pressed_there_is_a_page(screen: str, go: str) -> None:
    assert screen_after(ANSWERED, screen, go) in ("safety", "danger", "situation", "check")
