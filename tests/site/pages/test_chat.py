"""The chat: danger first, never an empty answer, and every word of the visitor stays harmless."""

import pytest

from help_site.bot_client import (
    BotLine,
    BotQuestion,
    BotReply,
    FakeBotClient,
    OptionChoice,
    TextMessage,
    TopicChoice,
)
from help_site.languages import LANGUAGES
from help_site.referral_client import InMemoryReferralClient
from tests.site.conftest import SeenPage, Visitor
from tests.site.page_checks import attributes
from tests.site.pages.form_filling import Walker

TAGS = [language.tag for language in LANGUAGES]
SAFE_NOW = BotQuestion(name="safeNow", options=("yes", "no", "unsure"))


def lines(page: SeenPage) -> list[str]:
    return [turn.to_text() for turn in page.tree.query("li.turn")]


def choices(page: SeenPage) -> list[str]:
    found = page.tree.query("#controls div button[name=choice]")
    return [attributes(button)["value"] for button in found]


def says(walker: Walker, text: str) -> SeenPage:
    walker.fills(text=text)
    return walker.presses("send")


@pytest.mark.parametrize("tag", TAGS)
def test_the_first_thing_said_is_that_it_is_a_computer(walker: Walker, tag: str) -> None:
    page = walker.opens(f"/{tag}/chat")

    assert len(lines(page)) == 1
    assert page.tree.query("[role=log]")
    assert page.tree.query('main a[href="tel:112"]')
    assert choices(page)


def test_a_message_and_its_answer_are_added_to_the_talk(walker: Walker, bot: FakeBotClient) -> None:
    bot.replies[TextMessage("waar slaap ik")] = BotReply(replies=(BotLine(answer="shelter"),))
    walker.opens("/nl/chat")
    page = says(walker, "waar slaap ik")

    assert "waar slaap ik" in lines(page)[1]
    assert page.tree.query('li.turn a[href="/nl/p/shelter"]')
    assert walker.value("text") == ""
    ((conversation, language, _),) = bot.heard
    assert len(conversation) == 32
    assert language == "nl"


def test_the_conversation_stays_the_same_while_one_talks(
    walker: Walker, bot: FakeBotClient
) -> None:
    walker.opens("/nl/chat")
    says(walker, "een")
    says(walker, "twee")

    assert len({conversation for conversation, _, _ in bot.heard}) == 1
    assert len(lines(walker.page)) == 5


def test_html_of_a_visitor_is_shown_and_never_obeyed(walker: Walker) -> None:
    walker.opens("/nl/chat")
    says(walker, "<img src=x onerror=alert(1)>")
    page = says(walker, '"><script>alert(1)</script>')

    assert page.tree.query("img, #log script") == []
    assert "<img src=x onerror=alert(1)>" in page.text
    own = page.tree.query("li.turn-you p")
    assert all(attributes(paragraph)["dir"] == "auto" for paragraph in own)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize(
    ("text", "number"), [("hij slaat me", "112"), ("يضربني", "112"), ("i want to die", "113")]
)
def test_danger_is_asked_about_before_anything_with_and_without_the_bot(
    walker: Walker, bot: FakeBotClient, text: str, number: str, down: bool
) -> None:
    bot.available = not down
    walker.opens("/nl/chat")
    page = says(walker, text)

    first = page.tree.query("li.turn-you ~ li.turn-them")[0]
    assert "turn-danger" in attributes(first)["class"]
    assert page.tree.query(f'#controls a[href="tel:{number}"]')


def test_danger_is_asked_about_once_when_the_bot_asks_too(
    walker: Walker, bot: FakeBotClient
) -> None:
    lines_of_bot = (BotLine(answer="shelter"), BotLine(answer="ask_danger"))
    bot.replies[TextMessage("hij slaat me")] = BotReply(replies=lines_of_bot)
    walker.opens("/nl/chat")
    page = says(walker, "hij slaat me")

    assert len(page.tree.query(".turn-danger")) == 1
    assert "topic:deny" in choices(page)


def test_without_the_bot_there_is_a_menu_that_says_so(walker: Walker, bot: FakeBotClient) -> None:
    bot.available = False
    walker.opens("/nl/chat")
    page = says(walker, "waar kan ik slapen")

    assert page.tree.query("#controls details button[name=choice]")
    page = walker.presses("topic:shelter", name="choice")
    assert page.tree.query('li.turn a[href="/nl/p/shelter"]')


def test_answers_by_button_survive_when_the_bot_goes_away(
    walker: Walker, bot: FakeBotClient
) -> None:
    bot.otherwise = BotReply(replies=(BotLine(answer="flow_intro"),), question=SAFE_NOW)
    walker.opens("/nl/chat")
    says(walker, "help mij")
    bot.available = False
    walker.presses("answer:safeNow:yes", name="choice")

    walker.presses("check")

    assert walker.value("screen") == "safety"
    assert walker.value("safeNow") == "yes"


