"""When something goes wrong: a kind page, the same protection, and no visitor in a log."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from help_site.error_pages import ErrorBoundary, add_error_pages
from help_site.rendering import create_renderer
from help_site.security_headers import SecurityHeaders
from help_site.settings import Settings
from help_site.static_files import load_static_files
from help_site.translating import load_catalogues
from tests.site.conftest import Visitor

SECRET = "my telephone is 0612345678"


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("/nl/nowhere", "nl"),
        ("/ar/p/nowhere", "ar"),
        ("/xx/", "nl"),
        ("/nl/p/../../etc/passwd", "nl"),
        ('/en/"><script>alert(1)</script>', "en"),
        ("/static/nothing.css", "nl"),
    ],
)
def test_a_page_that_is_not_there_offers_a_way_on(visitor: Visitor, path: str, tag: str) -> None:
    page = visitor.opens(path, status=404, tag=tag)

    assert f"/{tag}/" in page.links()
    assert "tel:112" in page.links()


def test_an_unknown_language_is_answered_in_the_browsers_own(visitor: Visitor) -> None:
    visitor.client.headers["Accept-Language"] = "ar"

    visitor.opens("/xx/p/shelter", status=404, tag="ar")


def test_a_method_that_does_not_exist_is_answered_kindly(visitor: Visitor) -> None:
    answer = visitor.client.delete("/nl/find")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"] or "POST" in answer.headers["allow"]


def test_no_description_of_the_site_for_machines_is_served(visitor: Visitor) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert visitor.client.get(path).status_code == 404


@pytest.fixture
def broken_site(settings: Settings) -> Iterator[Visitor]:
    """A site whose only page breaks and names a secret in its error."""
    catalogues = load_catalogues(settings.translations_dir)
    renderer = create_renderer(catalogues, load_static_files(), settings.leave_url)
    app = FastAPI()
    app.state.renderer = renderer
    add_error_pages(app)

    @app.get("/nl/breaks")
    async def breaks(_: Request) -> None:
        raise ValueError(SECRET)

    with TestClient(SecurityHeaders(ErrorBoundary(app, renderer))) as client:
        yield Visitor(client, settings)


def test_our_own_fault_is_said_and_nothing_a_visitor_typed_is_logged(
    broken_site: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = broken_site.opens("/nl/breaks", status=500)

    assert "tel:112" in page.links()
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert "page failed: ValueError in breaks" in logged
    assert SECRET not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


async def no_answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        raise ValueError(SECRET)


def test_even_a_crash_before_any_page_is_answered_kindly(settings: Settings) -> None:
    catalogues = load_catalogues(settings.translations_dir)
    renderer = create_renderer(catalogues, load_static_files(), settings.leave_url)
    app = SecurityHeaders(ErrorBoundary(no_answer, renderer))

    Visitor(TestClient(app), settings).opens("/ar/", status=500)


async def half_an_answer(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ValueError(SECRET)


def test_an_answer_that_breaks_half_way_is_not_followed_by_a_second(settings: Settings) -> None:
    catalogues = load_catalogues(settings.translations_dir)
    renderer = create_renderer(catalogues, load_static_files(), settings.leave_url)
    sent: list[str] = []

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    asyncio.run(ErrorBoundary(half_an_answer, renderer)({"type": "http"}, receive, send))

    assert sent == ["http.response.start"]
