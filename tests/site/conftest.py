"""A visitor of the website, who checks every page that comes back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Response
from justhtml import JustHTML
from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from help_site.main import create_app
from help_site.settings import Settings
from tests.site.page_checks import answer_problems, attributes, page_problems, part_problems


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page that passed every check."""

    response: Response
    tree: JustHTML

    @property
    def text(self) -> str:
        """The words on the page."""
        return self.tree.to_text()

    def links(self) -> list[str]:
        """The addresses the page links to."""
        return [attributes(link)["href"] for link in self.tree.query("a[href]")]


class Visitor:
    """Opens pages without JavaScript, as a phone would; a wrong page fails the test at once."""

    def __init__(self, client: TestClient, settings: Settings) -> None:
        self.client = client
        self._leave_url = settings.leave_url

    def opens(self, path: str, *, status: int = 200, tag: str | None = None) -> SeenPage:
        """Reads a page; `tag` is the language expected when the address does not say it."""
        return self.checked(self.client.get(path), path, status, tag)

    def sends(self, path: str, fields: dict[str, str], *, status: int = 200) -> SeenPage:
        """Posts a form, as a browser without JavaScript does."""
        return self.checked(self.client.post(path, data=fields), path, status, None)

    def swaps(self, path: str, fields: dict[str, str], *, status: int = 200) -> SeenPage:
        """Posts a form as htmx does; what comes back is a part of a page."""
        response = self.client.post(path, data=fields, headers={"HX-Request": "true"})
        assert response.status_code == status
        tree = JustHTML(response.text, strict=True, sanitize=False, fragment=True)
        found = [*answer_problems(headers_of(response)), *part_problems(tree, self._leave_url)]
        assert found == []
        return SeenPage(response, tree)

    def checked(
        self, response: Response, path: str, status: int, tag: str | None = None
    ) -> SeenPage:
        """The page in an answer; anything wrong with it fails the test."""
        assert response.status_code == status, path
        tag = tag or path.split("/")[1]
        found = [
            *answer_problems(headers_of(response)),
            *page_problems(response.text, tag, self._leave_url),
        ]
        assert found == [], path
        return SeenPage(response, JustHTML(response.text, sanitize=False))


def headers_of(response: Response) -> Headers:
    """The headers as sent, repeated ones included."""
    return Headers(raw=[(name.lower(), value) for name, value in response.headers.raw])


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings with the project's own content and made-up secrets."""
    return Settings(
        content_dir=Path("content"),
        translations_dir=Path("translations"),
        referral_api_token=SecretStr("a token for tests"),
        bot_token=SecretStr("another token for tests"),
    )


@pytest.fixture(scope="session")
def website_app(settings: Settings) -> ASGIApp:
    """The website with the project's own content; it keeps pages, as it does for real visitors."""
    return create_app(settings)


@pytest.fixture
def visitor(website_app: ASGIApp, settings: Settings) -> Iterator[Visitor]:
    """A visitor of that website."""
    with TestClient(website_app) as client:
        yield Visitor(client, settings)