def test_a_question_shows_its_options_in_the_words_of_the_form(
    walker: Walker, bot: FakeBotClient
) -> None:
    bot.replies[TextMessage("hulp vragen")] = BotReply(
        replies=(BotLine(answer="flow_intro"),), question=SAFE_NOW
    )
    walker.opens("/nl/chat")
    page = says(walker, "hulp vragen")

    assert "Ben je nu veilig?" in lines(page)[-1]
    values = ["yes", "no", "unsure", "skip", "stop"]
    assert choices(page) == [f"answer:safeNow:{value}" for value in values]
    walker.presses("answer:safeNow:skip", name="choice")
    assert bot.heard[-1][2] == OptionChoice("safeNow", "skip")


def test_a_draft_is_looked_at_on_the_check_page_and_sent_from_there(
    walker: Walker, bot: FakeBotClient, referrals: InMemoryReferralClient
) -> None:
    draft = {"kind": "own", "safeNow": "yes", "needs": ["shelter", "money"], "evil": "x"}
    bot.replies[TextMessage("klaar")] = BotReply(
        replies=(BotLine(answer="flow_done"),), draft=draft
    )
    walker.opens("/nl/chat")
    says(walker, "klaar")

    walker.presses("check")
    assert walker.value("screen") == "check"
    walker.presses("send")

    (payload,) = referrals.submitted.values()
    assert payload["needs"] == ["shelter", "money"]
    assert "evil" not in payload


def test_another_language_keeps_the_talk_and_its_buttons(
    walker: Walker, bot: FakeBotClient
) -> None:
    bot.replies[TextMessage("hulp")] = BotReply(
        replies=(BotLine(answer="flow_intro"),), question=SAFE_NOW, offer_language="ar"
    )
    walker.opens("/nl/chat")
    before = says(walker, "hulp")
    assert before.tree.query('#controls button[formaction="/ar/chat"]')
    walker.fills(text="half getypt").switches_to("ar")

    assert len(lines(walker.page)) == len(lines(before))
    assert choices(walker.page) == choices(before)
    assert walker.value("text") == "half getypt"
    assert walker.page.tree.query("#problems") == []
    assert len(bot.heard) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_what_cannot_be_sent_stays_in_the_field(
    walker: Walker, bot: FakeBotClient, text: str
) -> None:
    walker.opens("/nl/chat")
    page = says(walker, text)

    assert page.tree.query("#text-problem")[0].to_text()
    assert walker.value("text") == text.strip()
    assert bot.heard == []


def test_one_letter_or_only_emoji_gets_buttons_and_no_guess(
    walker: Walker, bot: FakeBotClient
) -> None:
    bot.available = False
    walker.opens("/nl/chat")
    page = says(walker, "🙂🙂")

    assert choices(page)
    assert "unavailable" not in walker.values("turn")[-1]


def test_deleting_the_talk_deletes_it_at_the_bot_and_on_the_page(
    walker: Walker, bot: FakeBotClient
) -> None:
    walker.opens("/nl/chat")
    says(walker, "dit moet weg")
    conversation = walker.value("conversation")
    page = walker.presses("forget")

    assert bot.forgotten == [conversation]
    assert "dit moet weg" not in page.response.text
    assert walker.value("conversation") != conversation


def test_deleting_with_the_bot_gone_is_said_honestly(walker: Walker, bot: FakeBotClient) -> None:
    walker.opens("/nl/chat")
    says(walker, "dit moet weg")
    bot.available = False
    page = walker.presses("forget")

    assert "dit moet weg" not in page.response.text
    assert "30" in page.tree.query("main [role=status]")[0].to_text()


def test_htmx_gets_only_what_is_new_and_the_buttons(visitor: Visitor, bot: FakeBotClient) -> None:
    answer = visitor.swaps("/nl/chat", {"conversation": "0" * 32, "text": "hallo"})

    assert len(answer.tree.query("li.turn")) == 2
    assert answer.tree.query("#controls[hx-swap-oob]")
    assert answer.tree.query("html, h1") == []


@pytest.mark.parametrize("conversation", ["", "x", "../../etc", "0" * 31, "0" * 33])
def test_an_odd_conversation_id_is_replaced(
    visitor: Visitor, bot: FakeBotClient, conversation: str
) -> None:
    visitor.sends("/nl/chat", {"conversation": conversation, "text": "hallo", "go": "send"})

    assert bot.heard[0][0] != conversation
    assert len(bot.heard[0][0]) == 32


@pytest.mark.parametrize("choice", ["topic:evil", "answer:needs:evil", "answer::", "x", "topic:"])
def test_a_button_that_does_not_exist_is_not_passed_on(
    visitor: Visitor, bot: FakeBotClient, choice: str
) -> None:
    visitor.sends("/nl/chat", {"choice": choice})

    assert bot.heard == []


def test_a_topic_is_passed_on_as_a_topic(walker: Walker, bot: FakeBotClient) -> None:
    walker.opens("/nl/chat")
    walker.presses("topic:shelter", name="choice")

    assert bot.heard[0][2] == TopicChoice("shelter")
    assert "Een veilige plek" in lines(walker.page)[1]
