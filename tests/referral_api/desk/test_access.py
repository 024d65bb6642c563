"""Nobody gets past the desk's door, and nobody sees another organisation's referral."""

import re
from uuid import uuid4

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from referral_api.desk.guards import FORM_GUARD, MEMBER_GUARD, OPEN_GUARDS
from referral_api.desk.main import PAGES, create_app
from referral_api.desk.settings import DeskSettings
from referral_api.services.read_referrals import list_referrals
from tests.factories.api import PASSWORD, Api
from tests.referral_api.desk.conftest import Coordinator, text_of

UNKNOWN = str(uuid4())


def guards(dependant: Dependant) -> set[object]:
    """Every dependency of a route, and theirs."""
    return {dependant.call, *(one for inner in dependant.dependencies for one in guards(inner))}


def routes() -> list[APIRoute]:
    """Every route of the desk."""
    found = [route for module in PAGES for route in module.router.routes]
    return [route for route in found if isinstance(route, APIRoute)]


def test_the_desk_has_no_route_outside_its_pages(desk_settings: DeskSettings) -> None:
    app = create_app(desk_settings)

    assert len(app.routes) == len(PAGES)
    assert len(routes()) == sum(len(module.router.routes) for module in PAGES)


def test_every_route_says_who_may_come_in() -> None:
    for route in routes():
        found = guards(route.dependant)
        assert MEMBER_GUARD in found or found & OPEN_GUARDS, route.path
    assert {route.path for route in routes() if MEMBER_GUARD not in guards(route.dependant)} == {
        "/health/live",
        "/health/ready",
        "/static/{name}",
        "/sign-in",
    }


def test_every_form_of_a_session_is_checked() -> None:
    posting = [route for route in routes() if "POST" in (route.methods or set())]

    assert len(posting) == 4
    for route in posting:
        assert FORM_GUARD in guards(route.dependant) or route.path == "/sign-in", route.path


@pytest.mark.parametrize("path", ["/", "/?view=done", f"/referrals/{UNKNOWN}"])
def test_nobody_is_sent_to_sign_in(coordinator: Coordinator, path: str) -> None:
    response = coordinator.get(path)

    assert response.status_code == 303
    assert response.headers["location"].startswith("/sign-in?then=/")


@pytest.mark.parametrize("path", ["/sign-out", "/referrals/x/answer", "/referrals/x/move"])
def test_nobody_can_send_a_form(coordinator: Coordinator, path: str) -> None:
    response = coordinator.post(path, {"text": "Wat ik typte", "csrf": "", "to": "closed"})

    assert response.status_code == 401
    assert "niet meer aangemeld" in text_of(response)


def test_what_was_typed_is_kept_when_the_session_is_over(coordinator: Coordinator) -> None:
    response = coordinator.post(f"/referrals/{UNKNOWN}/answer", {"text": "Wij bellen <b>u</b>"})

    assert "Wij bellen &lt;b&gt;u&lt;/b&gt;" in response.text


def test_another_organisation_sees_nothing_of_a_referral(
    api: Api, coordinator: Coordinator
) -> None:
    api.submit()
    (line,) = list_referrals(api.workplace, api.desk)
    api.staff_of("fairwork")
    assert coordinator.signs_in("fairwork-1").status_code == 303

    inbox = coordinator.get("/")
    page = coordinator.get(f"/referrals/{line.id}")
    answer = coordinator.sends(f"/referrals/{line.id}/answer", {"text": "Hallo"})
    move = coordinator.sends(f"/referrals/{line.id}/move", {"to": "closed"})

    assert "Er wacht nu niets op jullie" in text_of(inbox)
    assert "Bij anderen" not in text_of(inbox)
    assert [page.status_code, answer.status_code, move.status_code] == [404, 404, 404]
    assert page.text.replace(coordinator.token(), "") == _unknown(coordinator)


def _unknown(coordinator: Coordinator) -> str:
    page = coordinator.get(f"/referrals/{UNKNOWN}").text
    return page.replace(coordinator.token(), "")


@pytest.mark.parametrize("path", ["/referrals/no-number", "/nothing", "/static/desk.css"])
def test_what_is_not_there_is_said_kindly(signed_in: Coordinator, path: str) -> None:
    response = signed_in.get(path)

    assert response.status_code == 404
    assert "Deze pagina is er niet" in text_of(response)


def test_a_form_with_a_wrong_token_is_not_taken(api: Api, signed_in: Coordinator) -> None:
    api.submit()
    (line,) = list_referrals(api.workplace, api.desk)

    response = signed_in.post(f"/referrals/{line.id}/answer", {"csrf": "guess", "text": "Hallo"})

    assert response.status_code == 403
    assert "Hallo" in response.text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://desk.test.evil"])
def test_a_form_from_elsewhere_is_not_taken(signed_in: Coordinator, origin: str) -> None:
    token = signed_in.token()

    assert signed_in.post("/sign-out", {"csrf": token}, origin).status_code == 403
    assert signed_in.get("/").status_code == 200


def test_a_sign_in_from_elsewhere_is_not_taken(coordinator: Coordinator) -> None:
    fields = {"username": "intake-desk-1", "password": PASSWORD}

    assert coordinator.post("/sign-in", fields, "https://evil.example").status_code == 403


def test_a_form_larger_than_any_of_ours_is_not_read(signed_in: Coordinator) -> None:
    response = signed_in.post("/sign-out", {"csrf": "x" * 70_000})

    assert response.status_code == 413


def test_the_style_sheet_is_kept_by_the_browser_under_its_own_name(
    signed_in: Coordinator,
) -> None:
    found = re.search(r'href="(/static/desk\.[0-9a-f]{12}\.css)"', signed_in.get("/").text)
    assert found is not None

    response = signed_in.get(found[1])

    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]


def test_health_tells_that_the_store_is_ready(coordinator: Coordinator) -> None:
    assert coordinator.get("/health/live").json() == {"status": "ok"}
    assert coordinator.get("/health/ready").json() == {"status": "ok"}
