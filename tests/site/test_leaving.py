"""Leaving in a real browser: at once, with or without script, and Back shows nothing of us."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from help_site.main import create_app
from help_site.settings import Settings

OpenPhone = Callable[[bool], Page]


def serve(app: ASGIApp) -> tuple[uvicorn.Server, int]:
    """The app on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False))
    threading.Thread(target=server.run, daemon=True).start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    return server, server.servers[0].sockets[0].getsockname()[1]


async def sunshine(_: object) -> HTMLResponse:
    return HTMLResponse("<title>Weer</title><h1>Zon</h1>")


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    """Another website; `localhost` is another site than 127.0.0.1 for a browser."""
    server, port = serve(Starlette(routes=[Route("/", sunshine)]))
    yield f"http://localhost:{port}/"
    server.should_exit = True


@pytest.fixture(scope="module")
def site(settings: Settings, weather: str) -> Iterator[str]:
    server, port = serve(create_app(settings.model_copy(update={"leave_url": weather})))
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True


@pytest.fixture
def phone(browser: Browser) -> Iterator[OpenPhone]:
    """A small phone that was on another website before, with JavaScript or without."""
    pages: list[Page] = []

    def open_phone(javascript: bool) -> Page:
        context = browser.new_context(
            viewport={"width": 360, "height": 640}, java_script_enabled=javascript
        )
        pages.append(context.new_page())
        return pages[-1]

    yield open_phone
    for page in pages:
        page.context.close()


def read_three_pages(page: Page, site: str, weather: str) -> None:
    page.goto(weather)
    page.goto(f"{site}/nl/")
    page.click(".doors a")
    page.wait_for_url("**/victim")
    page.click("main .cards li:nth-child(3) a")
    page.wait_for_url("**/p/**")


def goes_back(page: Page, weather: str) -> str:
    """Presses Back, and says where the phone ends up and what its tab shows."""
    page.go_back(wait_until="commit")
    page.wait_for_url(weather)
    return page.title()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_press_leaves(phone: OpenPhone, site: str, weather: str, javascript: bool) -> None:
    page = phone(javascript)
    page.goto(f"{site}/nl/p/talk")

    page.click(".leave a")
    page.wait_for_url(weather)

    assert page.title() == "Weer"


def test_back_after_leaving_shows_none_of_the_pages_that_were_read(
    phone: OpenPhone, site: str, weather: str
) -> None:
    page = phone(True)
    read_three_pages(page, site, weather)

    page.click(".leave a")
    page.wait_for_url(weather)

    assert [goes_back(page, weather) for _ in range(3)] == ["Weer"] * 3


def test_forward_after_leaving_shows_nothing_either(
    phone: OpenPhone, site: str, weather: str
) -> None:
    page = phone(True)
    read_three_pages(page, site, weather)
    page.go_back()

    page.click(".leave a")
    page.wait_for_url(weather)
    page.go_forward()

    assert page.url == weather


def test_back_inside_the_site_still_works(phone: OpenPhone, site: str, weather: str) -> None:
    page = phone(True)
    read_three_pages(page, site, weather)

    page.go_back()

    assert page.url == f"{site}/nl/victim"
    assert page.is_visible("h1")


def test_back_from_an_organisations_website_returns_to_the_page(
    phone: OpenPhone, site: str, weather: str
) -> None:
    page = phone(True)
    page.goto(f"{site}/nl/p/talk")
    page.evaluate(f"document.querySelector('a[rel~=external]').href = '{weather}'")

    page.click("a[rel~=external]")
    page.wait_for_url(weather)
    page.go_back()

    assert page.url == f"{site}/nl/p/talk"
    assert page.is_visible("h1")


def test_shift_three_times_leaves_and_capital_letters_do_not(
    phone: OpenPhone, site: str, weather: str
) -> None:
    page = phone(True)
    page.goto(f"{site}/nl/p/talk")

    for keys in ("Shift+A", "Shift+B", "Shift+C", "Shift", "Shift+D", "Shift", "Shift"):
        page.keyboard.press(keys)
    assert page.url == f"{site}/nl/p/talk"
    page.keyboard.press("Shift")

    page.wait_for_url(weather)


def test_nothing_is_left_in_the_browser(phone: OpenPhone, site: str, weather: str) -> None:
    page = phone(True)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(f"{site}/nl/find")
    page.select_option("#need", "shelter")
    page.click("main button")
    page.wait_for_selector("#results h2")

    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    assert page.context.cookies() == []
    assert page.url == f"{site}/nl/find"
    assert hosts == {site.split("/")[2]}


@pytest.mark.parametrize("tag", ["nl", "ar"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out_of_the_screen(
    phone: OpenPhone, site: str, tag: str, width: int
) -> None:
    page = phone(True)
    page.set_viewport_size({"width": width, "height": 640})

    for path in ("/", "/victim", "/p/talk", "/find", "/safety"):
        page.goto(f"{site}/{tag}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_has_focus_is_never_under_the_leave_button(phone: OpenPhone, site: str) -> None:
    page = phone(True)
    page.goto(f"{site}/nl/p/talk")

    for _ in range(30):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            """() => {
                const seen = document.activeElement.getBoundingClientRect();
                const bar = document.querySelector('.leave').getBoundingClientRect();
                const inside = document.activeElement.closest('.leave');
                return !inside && seen.bottom > bar.top && seen.top < bar.bottom;
            }"""
        )
        assert not covered
