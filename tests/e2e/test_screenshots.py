"""The pictures of README, taken from the running product; `make screenshots` keeps them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from help_site.translating import Catalogue
from tests.e2e.conftest import Stack
from tests.e2e.people import Coordinator, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

OpenPhone = Callable[[bool], BrowserContext]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("SCREENSHOTS_DIR", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _takes_picture(page: Page, path: Path) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{path.name} scrolls sideways by {wider} pixels"
    page.screenshot(path=path)


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_home_page_fits_a_small_phone(
    stack: Stack,
    phone: OpenPhone,
    catalogues: dict[str, Catalogue],
    pictures: Path,
    language: str,
) -> None:
    say = catalogues[language].gettext
    visitor = Visitor(phone(True).new_page(), stack.site, language, say)

    visitor.visits_home()

    _takes_picture(visitor.page, pictures / f"home-{language}.png")


def test_the_chat_fits_a_small_phone(
    stack: Stack, phone: OpenPhone, catalogues: dict[str, Catalogue], pictures: Path
) -> None:
    visitor = Visitor(phone(True).new_page(), stack.site, "nl", catalogues["nl"].gettext)
    visitor.visits_home()
    visitor.opens_the_chat()

    visitor.types_in_the_chat("mijn baas betaalt niet en heeft mijn paspoort")

    visitor.page.locator("#log li.turn-you").last.scroll_into_view_if_needed()
    _takes_picture(visitor.page, pictures / "chat-nl.png")


def test_a_referral_at_the_desk_fits_a_screen(
    stack: Stack,
    phone: OpenPhone,
    browser: Browser,
    catalogues: dict[str, Catalogue],
    pictures: Path,
) -> None:
    visitor = Visitor(phone(False).new_page(), stack.site, "nl", catalogues["nl"].gettext)
    visitor.asks_for_help_by_form("Met iemand praten", story="Ik werk elke dag en krijg geen geld.")
    context = browser.new_context(viewport={"width": 1180, "height": 800})
    coordinator = Coordinator(context.new_page(), stack.desk)
    coordinator.signs_in(stack.login)

    coordinator.opens_the_referral_about("Met iemand praten")

    _takes_picture(coordinator.page, pictures / "desk.png")
    context.close()
