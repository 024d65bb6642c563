"""The forms and the chat in a real browser: Back, a lost connection, focus, another language."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from starlette.types import ASGIApp

from help_site.bot_client import BotLine, BotReply, FakeBotClient, TextMessage
from help_site.referral_client import InMemoryReferralClient

OpenPhone = Callable[[bool], Page]


@pytest.fixture(scope="module")
def address(asking_app: ASGIApp) -> Iterator[str]:
    """The website on a free port of this machine."""
    config = uvicorn.Config(asking_app, port=0, log_level="critical", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def phone(
    browser: Browser, referrals: InMemoryReferralClient, bot: FakeBotClient
) -> Iterator[OpenPhone]:
    """A small phone, with JavaScript or without; a complaint of the browser fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_phone(javascript: bool) -> Page:
        context = browser.new_context(
            viewport={"width": 360, "height": 640},
            is_mobile=True,
            has_touch=True,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield open_phone
    for page in pages:
        assert page.context.cookies() == []
        page.context.close()
    assert complaints == []


def press(page: Page, value: str) -> None:
    page.locator(f"main button[name=go][value='{value}']").click()


def expect_screen(page: Page, name: str) -> None:
    expect(page.locator(f"form[data-steps='{name}']")).to_be_visible()


def go_to_place(page: Page, address: str) -> None:
    page.goto(f"{address}/nl/ask")
    press(page, "begin")
    expect_screen(page, "safety")
    page.check("[name=needs][value=shelter]")
    press(page, "next")
    expect_screen(page, "situation")
    page.check("[name=exploitation][value=Servitude]")
    press(page, "next")
    expect_screen(page, "place")


def test_the_phones_own_back_goes_one_step_back_and_keeps_answers(
    phone: OpenPhone, address: str
) -> None:
    page = phone(True)
    go_to_place(page, address)
    page.fill("[name=story]", "half geschreven")

    page.go_back()
    expect_screen(page, "situation")
    expect(page.locator("[name=exploitation][value=Servitude]")).to_be_checked()
    page.go_back()
    expect_screen(page, "safety")
    expect(page.locator("[name=needs][value=shelter]")).to_be_checked()
    press(page, "next")
    expect_screen(page, "situation")
    press(page, "next")

    expect_screen(page, "place")
    expect(page.locator("[name=story]")).to_have_value("half geschreven")


def test_the_back_button_of_the_form_and_that_of_the_phone_can_be_mixed(
    phone: OpenPhone, address: str
) -> None:
    page = phone(True)
    page.goto(f"{address}/nl/")
    go_to_place(page, address)
    press(page, "back")
    expect_screen(page, "situation")
    page.go_back()
    expect_screen(page, "safety")
    press(page, "back")
    expect_screen(page, "start")

    page.go_back()

    expect(page).to_have_url(f"{address}/nl/")


@pytest.mark.parametrize("javascript", [True, False])
def test_another_language_keeps_what_was_typed(
    phone: OpenPhone, address: str, javascript: bool
) -> None:
    page = phone(javascript)
    go_to_place(page, address)
    page.fill("[name=story]", "half geschreven")

    page.locator(".languages summary").click()
    page.locator(".languages button[lang=ar]").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(f"{address}/ar/ask")
    expect_screen(page, "place")
    expect(page.locator("[name=story]")).to_have_value("half geschreven")
    expect(page.locator("[name=needs]")).to_have_value("shelter")


def test_a_lost_connection_loses_nothing_and_says_so(phone: OpenPhone, address: str) -> None:
    page = phone(True)
    go_to_place(page, address)
    page.fill("[name=story]", "half geschreven")
    page.context.set_offline(True)
    press(page, "next")

    expect(page.locator("[data-no-connection]")).to_be_visible()
    expect(page.locator("[name=story]")).to_have_value("half geschreven")

    page.context.set_offline(False)
    press(page, "next")
    expect_screen(page, "contact")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_mistake_gets_the_focus_and_leads_to_its_field(
    phone: OpenPhone, address: str, javascript: bool
) -> None:
    page = phone(javascript)
    page.goto(f"{address}/nl/ask")
    press(page, "begin")
    press(page, "next")

    expect(page.locator("#problems")).to_be_focused()
    page.locator("#problems a").click()
    if javascript:
        expect(page.locator("#q-needs")).to_be_focused()
    assert page.url.endswith("/nl/ask" if javascript else "/nl/ask#q-needs")


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_goes_on_and_never_changes_the_language(
    phone: OpenPhone, address: str, javascript: bool
) -> None:
    page = phone(javascript)
    go_to_place(page, address)
    press(page, "next")
    page.check("[name=mode][value=consented]")
    page.fill("[name=contactHours]", "na 18.00")
    page.press("[name=contactHours]", "Enter")

    expect(page.locator("#problems")).to_be_visible()
    expect(page).to_have_url(f"{address}/nl/ask")


@pytest.mark.parametrize("javascript", [True, False])
def test_how_to_be_reached_shows_only_when_it_is_chosen(
    phone: OpenPhone, address: str, javascript: bool
) -> None:
    page = phone(javascript)
    go_to_place(page, address)
    press(page, "next")
    expect(page.locator("[name=contactValue]")).to_be_hidden()

    page.check("[name=mode][value=consented]")
    expect(page.locator("[name=contactValue]")).to_be_visible()


def test_back_on_the_page_with_the_code_does_not_lose_it(phone: OpenPhone, address: str) -> None:
    page = phone(True)
    go_to_place(page, address)
    press(page, "next")
    press(page, "next")
    press(page, "send")
    code = page.locator(".code").inner_text()
    page.go_back()
    page.wait_for_timeout(200)

    expect(page.locator(".code")).to_have_text(code)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_chat_answer_is_added_and_the_field_is_empty_and_ready(
    phone: OpenPhone, address: str, bot: FakeBotClient
) -> None:
    bot.replies[TextMessage("waar slaap ik")] = BotReply(replies=(BotLine(answer="shelter"),))
    page = phone(True)
    page.goto(f"{address}/nl/chat")
    page.evaluate("window.stayed = true")
    page.fill("#chat-text", "waar slaap ik")
    page.press("#chat-text", "Enter")

    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.locator("#chat-text")).to_have_value("")
    expect(page.locator("#chat-text")).to_be_focused()
    assert page.evaluate("window.stayed") is True


