"""From the first page to an answer that is read: the road as a person walks it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from help_site.translating import Catalogue
from tests.e2e.conftest import Stack
from tests.e2e.people import Coordinator, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

OpenPhone = Callable[[bool], BrowserContext]
MESSAGES = {
    "nl": "mijn baas betaalt niet en heeft mijn paspoort",
    "ar": "صاحب العمل ما عم يدفعلي راتبي وأخد جوازي",
}
WANTS_HELP = {
    "nl": "kunnen jullie hulp voor mij regelen",
    "ar": "بدي تساعدوني وتتواصلوا معي",
}
ANSWERS = {
    "nl": "Dank je voor je bericht. Wij zoeken een plek voor je.",
    "ar": "شكرا على رسالتك. نحن نبحث لك عن مكان.",
}


@pytest.mark.parametrize(
    ("language", "javascript", "need", "need_at_the_desk"),
    [
        ("nl", True, "Een veilige plek om te slapen", "Een plek om te slapen"),
        ("nl", False, "Een dokter", "Een dokter"),
        ("ar", True, "Mijn paspoort of papieren terug", "Papieren"),
    ],
    ids=["nl with script", "nl without script", "ar with script"],
)
def test_a_person_reads_talks_asks_and_reads_the_answer_with_the_code(
    stack: Stack,
    phone: OpenPhone,
    catalogues: dict[str, Catalogue],
    language: str,
    javascript: bool,
    need: str,
    need_at_the_desk: str,
) -> None:
    say = catalogues[language].gettext
    visitor = Visitor(phone(javascript).new_page(), stack.site, language, say)

    # Given somebody who read a page and talks to the bot
    visitor.visits_home()
    visitor.opens_the_first_door()
    visitor.reads("forced-work")
    visitor.opens_the_chat()
    visitor.types_in_the_chat(MESSAGES[language])
    visitor.types_in_the_chat(WANTS_HELP[language])

    # When they answer the questions, check everything and send it
    for answer in ("Ja, ik ben nu veilig", need, "Klaar met kiezen", "Sla over", "Sla over"):
        visitor.chooses_in_the_chat(answer)
    visitor.looks_at_the_check_page()
    expect(visitor.page.locator("main")).to_contain_text(say(need))
    code = visitor.sends()
    # And a coordinator opens and answers it at the desk
    coordinator = Coordinator(phone(True).new_page(), stack.desk)
    coordinator.signs_in(stack.login)
    coordinator.opens_the_referral_about(need_at_the_desk)
    coordinator.answers(ANSWERS[language])
    coordinator.signs_out()

    # Then the person reads the answer on another phone, and writes back
    elsewhere = Visitor(phone(javascript).new_page(), stack.site, language, say)
    elsewhere.opens_with_code(code)
    assert elsewhere.reads_answer() == ANSWERS[language]
    elsewhere.writes_back("ok")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_answers_stay_when_the_language_changes_halfway_the_form(
    stack: Stack, phone: OpenPhone, catalogues: dict[str, Catalogue], javascript: bool
) -> None:
    nl, ar = catalogues["nl"].gettext, catalogues["ar"].gettext
    page = phone(javascript).new_page()
    page.goto(f"{stack.site}/nl/ask")
    page.get_by_role("button", name=nl("Begin")).click()
    page.get_by_label(nl("Een veilige plek om te slapen")).check()

    page.locator("header details summary").click()
    page.get_by_role("button", name="العربية").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_label(ar("Een veilige plek om te slapen"))).to_be_checked()


def test_the_phones_own_back_button_keeps_the_answers(
    stack: Stack, phone: OpenPhone, catalogues: dict[str, Catalogue]
) -> None:
    nl = catalogues["nl"].gettext
    page = phone(True).new_page()
    page.goto(f"{stack.site}/nl/ask")
    page.get_by_role("button", name=nl("Begin")).click()
    page.get_by_label(nl("Met iemand praten")).check()
    page.get_by_role("button", name=nl("Verder"), exact=True).last.click()
    expect(page.locator("form#ask")).not_to_contain_text(nl("Met iemand praten"))

    page.go_back()

    expect(page.get_by_label(nl("Met iemand praten"))).to_be_checked()


def test_leaving_shows_the_weather_and_back_shows_nothing_of_us(
    stack: Stack, phone: OpenPhone, catalogues: dict[str, Catalogue]
) -> None:
    page = phone(True).new_page()
    page.context.route(
        re.compile("buienradar"), lambda route: route.fulfill(body="<title>Het weer</title>")
    )
    page.goto("about:blank")
    page.goto(f"{stack.site}/nl/p/shelter")

    page.get_by_role("link", name=catalogues["nl"].gettext("Snel weg van deze site")).last.click()
    page.wait_for_url(re.compile("buienradar"))
    page.go_back()

    assert "/p/shelter" not in page.url
