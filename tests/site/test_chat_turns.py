"""The turns of a talk travel in the page and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from help_site.bot_client import BotLine, BotQuestion, BotReply
from help_site.chat_turns import (
    MOST_TURNS,
    Answered,
    Asked,
    Chose,
    Drafted,
    OfferedLanguage,
    Picked,
    Said,
    Turn,
    draft_from_choices,
    read_turns,
    since_last_visitor,
    turns_of,
    written,
)
from help_site.chat_words import with_phone_links

TURNS: list[Turn] = [
    Said("a|b\nc"),
    Picked("shelter"),
    Chose("needs", "shelter"),
    Answered("did_you_mean", ("shelter", "rights")),
    Answered("menu"),
    Asked("ageBand", ("0-8", "48+"), False),
    Drafted((("kind", "own"), ("story", "a&b=c"))),
    OfferedLanguage("ar"),
]


@pytest.mark.parametrize("turn", TURNS)
def test_every_turn_comes_back_as_it_was(turn: Turn) -> None:
    assert read_turns([written(turn)]) == (turn,)


@given(st.lists(st.text(), max_size=5))
def test_whatever_is_posted_as_a_turn_is_read_or_left_out(values: list[str]) -> None:
    for turn in read_turns(values):
        assert read_turns([written(turn)]) == (turn,)


def test_a_long_talk_loses_its_oldest_turns() -> None:
    turns = read_turns(written(Said(str(number))) for number in range(MOST_TURNS + 5))

    assert len(turns) == MOST_TURNS
    assert turns[-1] == Said(str(MOST_TURNS + 4))


def test_a_reply_becomes_turns_in_the_order_in_which_it_is_read() -> None:
    reply = BotReply(
        replies=(BotLine(answer="flow_intro"),),
        question=BotQuestion(name="needs", options=("shelter",)),
        draft={"kind": "own", "needs": ["shelter", 3], "interpreter": True, "x": None},
        offer_language="ar",
    )

    assert turns_of(reply) == (
        Answered("flow_intro"),
        Asked("needs", ("shelter",)),
        Drafted((("kind", "own"), ("needs", "shelter"), ("interpreter", "yes"))),
        OfferedLanguage("ar"),
    )


def test_open_buttons_belong_to_what_came_after_the_visitor() -> None:
    talk = (Answered("greeting"), Said("hoi"), Answered("menu"), Answered("shelter"))

    assert since_last_visitor(talk) == talk[2:]
    assert since_last_visitor(talk[:1]) == talk[:1]


def test_answers_by_button_make_a_draft_without_skips() -> None:
    talk = (Chose("safeNow", "skip"), Chose("needs", "shelter"), Chose("needs", "done"))

    assert draft_from_choices(talk) == Drafted((("kind", "own"), ("needs", "shelter")))
    assert draft_from_choices(talk[:1]) is None


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("Bel 112.", ["112"]),
        ("Bel 113 of 0800-0113, dag en nacht.", ["113", "08000113"]),
        ("Bel CoMensha: 033-448 11 86.", ["0334481186"]),
        ("اتصل بالرقم 112 ، إذا", ["112"]),
        ("+31 70 333 44 44", ["+31703334444"]),
        ("na 30 minuten, 16 cijfers, 1122", []),
    ],
)
def test_phone_numbers_in_an_answer_can_be_pressed(text: str, dialled: list[str]) -> None:
    html = str(with_phone_links(text))

    assert [part.split('"')[0] for part in html.split('href="tel:')[1:]] == dialled
    assert html.count('<bdi dir="ltr">') == len(dialled)


def test_everything_else_in_an_answer_stays_text() -> None:
    assert with_phone_links("<b>112</b>").startswith("&lt;b&gt;<a ")
