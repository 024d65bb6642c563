"""The desk on the same store as the intake API, and somebody who works at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Response
from justhtml import JustHTML
from starlette.testclient import TestClient

from referral_api.desk.main import create_app
from referral_api.desk.settings import DeskSettings
from tests.factories.api import PASSWORD, Api
from tests.referral_api.desk.checked_page import page_problems

ORIGIN = "http://desk.test"
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')


@dataclass
class Coordinator:
    """A browser at the desk that checks every page it gets."""

    client: TestClient

    def get(self, path: str) -> Response:
        """Look at a page."""
        return self._checked(self.client.get(path))

    def post(self, path: str, fields: dict[str, str], origin: str = ORIGIN) -> Response:
        """Send a form as the browser does, from a page of `origin`."""
        return self._checked(self.client.post(path, data=fields, headers={"origin": origin}))

    def signs_in(
        self, username: str = "intake-desk-1", password: str = PASSWORD, then: str = "/"
    ) -> Response:
        """Fill in the sign-in form."""
        return self.post("/sign-in", {"username": username, "password": password, "then": then})

    def token(self, path: str = "/") -> str:
        """The token that this session's forms carry."""
        found = CSRF.search(self.get(path).text)
        assert found is not None
        return found[1]

    def sends(self, path: str, fields: dict[str, str] | None = None) -> Response:
        """Send a form of this session."""
        return self.post(path, {"csrf": self.token(), **(fields or {})})

    def answers(self, referral: object, text: str) -> Response:
        """Write to the reporter, from the page of the referral."""
        page = self.get(f"/referrals/{referral}").text
        form_key = FORM_KEY.search(page)
        assert form_key is not None
        return self.sends(f"/referrals/{referral}/answer", {"text": text, "form_key": form_key[1]})

    def _checked(self, response: Response) -> Response:
        if response.headers.get("content-type", "").startswith("text/html"):
            assert list(page_problems(response)) == []
        return response


def text_of(response: Response) -> str:
    """What a reader of the page reads, in one line."""
    return " ".join(JustHTML(response.text).to_text().split())


@pytest.fixture
def desk_settings(api: Api, tmp_path: Path) -> DeskSettings:
    return DeskSettings(**api.settings.model_dump(), desk_url=ORIGIN, translations_dir=tmp_path)


@pytest.fixture
def coordinator(api: Api, desk_settings: DeskSettings) -> Iterator[Coordinator]:
    app = create_app(desk_settings, api.clock)
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield Coordinator(client)


@pytest.fixture
def signed_in(coordinator: Coordinator) -> Coordinator:
    assert coordinator.signs_in().status_code == 303
    return coordinator