def test_after_a_button_the_focus_is_at_the_new_buttons(phone: OpenPhone, address: str) -> None:
    page = phone(True)
    page.goto(f"{address}/nl/chat")
    page.fill("#chat-text", "blijft staan")
    page.locator("#controls button").first.click()

    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.locator("#controls")).to_be_focused()
    expect(page.locator("#chat-text")).to_have_value("blijft staan")


def test_a_text_that_is_too_long_stays_in_the_chat_field(phone: OpenPhone, address: str) -> None:
    page = phone(True)
    page.goto(f"{address}/nl/chat")
    page.fill("#chat-text", "x" * 1001)
    press(page, "send")

    expect(page.locator("#text-problem")).to_contain_text("1001")
    expect(page.locator("#chat-text")).to_have_value("x" * 1001)
    expect(page.locator("#log .turn")).to_have_count(1)


def test_a_lost_connection_in_the_chat_loses_nothing(phone: OpenPhone, address: str) -> None:
    page = phone(True)
    page.goto(f"{address}/nl/chat")
    page.fill("#chat-text", "ben ik er nog")
    page.context.set_offline(True)
    press(page, "send")
    expect(page.locator("#no-connection")).to_be_visible()
    expect(page.locator("#chat-text")).to_have_value("ben ik er nog")

    page.context.set_offline(False)
    press(page, "send")

    expect(page.locator("#log .turn")).to_have_count(3)
    expect(page.locator("#no-connection")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_talk_stays_in_another_language_and_goes_when_it_is_deleted(
    phone: OpenPhone, address: str, javascript: bool
) -> None:
    page = phone(javascript)
    page.goto(f"{address}/nl/chat")
    page.fill("#chat-text", "<i>hoi</i> daar")
    press(page, "send")
    expect(page.locator("#log .turn")).to_have_count(3)

    page.locator(".languages summary").click()
    page.locator(".languages button[lang=ar]").click()
    expect(page).to_have_url(f"{address}/ar/chat")
    expect(page.locator("#log .turn-you .own")).to_have_text("<i>hoi</i> daar")
    expect(page.locator("#log .turn")).to_have_count(3)

    press(page, "forget")
    expect(page.locator("#log .turn-you")).to_have_count(0)
